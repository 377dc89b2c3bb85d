package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          bool
	}{
		{"web", "web", true}, {"web", "webs", false}, {"prod*", "prod", true}, {"prod*", "prod-metrics", true},
		{"value?", "valuea", true}, {"value?", "value", false}, {"value?", "value-a", false},
		{"*dev", "my-dev", true}, {"frontend*?", "frontend", false}, {"frontend*?", "frontend1", true},
		{"*/name", "app.kubernetes.io/name", true}, {"a.c", "abc", false}, {"*", "", true},
	} {
		if got := fits(tt.pattern, tt.text); got != tt.want {
			t.Errorf("fits(%q, %q) = %t", tt.pattern, tt.text, got)
		}
	}
}

func TestFargateWorkloads(t *testing.T) {
	resources := func(r spec.Resources) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Resources = r })
	}
	requests := func(cpu, memory string) spec.Resources {
		return spec.Resources{Requests: spec.ResourceQuantities{CPU: cpu, Memory: memory}}
	}
	service := func(kind string) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Service = &spec.Service{Type: kind} })
	}
	identity := func(method string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"app": {Namespace: "default", Method: method, CreateServiceAccount: true,
				Role: spec.ServiceAccountRole{ManagedPolicies: []string{"AmazonSQSReadOnlyAccess"}}}}
			workload(func(w *spec.Workload) { w.ServiceAccount = "app" })(s)
		}
	}
	const at = "workloads nginx"
	runRules(t, onlyFargate, []ruleTest{
		{"all on Fargate", func(*spec.Spec) {}, nil},
		{"the largest", resources(requests("16", "119Gi")), nil},
		{"too many CPUs", resources(requests("16100m", "")), []want{{diag.FargatePod, at + " resources", "16100m CPUs; Fargate has 16"}}},
		{"too much memory", resources(requests("", "120Gi")), []want{{diag.FargatePod, at + " resources", "120Gi of memory, and Fargate adds 256Mi"}}},
		{"too much by the limit", resources(spec.Resources{Limits: spec.ResourceQuantities{CPU: "32"}}), []want{{diag.FargatePod, at + " resources", "32 CPUs"}}},
		{"a limit above the request", resources(spec.Resources{Requests: spec.ResourceQuantities{CPU: "1"}, Limits: spec.ResourceQuantities{CPU: "2"}}), []want{
			{diag.FargateLimit, at + " resources limits cpu", "requests, 1, so it never has 2"}}},
		{"a service in the cluster", service("ClusterIP"), nil},
		{"a load balancer", service("LoadBalancer"), []want{{diag.FargatePod, at + " service type", "sends to instances"}}},
		{"a node port", service("NodePort"), []want{{diag.FargatePod, at + " service type", "no nodes"}}},
		{"IRSA", identity("irsa"), nil},
		{"Pod Identity", identity("podIdentity"), []want{{diag.FargatePod, at + " serviceAccount", `set cluster.serviceAccounts.app.method to "irsa"`}}},
		{"Pod Identity of other pods", func(s *spec.Spec) {
			identity("podIdentity")(s)
			workload(func(w *spec.Workload) { w.ServiceAccount = "" })(s)
		}, []want{{diag.FargatePod, "cluster serviceAccounts app method", "no credentials"}}},
		{"a workload that no profile takes", func(s *spec.Spec) {
			p := s.Cluster.FargateProfiles["all"]
			p.Selectors[0].Labels = map[string]string{"app.kubernetes.io/name": "apache"}
		}, []want{{diag.NoNodes, at, `of the namespace "default"`}}},
		{"one of hybrid nodes perhaps", func(s *spec.Spec) {
			s.Cluster.RemoteNetworks, s.Cluster.Access = hybrid().Cluster.RemoteNetworks, hybrid().Cluster.Access
			s.Cluster.Network.RemoteGateway = hybrid().Cluster.Network.RemoteGateway
			s.Cluster.Endpoint = spec.Endpoint{Public: true}
			p := s.Cluster.FargateProfiles["all"]
			p.Selectors[0].Namespace = "other"
		}, nil},
	})
	runRules(t, withFargate, []ruleTest{
		{"on nodes", service("LoadBalancer"), nil},
		{"a load balancer", func(s *spec.Spec) {
			s.Cluster.FargateProfiles["batch"] = fargateProfile("def*")
		}, []want{{diag.FargatePod, at + " service type", "sends to instances"}}},
		{"a node port beside nodes", func(s *spec.Spec) {
			s.Cluster.FargateProfiles["batch"] = fargateProfile("def*")
			service("NodePort")(s)
		}, nil},
	})
}

