package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestNamespaceRules(t *testing.T) {
	shop := func(ns spec.Namespace) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"enableNetworkPolicy": "true"}}
			workload(func(w *spec.Workload) { w.Namespace = "shop" })(s)
			s.Kubernetes.Namespaces = map[string]spec.Namespace{"shop": ns}
		}
	}
	asking := func(cpu string, edit func(*spec.Spec)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			edit(s)
			workload(func(w *spec.Workload) { w.Resources.Requests.CPU = cpu })(s)
		}
	}
	quota := func(key, most string) func(*spec.Spec) {
		return shop(spec.Namespace{ResourceQuota: map[string]string{key: most}})
	}
	limits := func(l spec.LimitRange) func(*spec.Spec) { return shop(spec.Namespace{LimitRange: &l}) }
	cpu := func(cpu string) spec.ResourceQuantities { return spec.ResourceQuantities{CPU: cpu} }
	policy := func(p spec.NetworkPolicy) func(*spec.Spec) {
		return shop(spec.Namespace{NetworkPolicies: map[string]spec.NetworkPolicy{"web": p}})
	}
	from := func(p spec.NetworkPeers) func(*spec.Spec) {
		return policy(spec.NetworkPolicy{Ingress: map[string]spec.NetworkPeers{"in": p}})
	}
	const at = "kubernetes namespaces shop "
	const in = at + "networkPolicies web ingress in "
	runRules(t, newVPC, []ruleTest{
		{"baseline pods", shop(spec.Namespace{PodSecurity: spec.NamespacePodSecurity{Enforce: "baseline"}}), nil},
		{"restricted pods only", shop(spec.Namespace{PodSecurity: spec.NamespacePodSecurity{Enforce: "restricted"}}), []want{
			{diag.NamespaceSecurity, podAt + "podSecurity", `podSecurity: "restricted"`}}},
		{"a level twice", shop(spec.Namespace{Labels: map[string]string{"pod-security.kubernetes.io/enforce": "baseline"}, PodSecurity: spec.NamespacePodSecurity{Warn: "baseline"}}), []want{
			{diag.InvalidLabel, at + "labels pod-security.kubernetes.io/enforce", "leave it out"}}},

		{"a quota", asking("100m", quota("requests.cpu", "1")), nil},
		{"a quota of objects", quota("count/jobs.batch", "5"), nil},
		{"a quota of nothing", quota("request.cpu", "1"), []want{{diag.Quota, at + "resourceQuota request.cpu", `did you mean "requests.cpu"?`}}},
		{"no quantity", quota("pods", "many"), []want{{diag.InvalidQuantity, at + "resourceQuota pods", "many"}}},
		{"fewer pods", quota("pods", "1"), []want{{diag.Quota, at + "resourceQuota pods", "use 2 together"}}},
		{"less CPU", asking("600m", quota("requests.cpu", "1")), []want{{diag.Quota, at + "resourceQuota requests.cpu", "use 1200m together"}}},
		{"no requests", quota("requests.cpu", "1"), []want{{diag.Quota, "workloads nginx", "resources.requests.cpu"}}},
		{"a request by its limit", func(s *spec.Spec) {
			quota("requests.memory", "1Gi")(s)
			workload(func(w *spec.Workload) { w.Resources.Limits.Memory = "64Mi" })(s)
		}, nil},
		{"requests by the namespace", shop(spec.Namespace{ResourceQuota: map[string]string{"requests.cpu": "1"}, LimitRange: &spec.LimitRange{DefaultRequest: cpu("100m")}}), nil},
		{"limits in order", limits(spec.LimitRange{Min: cpu("10m"), DefaultRequest: cpu("100m"), Default: cpu("1"), Max: cpu("2")}), nil},
		{"a default above the most", limits(spec.LimitRange{Default: cpu("3"), Max: cpu("2")}), []want{{diag.InvalidQuantity, at + "limitRange max cpu", "2 is less than default, which is 3"}}},

		{"a policy", from(spec.NetworkPeers{Workloads: []string{"nginx"}, Namespaces: []string{"kube-system"}, CIDRs: []string{"10.0.0.0/8"}, Ports: []int{80}}), nil},
		{"a policy of nothing", policy(spec.NetworkPolicy{}), []want{{diag.NetworkPolicy, at + "networkPolicies web", "says nothing"}}},
		{"a workload that is not there", policy(spec.NetworkPolicy{Workload: "ngnix", Ingress: map[string]spec.NetworkPeers{}}), []want{
			{diag.NetworkPolicy, at + "networkPolicies web workload", `did you mean "nginx"?`}}},
		{"peers that are not there", from(spec.NetworkPeers{Workloads: []string{"api"}, Namespaces: []string{"blog"}, CIDRs: []string{"10.0.0.1/8"}, UDPPorts: []int{0}}), []want{
			{diag.NetworkPolicy, in + "workloads 0", `"api"`}, {diag.UnknownNamespace, in + "namespaces 0", `"blog"`},
			{diag.NetworkPolicy, in + "cidrs 0", "10.0.0.0/8"}, {diag.InvalidPort, in + "udpPorts 0", "1 to 65535"}}},
		{"policies that nothing enforces", func(s *spec.Spec) {
			shop(spec.Namespace{DefaultDeny: "ingress"})(s)
			s.Cluster.Addons["vpc-cni"] = spec.Addon{}
		}, []want{{diag.PolicyIdle, at + "defaultDeny", "enableNetworkPolicy"}}},
		{"a policy of the default's name", shop(spec.Namespace{DefaultDeny: "all", NetworkPolicies: map[string]spec.NetworkPolicy{"default-deny": {Egress: map[string]spec.NetworkPeers{}}}}), []want{
			{diag.DuplicateObject, at + "networkPolicies default-deny", "rename it"}}},
		{"manifest of the same", func(s *spec.Spec) {
			shop(spec.Namespace{LimitRange: &spec.LimitRange{Max: cpu("2")}})(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("v1", "LimitRange", "shop", "default")}
		}, []want{{diag.DuplicateObject, "kubernetes manifests x", "limitRange"}}},
	})
}
