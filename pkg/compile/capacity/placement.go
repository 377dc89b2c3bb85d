package capacity

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// takes reports whether the group's nodes may run the pod: it bears their
// taints, and asks for no other value of their labels.
func (g Group) takes(p spec.Pod) bool {
	for key, taint := range g.base.Taints {
		if taint.Effect != "PreferNoSchedule" && !bears(p.Tolerations, key, taint) {
			return false
		}
	}
	for key, value := range p.NodeSelector {
		if !g.mayHave(key, []string{value}) {
			return false
		}
	}
	for key, values := range p.NodeAffinity.Required {
		if !g.mayHave(key, values) {
			return false
		}
	}
	return true
}

func bears(tolerations map[string]spec.Toleration, key string, taint spec.Taint) bool {
	for _, name := range []string{key, spec.AllTaints} {
		t, ok := tolerations[name]
		if ok && (t.Effect == "" || t.Effect == taint.Effect) && (t.Value == "" || t.Value == taint.Value) {
			return true
		}
	}
	return false
}

// mayHave reports whether the nodes may have the label with one of the values.
// They may have labels besides the group's, by controllers or by hand.
func (g Group) mayHave(key string, values []string) bool {
	value, ok := g.base.Labels[key]
	return !ok || slices.Contains(values, value)
}
