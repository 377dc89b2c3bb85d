package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// ownNodes is newVPC with a self-managed node group besides.
func ownNodes() *spec.Spec {
	s := newVPC()
	base := groupBase()
	base.InstanceTypes = []string{"m5.large"}
	s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"own": {NodeGroupBase: base}}
	return s
}

// own changes the self-managed node group of ownNodes.
func own(f func(g *spec.SelfManagedNodeGroup)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		g := s.Cluster.SelfManagedNodeGroups["own"]
		f(&g)
		s.Cluster.SelfManagedNodeGroups["own"] = g
	}
}

func TestMaxPods(t *testing.T) {
	const at = "cluster selfManagedNodeGroups own maxPods"
	stated := func(n int, types ...string) func(*spec.Spec) {
		return own(func(g *spec.SelfManagedNodeGroup) { g.MaxPods, g.InstanceTypes = &n, types })
	}
	both := func(edits ...func(*spec.Spec)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			for _, edit := range edits {
				edit(s)
			}
		}
	}
	prefixes := func(s *spec.Spec) { s.Cluster.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }
	custom := func(s *spec.Spec) {
		s.Cluster.VPCCNI = &spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{}}
		s.Cluster.Network.VPC.SecondaryCIDRs = map[string]string{"pods": "100.64.0.0/16"}
		s.Cluster.Network.Tiers.Pod = &spec.Tier{CIDR: "100.64.0.0/16"}
	}
	runRules(t, ownNodes, []ruleTest{
		{"as many as addresses", stated(29, "m5.large"), nil},
		{"one more", stated(30, "m5.large"), []want{{diag.MaxPods, at, "addresses for 434"}}},
		{"one more than the smaller type has", stated(30, "m5.xlarge", "m5.large"), []want{{diag.MaxPods, at, "m5.large has addresses for 29 pods"}}},
		{"more with prefixes", both(stated(434, "m5.large"), prefixes), nil},
		{"too many with prefixes", both(stated(435, "m5.large"), prefixes), []want{{diag.MaxPods, at, "434 pods"}}},
		{"too many with custom networking", both(stated(21, "m5.large"), custom), []want{{diag.MaxPods, at, "20 pods"}}},
		{"none", stated(0, "m5.large"), []want{{diag.MaxPods, at, "at least 1"}}},
		{"unknown type", stated(500, "m5.huge"), []want{{diag.UnknownInstance, "cluster selfManagedNodeGroups own instanceTypes 0", "m5.huge"}}},
		{"managed", group(func(g *spec.NodeGroup) { g.MaxPods = ptr(10) }), []want{{diag.EKSMaxPods, "cluster nodeGroups general maxPods", "EKS tells"}}},
	})
}

func TestMaxPodsOfPodsWithSecurityGroups(t *testing.T) {
	s := ownNodes()
	s.Cluster.PodSecurityGroups = map[string]spec.PodSecurityGroups{}
	r := &resolver{spec: s, cluster: &s.Cluster}
	for stated, wants := range map[int]int{38: 0, 39: 1} {
		s.Cluster.PodSecurityGroups["db"] = spec.PodSecurityGroups{}
		own(func(g *spec.SelfManagedNodeGroup) { g.MaxPods = &stated })(s)
		r.found = nil
		r.checkMaxPods()
		if len(r.found) != wants {
			t.Errorf("%d pods, 9 of them on branch interfaces: %v", stated, r.found)
		}
	}
}

// Nodes are told how many pods they take only if they would not find out.
func TestCompletedMaxPods(t *testing.T) {
	for _, tt := range []struct {
		what  string
		types []string
		edit  func(c *spec.Cluster)
		want  int // 0 for nothing
	}{
		{"default", []string{"m5.24xlarge"}, func(*spec.Cluster) {}, 0},
		{"prefixes", []string{"m5.large"}, func(c *spec.Cluster) { c.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }, 110},
		{"prefixes of large nodes", []string{"m5.24xlarge"}, func(c *spec.Cluster) { c.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }, 250},
		{"prefixes, the smallest", []string{"m5.24xlarge", "t3.nano"}, func(c *spec.Cluster) { c.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }, 34},
		{"prefixes, an unknown type", []string{"m5.large", "m5.huge"}, func(c *spec.Cluster) { c.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }, 0},
		{"IPv6", []string{"m5.large"}, func(c *spec.Cluster) { c.IPFamily = spec.IPv6 }, 110},
		{"fewer interfaces", []string{"m5.large"}, func(c *spec.Cluster) { c.VPCCNI = &spec.VPCCNI{MaxENI: ptr(2)} }, 20},
	} {
		s := ownNodes()
		own(func(g *spec.SelfManagedNodeGroup) { g.InstanceTypes = tt.types })(s)
		tt.edit(&s.Cluster)
		Resolve(s)
		got := 0
		if n := s.Cluster.SelfManagedNodeGroups["own"].MaxPods; n != nil {
			got = *n
		}
		if got != tt.want {
			t.Errorf("%s: %d pods, want %d", tt.what, got, tt.want)
		}
		if n := s.Cluster.NodeGroups["general"].MaxPods; n != nil {
			t.Errorf("%s: the nodes of the managed group, which EKS tells, are told %d", tt.what, *n)
		}
	}
}

func TestSettingsInForce(t *testing.T) {
	without := func() *spec.Spec {
		s := newVPC()
		delete(s.Cluster.Addons, cniAddon)
		return s
	}
	late := []want{{diag.PluginTooLate, "cluster vpcCNI", `managed groups take: "general"`}}
	runRules(t, without, []ruleTest{
		{"no settings", func(*spec.Spec) {}, nil},
		{"settings of other things", func(s *spec.Spec) { s.Cluster.VPCCNI = &spec.VPCCNI{LogLevel: "DEBUG"} }, nil},
		{"prefixes", func(s *spec.Spec) { s.Cluster.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }, late},
		{"prefixes with the add-on", func(s *spec.Spec) {
			s.Cluster.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)}
			s.Cluster.Addons[cniAddon] = spec.Addon{}
		}, nil},
		{"prefixes for self-managed nodes", func(s *spec.Spec) {
			s.Cluster.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)}
			s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"own": {NodeGroupBase: s.Cluster.NodeGroups["general"].NodeGroupBase}}
			s.Cluster.NodeGroups = nil
		}, nil},
	})
}
