package capacity

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

func TestTakes(t *testing.T) {
	g := Group{base: spec.NodeGroupBase{
		Labels: map[string]string{"example.com/disk": "local"},
		Taints: map[string]spec.Taint{
			"example.com/gpu":  {Value: "a10", Effect: "NoSchedule"},
			"example.com/soft": {Effect: "PreferNoSchedule"},
		},
	}}
	bears := map[string]spec.Toleration{"example.com/gpu": {}}
	for _, tt := range []struct {
		what string
		spec.PodPlacement
		want bool
	}{
		{"no toleration", spec.PodPlacement{}, false},
		{"any value and effect", spec.PodPlacement{Tolerations: bears}, true},
		{"all taints", spec.PodPlacement{Tolerations: map[string]spec.Toleration{spec.AllTaints: {}}}, true},
		{"the value and effect", spec.PodPlacement{Tolerations: map[string]spec.Toleration{"example.com/gpu": {Value: "a10", Effect: "NoSchedule"}}}, true},
		{"another value", spec.PodPlacement{Tolerations: map[string]spec.Toleration{"example.com/gpu": {Value: "h100"}}}, false},
		{"another effect", spec.PodPlacement{Tolerations: map[string]spec.Toleration{"example.com/gpu": {Effect: "NoExecute"}}}, false},
		{"its label", spec.PodPlacement{Tolerations: bears, NodeSelector: map[string]string{"example.com/disk": "local"}}, true},
		{"another value of its label", spec.PodPlacement{Tolerations: bears, NodeSelector: map[string]string{"example.com/disk": "network"}}, false},
		{"a label of somebody else's", spec.PodPlacement{Tolerations: bears, NodeSelector: map[string]string{"topology.kubernetes.io/zone": "eu-west-1a"}}, true},
		{"one of several values", spec.PodPlacement{Tolerations: bears, NodeAffinity: spec.NodeAffinity{Required: map[string][]string{"example.com/disk": {"network", "local"}}}}, true},
		{"none of several values", spec.PodPlacement{Tolerations: bears, NodeAffinity: spec.NodeAffinity{Required: map[string][]string{"example.com/disk": {"network"}}}}, false},
		{"a preference", spec.PodPlacement{Tolerations: bears, NodeAffinity: spec.NodeAffinity{Preferred: map[string][]string{"example.com/disk": {"network"}}}}, true},
	} {
		if got := g.takes(spec.Pod{PodPlacement: tt.PodPlacement}); got != tt.want {
			t.Errorf("%s: %t, want %t", tt.what, got, tt.want)
		}
	}
}
