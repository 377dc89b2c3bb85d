package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// autoModePool is autoMode with a node class and a node pool.
func autoModePool() *spec.Spec {
	s := autoMode()
	s.Cluster.AutoMode.NodeClasses = map[string]spec.NodeClass{"c": {}}
	s.Cluster.AutoMode.CustomNodePools = map[string]spec.NodePool{"p": {NodeClass: "c", Disruption: steady}}
	return s
}

func TestAutoModePools(t *testing.T) {
	const poolAt, classAt = "cluster autoMode customNodePools p", "cluster autoMode nodeClasses c"
	auto := func(f func(a *spec.AutoMode)) func(*spec.Spec) {
		return func(s *spec.Spec) { f(s.Cluster.AutoMode) }
	}
	pool := func(f func(p *spec.NodePool)) func(*spec.Spec) {
		return auto(func(a *spec.AutoMode) {
			p := a.CustomNodePools["p"]
			f(&p)
			a.CustomNodePools["p"] = p
		})
	}
	asks := func(key string) func(*spec.Spec) {
		return pool(func(p *spec.NodePool) { p.Requirements = map[string]spec.NodeRequirement{key: {In: []string{"4"}}} })
	}
	runRules(t, autoModePool, []ruleTest{
		{"a class and a pool", func(*spec.Spec) {}, nil},
		{"in place of the built-in ones", auto(func(a *spec.AutoMode) { a.NodePools = []string{} }), nil},
		{"of the built-in class", func(s *spec.Spec) {
			pool(func(p *spec.NodePool) { p.NodeClass = "default" })(s)
			s.Cluster.AutoMode.NodeClasses = nil
		}, nil},
		{"of the built-in class that is not there", func(s *spec.Spec) {
			pool(func(p *spec.NodePool) { p.NodeClass = "default" })(s)
			s.Cluster.AutoMode.NodeClasses, s.Cluster.AutoMode.NodePools = nil, []string{}
		}, []want{{diag.UnknownNodeClass, poolAt + " nodeClass", "default"}}},
		{"off", auto(func(a *spec.AutoMode) { a.Enabled = false }), []want{
			{diag.AutoMode, "cluster autoMode enabled", "starts no nodes"}, {diag.NoNetworkAddon, "cluster bootstrapSelfManagedAddons", ""}, {diag.NoNodes, "workloads", ""}}},
		{"names that are taken", auto(func(a *spec.AutoMode) {
			a.NodeClasses = map[string]spec.NodeClass{"default": {}}
			a.CustomNodePools = map[string]spec.NodePool{"system": {NodeClass: "default", Disruption: steady}}
		}), []want{{diag.NodePool, "cluster autoMode customNodePools system", "built-in"}, {diag.NodeClass, "cluster autoMode nodeClasses default", "EKS makes"}}},
		{"a label of Karpenter", asks("karpenter.k8s.aws/instance-cpu"), []want{{diag.NodeRequirement, poolAt + " requirements karpenter.k8s.aws/instance-cpu", "eks.amazonaws.com/instance-cpu"}}},
		{"a label of Auto Mode", asks("eks.amazonaws.com/instance-cpu"), nil},
		{"a label that it lacks", asks("eks.amazonaws.com/instance-tenancy"), []want{{diag.NodeRequirement, poolAt + " requirements eks.amazonaws.com/instance-tenancy", "no label"}}},
		{"another system", asks("kubernetes.io/os"), []want{{diag.NodeRequirement, poolAt + " requirements kubernetes.io/os", "run Linux"}}},
		{"nodes that live too long", pool(func(p *spec.NodePool) { p.ExpireAfter, p.TerminationGracePeriod = "480h", "25h" }), []want{
			{diag.NodeDisruption, poolAt + " expireAfter", "21 days"}}},
		{"nodes that live as long as they can", pool(func(p *spec.NodePool) { p.ExpireAfter, p.TerminationGracePeriod = "480h", "24h" }), nil},
		{"nodes that live for ever", pool(func(p *spec.NodePool) { p.ExpireAfter = "Never" }), []want{{diag.NodeDisruption, poolAt + " expireAfter", "21 days"}}},
		{"a pool that a manifest declares, too", func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"m": {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": map[string]any{"name": "p"}}}
		}, []want{{diag.DuplicateObject, "kubernetes manifests m", "customNodePools.p"}}},
	})
	class := func(c spec.NodeClass) func(*spec.Spec) {
		return auto(func(a *spec.AutoMode) { a.NodeClasses["c"] = c })
	}
	runRules(t, autoModePool, []ruleTest{
		{"the role that it has anyway", class(spec.NodeClass{Role: "demo-auto-ap-northeast-2"}), []want{{diag.NodeClass, classAt + " role", "anyway"}}},
		{"another role", class(spec.NodeClass{Role: "path/other"}), nil},
		{"another role that is let in", func(s *spec.Spec) {
			class(spec.NodeClass{Role: "other"})(s)
			s.Cluster.Access = map[string]spec.Access{"o": {Role: "other", Type: "EC2_LINUX"}}
		}, []want{{diag.AccessPrincipal, "cluster access o", "node class"}}},
		{"subnets of pods alone", class(spec.NodeClass{PodSubnetSelectorTerms: []spec.SubnetSelectorTerm{{ID: "subnet-12345678"}}}), []want{{diag.NodeClass, classAt, "together"}}},
		{"a disk", class(spec.NodeClass{EphemeralStorage: &spec.EphemeralStorage{Size: "80", IOPS: ptr(100), Throughput: ptr(2000)}}), []want{
			{diag.NodeClass, classAt + " ephemeralStorage iops", "3000 to 16000"}, {diag.NodeClass, classAt + " ephemeralStorage size", "80"}, {diag.NodeClass, classAt + " ephemeralStorage throughput", "125 to 1000"}}},
		{"no proxy", class(spec.NodeClass{AdvancedNetworking: &spec.AdvancedNetworking{NoProxy: []string{""}}}), []want{
			{diag.NodeClass, classAt + " advancedNetworking noProxy", "httpsProxy"}, {diag.NodeClass, classAt + " advancedNetworking noProxy 0", "1 to 255"}}},
		{"a proxy that is none", class(spec.NodeClass{AdvancedNetworking: &spec.AdvancedNetworking{HTTPSProxy: "proxy:3128"}}), []want{{diag.NodeClass, classAt + " advancedNetworking httpsProxy", "URL"}}},
		{"no certificate", class(spec.NodeClass{CertificateBundles: map[string]string{"a": "YQ=="}}), []want{{diag.NodeClass, classAt + " certificateBundles a", "base64"}}},
		{"a tag of Auto Mode's", class(spec.NodeClass{Tags: map[string]string{"eks.amazonaws.com/nodeclass": "c"}}), []want{{diag.NodeClass, classAt + " tags eks.amazonaws.com/nodeclass", "itself"}}},
		{"a reservation by nothing", class(spec.NodeClass{CapacityReservationSelectorTerms: []spec.NodeClassReservationTerm{{Owner: "111122223333"}}}), []want{{diag.NodeClass, classAt + " capacityReservationSelectorTerms 0", "by nothing"}}},
	})
}

// TestPoolsOfBothKinds holds that a pool of Karpenter and one of Auto Mode do
// not have one name.
func TestPoolsOfBothKinds(t *testing.T) {
	s := withKarpenter()
	s.Cluster.AutoMode = autoModePool().Cluster.AutoMode
	compare(t, Resolve(s), []want{{diag.NodePool, "cluster autoMode customNodePools p", "cluster.karpenter.nodePools"}})
}