// manifestOf is a manifest in the namespace default with a pod in it.
func manifestOf(kind string, pod map[string]any) func(*spec.Spec) {
	m := spec.Manifest{"apiVersion": "apps/v1", "kind": kind, "metadata": map[string]any{"name": "m"}}
	switch kind {
	case "Pod":
		m["apiVersion"], m["spec"] = "v1", pod
	case "CronJob":
		m["apiVersion"] = "batch/v1"
		m["spec"] = map[string]any{"schedule": "@daily", "jobTemplate": map[string]any{"spec": map[string]any{"template": map[string]any{"spec": pod}}}}
	default:
		m["spec"] = map[string]any{"template": map[string]any{"metadata": map[string]any{"labels": map[string]any{"app": "m"}}, "spec": pod}}
	}
	return func(s *spec.Spec) { s.Kubernetes.Manifests = map[string]spec.Manifest{"m": m} }
}

func TestFargateManifests(t *testing.T) {
	container := func(c map[string]any) map[string]any {
		c["name"], c["image"] = "c", "nginx:1.29"
		return map[string]any{"containers": []any{c}}
	}
	volume := func(v map[string]any) map[string]any {
		v["name"] = "v"
		return map[string]any{"volumes": []any{v}}
	}
	const at = "kubernetes manifests m spec "
	runRules(t, onlyFargate, []ruleTest{
		{"a plain pod", manifestOf("Pod", container(map[string]any{})), nil},
		{"a privileged container", manifestOf("Pod", container(map[string]any{"securityContext": map[string]any{"privileged": true}})), []want{
			{diag.FargatePod, at + "containers 0 securityContext privileged", "no privileged containers"}}},
		{"a host port", manifestOf("Deployment", container(map[string]any{"ports": []any{map[string]any{"containerPort": 80, "hostPort": 80}}})), []want{
			{diag.FargatePod, at + "template spec containers 0 ports 0 hostPort", "no ports of a host"}}},
		{"a GPU", manifestOf("CronJob", container(map[string]any{"resources": map[string]any{"limits": map[string]any{"nvidia.com/gpu": "1"}}})), []want{
			{diag.FargatePod, at + "jobTemplate spec template spec containers 0 resources limits nvidia.com/gpu", "no GPUs"}}},
		{"a large pod", manifestOf("Pod", container(map[string]any{"resources": map[string]any{"requests": map[string]any{"cpu": "17"}}})), []want{
			{diag.FargatePod, at + "containers", "17 CPUs"}}},
		{"the host's network", manifestOf("Pod", map[string]any{"hostNetwork": true}), []want{{diag.FargatePod, at + "hostNetwork", "no network of a host"}}},
		{"ARM", manifestOf("Pod", map[string]any{"nodeSelector": map[string]any{"kubernetes.io/arch": "arm64"}}), []want{
			{diag.FargatePod, at + "nodeSelector kubernetes.io/arch", "no ARM processors"}}},
		{"Windows", manifestOf("Pod", map[string]any{"nodeSelector": map[string]any{"kubernetes.io/os": "windows"}}), []want{
			{diag.FargatePod, at + "nodeSelector kubernetes.io/os", "no Windows"}}},
		{"a host directory", manifestOf("Pod", volume(map[string]any{"hostPath": map[string]any{"path": "/var"}})), []want{
			{diag.FargatePod, at + "volumes 0 hostPath", "no directories of a host"}}},
		{"an EBS volume", manifestOf("Pod", volume(map[string]any{"awsElasticBlockStore": map[string]any{"volumeID": "vol-1"}})), []want{
			{diag.FargatePod, at + "volumes 0 awsElasticBlockStore", "no volumes in Amazon EBS"}}},
		{"a volume of its own", manifestOf("Pod", volume(map[string]any{"ephemeral": map[string]any{}})), []want{
			{diag.FargatePod, at + "volumes 0 ephemeral", "made for the pod"}}},
		{"an empty directory", manifestOf("Pod", volume(map[string]any{"emptyDir": map[string]any{}})), nil},
		{"a DaemonSet", manifestOf("DaemonSet", container(map[string]any{})), []want{{diag.FargateIdle, "kubernetes manifests m", "runs on nodes"}}},
		{"a StatefulSet with claims", func(s *spec.Spec) {
			manifestOf("StatefulSet", container(map[string]any{}))(s)
			s.Kubernetes.Manifests["m"]["spec"].(map[string]any)["volumeClaimTemplates"] = []any{map[string]any{"metadata": map[string]any{"name": "data"}}}
		}, []want{{diag.FargatePod, at + "volumeClaimTemplates", "made for the pod"}}},
		{"pods that no profile takes", func(s *spec.Spec) {
			manifestOf("Pod", container(map[string]any{}))(s)
			s.Kubernetes.Manifests["m"]["metadata"].(map[string]any)["namespace"] = "kube-public"
		}, []want{{diag.NoNodes, "kubernetes manifests m", `"kube-public"`}}},
	})
	runRules(t, withFargate, []ruleTest{
		{"a DaemonSet beside nodes", manifestOf("DaemonSet", container(map[string]any{})), nil},
		{"privileged on nodes", manifestOf("Pod", container(map[string]any{"securityContext": map[string]any{"privileged": true}})), nil},
	})
	balancer := func(annotations map[string]any) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"m": {"apiVersion": "v1", "kind": "Service", "metadata": map[string]any{"name": "m", "annotations": annotations},
				"spec": map[string]any{"type": "LoadBalancer", "selector": map[string]any{"app": "m"}, "ports": []any{map[string]any{"port": 80}}}}}
		}
	}
	runRules(t, onlyFargate, []ruleTest{
		{"a load balancer", balancer(nil), []want{{diag.FargatePod, at + "type", "sends to instances"}}},
		{"a load balancer that sends to pods", balancer(map[string]any{"service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip"}), nil},
	})
}

