package resolve

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

var namespacesPath = path{"kubernetes", "namespaces"}

// checkNamespaces checks what holds in namespaces, and the workloads against
// it.
func (r *resolver) checkNamespaces() {
	for _, name := range sortedKeys(r.spec.Kubernetes.Namespaces) {
		ns, at := r.spec.Kubernetes.Namespaces[name], namespacesPath.at(name)
		for _, key := range sortedKeys(ns.Labels) {
			if strings.HasPrefix(key, "pod-security.kubernetes.io/") && ns.PodSecurity != (spec.NamespacePodSecurity{}) {
				r.report(diag.InvalidLabel, at.at("labels", key), "leave it out", "podSecurity sets labels of this domain")
			}
		}
		r.checkQuota(at, name, ns)
		if ns.LimitRange != nil {
			r.checkLimitRange(at.at("limitRange"), *ns.LimitRange)
		}
		r.checkNetworkPolicies(at, name, ns)
	}
	for _, p := range r.programs() {
		enforced := r.spec.Kubernetes.Namespaces[p.pod.Namespace].PodSecurity.Enforce
		if strictness[p.pod.PodSecurity] < strictness[enforced] {
			r.report(diag.NamespaceSecurity, p.at.at("podSecurity"), `set podSecurity: "`+enforced+`", or run it in another namespace`,
				"the namespace %q takes %s pods only", p.pod.Namespace, enforced)
		}
	}
}

// quotaNames are what a quota limits, beside count/..., classes and devices;
// see https://kubernetes.io/docs/concepts/policy/resource-quotas/.
var quotaNames = []string{
	"cpu", "memory", "pods", "services", "services.loadbalancers", "services.nodeports", "configmaps", "secrets",
	"persistentvolumeclaims", "replicationcontrollers", "resourcequotas", "ephemeral-storage",
	"requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
	"limits.cpu", "limits.memory", "limits.ephemeral-storage",
}

func (r *resolver) checkQuota(at path, name string, ns spec.Namespace) {
	for _, key := range sortedKeys(ns.ResourceQuota) {
		at := at.at("resourceQuota", key)
		if !slices.Contains(quotaNames, key) && !strings.Contains(key, "/") {
			r.report(diag.Quota, at, cmp.Or(catalog.DidYouMean(key, quotaNames), `such as "requests.cpu" or "count/jobs.batch"`), "a quota has no %q", key)
			continue
		}
		most, ok := r.checkQuantity(at, "cpu", ns.ResourceQuota[key])
		if ok {
			r.checkUse(at, name, key, most)
		}
		r.checkSaysSomething(name, ns, key)
	}
}

// asksFor is the field of a container's resources that a quota counts, or
// nothing.
func asksFor(key string) (kind, field string) {
	switch key {
	case "cpu", "requests.cpu":
		return "requests", "cpu"
	case "memory", "requests.memory":
		return "requests", "memory"
	case "limits.cpu":
		return "limits", "cpu"
	case "limits.memory":
		return "limits", "memory"
	}
	return "", ""
}

// quantityOf is what resources say, as the API server completes them: a
// request is the limit where there is none.
func quantityOf(res spec.Resources, kind, field string) string {
	of := func(q spec.ResourceQuantities) string {
		if field == "cpu" {
			return q.CPU
		}
		return q.Memory
	}
	if kind == "limits" {
		return of(res.Limits)
	}
	return cmp.Or(of(res.Requests), of(res.Limits))
}

// checkSaysSomething checks that containers say what a quota counts: pods with
// one that does not are refused.
func (r *resolver) checkSaysSomething(name string, ns spec.Namespace, key string) {
	kind, field := asksFor(key)
	if kind == "" {
		return
	}
	var defaults spec.Resources
	if ns.LimitRange != nil {
		defaults = spec.Resources{Requests: ns.LimitRange.DefaultRequest, Limits: ns.LimitRange.Default}
	}
	for _, p := range r.programs() {
		if p.pod.Namespace != name || quantityOf(defaults, kind, field) != "" {
			continue
		}
		for _, c := range p.containers() {
			if quantityOf(c.Resources, kind, field) == "" {
				r.report(diag.Quota, c.at, fmt.Sprintf("add resources.%s.%s, or a limitRange to the namespace", kind, field),
					"the quota of the namespace %q on %s refuses pods with a container that says none", name, key)
			}
		}
	}
}

// checkUse checks a quota against what Deployments and StatefulSets use of it
// when all of their pods run.
func (r *resolver) checkUse(at path, name, key string, most resource.Quantity) {
	var used resource.Quantity
	kind, field := asksFor(key)
	for _, p := range r.scaledPrograms() {
		if p.pod.Namespace != name {
			continue
		}
		for range p.most() {
			used.Add(use(p.program, key, kind, field))
		}
	}
	if used.Cmp(most) > 0 {
		r.report(diag.Quota, at, "raise it, or run fewer pods", "the workloads of the namespace use %s together", used.String())
	}
}

// most is how many pods of a program run at most, up to a bound that keeps the
// count short.
func (p scaled) most() int {
	const bound = 10000
	switch {
	case p.autoscaling != nil:
		return min(p.autoscaling.MaxReplicas, bound)
	case p.replicas != nil:
		return min(max(*p.replicas, 0), bound)
	}
	return 0
}

