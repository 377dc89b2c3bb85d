package resolve

import (
	"cmp"
	"maps"
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// The largest pod on Fargate, and what of its memory Fargate itself takes; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html.
var (
	fargateCPU      = resource.MustParse("16")
	fargateMemory   = resource.MustParse("120Gi")
	fargateOverhead = resource.MustParse("256Mi")
)

const offFargate = "run these pods on nodes, outside the selectors"

// checkFargatePods checks what runs on Fargate, and, where there are no nodes,
// what does not.
func (r *resolver) checkFargatePods() {
	if !r.cluster.HasFargate() {
		return
	}
	for _, p := range r.programs() {
		switch {
		case p.kind == "DaemonSet":
			r.checkFargateDaemonSet(p.at)
		case r.landsOnFargate(p.pod.Namespace, podLabels(p.name, *p.pod)):
			r.checkFargateProgram(p)
		default:
			r.checkOffFargate(p.at, p.pod.Namespace)
		}
	}
	for _, name := range sortedKeys(r.spec.Kubernetes.Manifests) {
		r.checkFargateManifest(manifestsPath.at(name), r.spec.Kubernetes.Manifests[name])
	}
	r.checkFargateIdentities()
	r.checkFargateAddons()
}

// podLabels are the labels of a workload's pods.
func podLabels(name string, p spec.Pod) map[string]string {
	labels := map[string]string{nameLabel: name}
	maps.Copy(labels, p.Labels)
	return labels
}

// checkOffFargate warns of pods that no profile takes where there is nothing
// else.
func (r *resolver) checkOffFargate(at path, namespace string) {
	if r.cluster.OnlyFargate() {
		r.report(diag.NoNodes, at, "add a selector for them, or a node group", "no Fargate profile takes these pods of the namespace %q, and there are no nodes", namespace)
	}
}

func (r *resolver) checkFargateProgram(p program) {
	at := p.at
	r.checkFargateService(at.at("service"), p.service)
	r.checkFargateAccount(at.at("serviceAccount"), *p.pod)
	r.checkFargatePlace(at, *p.pod)
	for _, name := range sortedKeys(p.claims) {
		r.reportOffFargate(at.at("volumeClaimTemplates", name), "volumes that are made for the pod")
	}
	var cpu, memory resource.Quantity
	for _, c := range p.containers() {
		r.checkFargateDevices(c)
		if c.served != nil {
			res, at := c.Resources, c.at.at("resources")
			cpu.Add(r.fargateRequest(at, "cpu", res.Requests.CPU, res.Limits.CPU))
			memory.Add(r.fargateRequest(at, "memory", res.Requests.Memory, res.Limits.Memory))
		}
	}
	r.checkFargateSize(at.at("resources"), cpu, memory)
}

// checkFargateDaemonSet warns of a DaemonSet where there are no nodes.
func (r *resolver) checkFargateDaemonSet(at path) {
	if r.cluster.OnlyFargate() {
		r.report(diag.FargateIdle, at, "run it as a sidecar of the pods that need it, or add a node group", "a DaemonSet runs on nodes, and there are none")
	}
}

// checkFargatePlace checks what pods want of the place that they run in.
func (r *resolver) checkFargatePlace(at path, pod spec.Pod) {
	if isTrue(pod.HostNetwork) {
		r.reportOffFargate(at.at("hostNetwork"), "network of a host")
	}
	if pod.NodeSelector["kubernetes.io/arch"] == "arm64" {
		r.reportOffFargate(at.at("nodeSelector", "kubernetes.io/arch"), "ARM processors")
	}
	if pod.NodeSelector["kubernetes.io/os"] == "windows" {
		r.reportOffFargate(at.at("nodeSelector", "kubernetes.io/os"), "Windows")
	}
	for _, name := range sortedKeys(pod.Volumes) {
		switch v, at := pod.Volumes[name], at.at("volumes", name); {
		case v.HostPath != nil:
			r.reportOffFargate(at.at("hostPath"), "directories of a host")
		case v.Ephemeral != nil:
			r.reportOffFargate(at.at("ephemeral"), "volumes that are made for the pod")
		}
	}
}

func (r *resolver) checkFargateDevices(c container) {
	if isTrue(c.SecurityContext.Privileged) {
		r.reportOffFargate(c.at.at("securityContext", "privileged"), "privileged containers")
	}
	for _, name := range sortedKeys(c.Resources.Extended) {
		if isAccelerator(name) {
			r.reportOffFargate(c.at.at("resources", "extended", name), "GPUs and other accelerators")
		}
	}
}

// checkFargateService checks the Service of pods on Fargate. A load balancer of
// the AWS cloud controller has instances for targets, and Fargate has none; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate.html.
func (r *resolver) checkFargateService(at path, s *spec.Service) {
	switch {
	case s == nil:
	case s.Type == "LoadBalancer":
		r.report(diag.FargatePod, at.at("type"), `take "ClusterIP" behind an Ingress with IP targets, or `+offFargate, "the load balancer sends to instances, and pods on Fargate are reached by their addresses only")
	case s.Type == "NodePort" && r.cluster.OnlyFargate():
		r.report(diag.FargatePod, at.at("type"), `take "ClusterIP", or add a node group`, "there are no nodes that could have the port")
	}
}

// checkFargateAccount checks that pods on Fargate get their role in the way
// that there is: no agent runs beside them.
func (r *resolver) checkFargateAccount(at path, w spec.Pod) {
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		a := r.cluster.ServiceAccounts[key]
		if a.Namespace == w.Namespace && cmp.Or(a.Name, key) == w.ServiceAccount && a.Method == spec.PodIdentity {
			r.report(diag.FargatePod, at, `set cluster.serviceAccounts.`+key+`.method to "irsa"`, "pods on Fargate get no credentials from EKS Pod Identity")
		}
	}
}