func TestFargateAddons(t *testing.T) {
	addon := func(name string, a spec.Addon) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Addons[name] = a }
	}
	base := func(b spec.AddonBase) spec.Addon { return spec.Addon{AddonBase: b} }
	irsa := base(spec.AddonBase{Identity: spec.IRSA})
	const coredns = "cluster addons coredns"
	runRules(t, onlyFargate, []ruleTest{
		{"what nodes would need", func(s *spec.Spec) {
			addon("vpc-cni", spec.Addon{})(s)
			addon("kube-proxy", spec.Addon{})(s)
			addon("metrics-server", spec.Addon{})(s)
		}, nil},
		{"CoreDNS for nodes", addon("coredns", spec.Addon{}), []want{{diag.FargateCoreDNS, coredns, `set configuration.computeType to "Fargate"`}}},
		{"CoreDNS that no profile takes", func(s *spec.Spec) {
			s.Cluster.FargateProfiles["all"] = fargateProfile("default")
		}, []want{{diag.FargateCoreDNS, coredns, "no Fargate profile takes"}}},
		{"CoreDNS of EKS", func(s *spec.Spec) { delete(s.Cluster.Addons, "coredns") }, []want{
			{diag.FargateIdle, "cluster fargateProfiles", "keeps to nodes"}}},
		{"the agent", addon("eks-pod-identity-agent", spec.Addon{}), []want{{diag.FargateIdle, "cluster addons eks-pod-identity-agent", "irsa"}}},
		{"a DaemonSet", addon("eks-node-monitoring-agent", spec.Addon{}), []want{{diag.FargateIdle, "cluster addons eks-node-monitoring-agent", "runs on nodes"}}},
		{"a driver", addon("aws-ebs-csi-driver", irsa), []want{{diag.FargateIdle, "cluster addons aws-ebs-csi-driver", "pods on nodes"}}},
		{"a namespace of its own", addon("cert-manager", spec.Addon{}), []want{{diag.NoNodes, "cluster addons cert-manager", `namespace "cert-manager"`}}},
		{"a role by the agent", addon("external-dns", base(spec.AddonBase{
			Namespace: "default", Identity: spec.PodIdentity, Role: spec.AddonRole{ManagedPolicies: []string{"AmazonRoute53FullAccess"}}})), []want{
			{diag.FargateAddon, "cluster addons external-dns", "irsa"}}},
		{"no role", addon("aws-privateca-connector-for-kubernetes", base(spec.AddonBase{Namespace: "default"})), []want{
			{diag.AddonNeeds, "cluster addons aws-privateca-connector-for-kubernetes", "cert-manager"},
			{diag.AddonWithoutRole, "cluster addons aws-privateca-connector-for-kubernetes", `set its identity to "irsa"`}}},
	})
	runRules(t, withFargate, []ruleTest{
		{"CoreDNS on nodes", func(*spec.Spec) {}, nil},
		{"CoreDNS meant for Fargate", addon("coredns", spec.Addon{Configuration: map[string]any{"computeType": "Fargate"}}), []want{
			{diag.FargateCoreDNS, coredns, "no Fargate profile takes"}}},
		{"a role by the agent on Fargate", func(s *spec.Spec) {
			s.Cluster.FargateProfiles["batch"] = fargateProfile("external-dns")
			addon("eks-pod-identity-agent", spec.Addon{})(s)
			addon("external-dns", base(spec.AddonBase{Role: spec.AddonRole{ManagedPolicies: []string{"AmazonRoute53FullAccess"}}}))(s)
		}, []want{{diag.FargateAddon, "cluster addons external-dns", "irsa"}}},
	})
}
