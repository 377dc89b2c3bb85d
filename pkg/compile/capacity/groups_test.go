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