// checkFargateIdentities checks the roles that no workload of the spec names,
// where all pods are on Fargate.
func (r *resolver) checkFargateIdentities() {
	used := func(a spec.ServiceAccount, key string) bool {
		return slices.ContainsFunc(r.programs(), func(p program) bool {
			return p.pod.Namespace == a.Namespace && p.pod.ServiceAccount == cmp.Or(a.Name, key)
		})
	}
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		if a := r.cluster.ServiceAccounts[key]; r.cluster.OnlyFargate() && a.Method == spec.PodIdentity && !used(a, key) {
			r.report(diag.FargatePod, serviceAccountsPath.at(key, "method"), `set it to "irsa"`, "pods on Fargate get no credentials from EKS Pod Identity")
		}
	}
}

// fargateRequest is what a pod asks for: without a request, its limit. Its
// limit is never reached, because Fargate gives it what it asks for.
func (r *resolver) fargateRequest(at path, field, request, limit string) resource.Quantity {
	asked, err := resource.ParseQuantity(cmp.Or(request, limit, "0"))
	most, limitErr := resource.ParseQuantity(limit)
	if err == nil && limitErr == nil && most.Cmp(asked) > 0 {
		r.report(diag.FargateLimit, at.at("limits", field), "let request and limit be the same", "Fargate gives a pod what it requests, %s, so it never has %s", request, limit)
	}
	return asked
}

func (r *resolver) checkFargateSize(at path, cpu, memory resource.Quantity) {
	if cpu.Cmp(fargateCPU) > 0 {
		r.report(diag.FargatePod, at, offFargate, "the pod asks for %s CPUs; Fargate has %s for one", cpu.String(), fargateCPU.String())
	}
	asked := memory.DeepCopy()
	asked.Add(fargateOverhead)
	if asked.Cmp(fargateMemory) > 0 {
		r.report(diag.FargatePod, at, offFargate, "the pod asks for %s of memory, and Fargate adds %s; it has %s for one", memory.String(), fargateOverhead.String(), fargateMemory.String())
	}
}
