package capacity

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

func TestGroups(t *testing.T) {
	yes, stated := true, 20
	prefixes := spec.VPCCNI{PrefixDelegation: &yes}
	addon := map[string]spec.Addon{"vpc-cni": {}}
	for _, tt := range []struct {
		what    string
		types   []string
		maxPods *int
		cluster spec.Cluster
		managed int // pods of a node of a managed group
		own     int // and of a self-managed one
		because string
	}{
		{"default", []string{"m5.large"}, nil, spec.Cluster{}, 29, 29, "3 × (10 − 1) + 2"},
		{"many addresses", []string{"m5.4xlarge"}, nil, spec.Cluster{}, 110, 234, "8 × (30 − 1) + 2"},
		{"stated", []string{"m5.large"}, &stated, spec.Cluster{}, 20, 20, "maxPods of the group"},
		{"prefixes", []string{"m5.large"}, nil, spec.Cluster{VPCCNI: &prefixes, Addons: addon}, 110, 110, "3 × (10 − 1) × 16 + 2, at most 110"},
		{"prefixes too late", []string{"m5.large"}, nil, spec.Cluster{VPCCNI: &prefixes}, 29, 110, "3 × (10 − 1) × 16 + 2, at most 110"},
		{"prefixes of the add-on's configuration", []string{"m5.large"}, nil, spec.Cluster{Addons: map[string]spec.Addon{"vpc-cni": {
			Configuration: map[string]any{"env": map[string]any{"ENABLE_PREFIX_DELEGATION": "true"}},
		}}}, 110, 110, "3 × (10 − 1) × 16 + 2, at most 110"},
		{"several types", []string{"m5.xlarge", "m5.large"}, nil, spec.Cluster{}, 29, 29, "3 × (10 − 1) + 2, by m5.large"},
		{"IPv6", []string{"m5.24xlarge"}, nil, spec.Cluster{IPFamily: spec.IPv6}, 250, 250, "15 × (50 − 1) × 16 + 2, at most 250"},
		{"unknown type", []string{"m5.large", "m99.large"}, nil, spec.Cluster{}, 0, 0, "the instance type is not known"},
	} {
		base := spec.NodeGroupBase{InstanceTypes: tt.types, MaxPods: tt.maxPods, Scaling: spec.Scaling{Max: 3}}
		tt.cluster.NodeGroups = map[string]spec.NodeGroup{"a": {NodeGroupBase: base}}
		tt.cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"b": {NodeGroupBase: base}}
		groups := Of(&spec.Spec{Cluster: tt.cluster}).Groups
		managed, own := groups[0], groups[1]
		if managed.PodsPerNode != tt.managed || own.PodsPerNode != tt.own || own.Because != tt.because || own.Pods != 3*tt.own {
			t.Errorf("%s: managed %d, self-managed %d, %d in all, because %q", tt.what, managed.PodsPerNode, own.PodsPerNode, own.Pods, own.Because)
		}
	}
}

// Nodes of Windows have the addresses of one interface, and nobody tells them
// how many pods they take.
func TestGroupsOfWindows(t *testing.T) {
	yes := true
	for _, tt := range []struct {
		what    string
		windows *spec.WindowsIPAM
		pods    int
		full    Addresses
	}{
		{"single addresses", nil, 9, Addresses{Single: 9}},
		{"prefixes", &spec.WindowsIPAM{PrefixDelegation: &yes}, 110, Addresses{Prefixes: 7}},
	} {
		c := spec.Cluster{
			VPCCNI: &spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{}, Windows: tt.windows},
			SelfManagedNodeGroups: map[string]spec.SelfManagedNodeGroup{"win": {NodeGroupBase: spec.NodeGroupBase{
				InstanceTypes: []string{"m5.large"}, Image: spec.Image{Family: "Windows2022Core"}, Scaling: spec.Scaling{Max: 1},
			}}},
		}
		g := Of(&spec.Spec{Cluster: c}).Groups[0]
		if g.PodsPerNode != tt.pods || g.full.All() != tt.full || g.elsewhere {
			t.Errorf("%s: %d pods, %+v", tt.what, g.PodsPerNode, g.full)
		}
		if room := RoomOf(&c, []Group{g}); room.Known {
			t.Errorf("%s: it is known which workloads are for Windows: %+v", tt.what, room)
		}
	}
}

// Nobody knows how many nodes there are that count for several.
func TestGroupsWithWeights(t *testing.T) {
	c := cluster()
	c.NodeGroups = nil
	own := spec.SelfManagedNodeGroup{NodeGroupBase: spec.NodeGroupBase{
		InstanceTypes: []string{"m5.large"}, Scaling: spec.Scaling{Max: 1000}, Subnets: "private",
	}}
	own.MixedInstances = &spec.MixedInstances{Weights: map[string]int{"m5.large": 16}}
	c.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"own": own}
	report := Of(&spec.Spec{Cluster: c, Workloads: map[string]spec.Workload{"web": {}}})
	if g := report.Groups[0]; g.PodsPerNode != 0 || report.Places != nil || !report.Fits() {
		t.Errorf("%+v with %v places", g, report.Places)
	}
}