// use is what one pod uses of a quota.
func use(p program, key, kind, field string) resource.Quantity {
	var sum resource.Quantity
	if key == "pods" {
		return resource.MustParse("1")
	}
	if kind == "" {
		return sum
	}
	for _, c := range p.containers() {
		if q, err := resource.ParseQuantity(quantityOf(c.Resources, kind, field)); err == nil && c.served != nil {
			sum.Add(q)
		}
	}
	return sum
}

// checkLimitRange checks that the least is not above the defaults, nor these
// above the most.
func (r *resolver) checkLimitRange(at path, l spec.LimitRange) {
	steps := []struct {
		name string
		q    spec.ResourceQuantities
	}{{"min", l.Min}, {"defaultRequest", l.DefaultRequest}, {"default", l.Default}, {"max", l.Max}}
	for _, field := range []string{"cpu", "memory", "ephemeralStorage"} {
		var last resource.Quantity
		lastName := ""
		for _, step := range steps {
			text := map[string]string{"cpu": step.q.CPU, "memory": step.q.Memory, "ephemeralStorage": step.q.EphemeralStorage}[field]
			q, ok := r.checkQuantity(at.at(step.name, field), field, text)
			if !ok {
				continue
			}
			if lastName != "" && q.Cmp(last) < 0 {
				r.report(diag.InvalidQuantity, at.at(step.name, field), "", "%s is less than %s, which is %s", text, lastName, last.String())
			}
			last, lastName = q, step.name
		}
	}
}

func (r *resolver) checkNetworkPolicies(at path, name string, ns spec.Namespace) {
	if (ns.DefaultDeny != "" || len(ns.NetworkPolicies) > 0) && !r.enforcesPolicies() {
		field := "networkPolicies"
		if ns.DefaultDeny != "" {
			field = "defaultDeny"
		}
		r.report(diag.PolicyIdle, at.at(field), `set cluster.addons: "vpc-cni": configuration: enableNetworkPolicy: "true"`, "nothing in the spec enforces network policies")
	}
	for _, key := range sortedKeys(ns.NetworkPolicies) {
		p, at := ns.NetworkPolicies[key], at.at("networkPolicies", key)
		r.checkReferredName(at, "NetworkPolicy", key)
		if key == "default-deny" && ns.DefaultDeny != "" {
			r.report(diag.DuplicateObject, at, "rename it", "defaultDeny makes a policy of that name")
		}
		if p.Ingress == nil && p.Egress == nil {
			r.report(diag.NetworkPolicy, at, "add ingress or egress", "the policy says nothing")
		}
		r.checkPolicyPeer(at.at("workload"), name, p.Workload)
		for _, rule := range sortedKeys(p.Ingress) {
			r.checkPolicyPeers(at.at("ingress", rule), name, p.Ingress[rule])
		}
		for _, rule := range sortedKeys(p.Egress) {
			r.checkPolicyPeers(at.at("egress", rule), name, p.Egress[rule])
		}
	}
}

// enforcesPolicies reports whether the VPC CNI plugin or Auto Mode enforces
// network policies; see
// https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html.
func (r *resolver) enforcesPolicies() bool {
	configuration := r.cluster.Addons[cniAddon].Configuration
	return fmt.Sprint(configuration["enableNetworkPolicy"]) == "true" || r.cluster.AutoMode != nil
}

// checkPolicyPeer checks that a workload is in the namespace.
func (r *resolver) checkPolicyPeer(at path, namespace, name string) {
	var known []string
	for _, p := range r.programs() {
		if p.pod.Namespace == namespace {
			known = append(known, p.name)
		}
	}
	if name != "" && !slices.Contains(known, name) {
		r.report(diag.NetworkPolicy, at, catalog.DidYouMean(name, known), "there is no workload %q in the namespace %q", name, namespace)
	}
}

func (r *resolver) checkPolicyPeers(at path, namespace string, p spec.NetworkPeers) {
	for i, name := range p.Workloads {
		r.checkPolicyPeer(at.at("workloads").index(i), namespace, name)
	}
	for i, name := range p.Namespaces {
		r.checkNamespace(at.at("namespaces").index(i), name)
	}
	for i, block := range p.CIDRs {
		if prefix, err := netip.ParsePrefix(block); err != nil || prefix.Masked() != prefix {
			r.report(diag.NetworkPolicy, at.at("cidrs").index(i), `such as "10.0.0.0/8"`, "%q is not a block of addresses", block)
		}
	}
	for i, port := range p.Ports {
		r.checkPort(at.at("ports").index(i), port, 1)
	}
	for i, port := range p.UDPPorts {
		r.checkPort(at.at("udpPorts").index(i), port, 1)
	}
}

// addNamespaceObjects adds the namespace and what ekscc makes in it.
func (r *resolver) addNamespaceObjects(own map[object]path, name string) {
	ns, at := r.spec.Kubernetes.Namespaces[name], namespacesPath.at(name)
	own[object{"", "Namespace", "default", name}] = at
	if len(ns.ResourceQuota) > 0 {
		own[object{"", "ResourceQuota", name, "default"}] = at.at("resourceQuota")
	}
	if ns.LimitRange != nil {
		own[object{"", "LimitRange", name, "default"}] = at.at("limitRange")
	}
	if ns.DefaultDeny != "" {
		own[object{"networking.k8s.io", "NetworkPolicy", name, "default-deny"}] = at.at("defaultDeny")
	}
	for _, key := range sortedKeys(ns.NetworkPolicies) {
		own[object{"networking.k8s.io", "NetworkPolicy", name, key}] = at.at("networkPolicies", key)
	}
}
