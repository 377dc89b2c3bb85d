package random

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/diag"
)

// maxRounds bounds how often a spec is repaired before it counts as refused.
const maxRounds = 40

// repair changes what the errors name: it drops it, or draws it again, or what
// is around it. Where that leads is left to chance and to the next round.
func (g *generator) repair(root *shape, s *Spec, diags diag.List, round int) {
	var touched [][]string
	for _, d := range diags {
		if d.Severity() != diag.Error {
			continue
		}
		tree, path := g.culprit(s, d)
		for range 1 + g.IntN(1+round/8) - 1 { // the longer it takes, the wider the cut
			if len(path) > 1 {
				path = path[:len(path)-1]
			}
		}
		if len(path) == 0 || slices.ContainsFunc(touched, func(t []string) bool { return related(t, path) }) {
			continue
		}
		touched = append(touched, path)
		g.mend(root, tree, path)
	}
	if round > maxRounds/2 && len(s.Environments) > 0 && g.chance(0.2) {
		delete(s.Environments, pick(g, order(nil, s.Environments)))
	}
}

// culprit is the part of the spec that an error is about, the base or an
// environment, and the path in there.
func (g *generator) culprit(s *Spec, d diag.Diagnostic) (map[string]any, []string) {
	path := d.Path
	if len(path) > 2 && path[0] == "environments" {
		if environment, ok := s.Environments[path[1]]; ok {
			return environment, path[2:]
		}
	}
	for _, name := range d.Environments {
		if environment, ok := s.Environments[name]; ok {
			if _, has := get(environment, path); has {
				return environment, path
			}
		}
	}
	return s.Base, path
}

// mend changes the tree at path, or at what there is of the path.
func (g *generator) mend(root *shape, tree map[string]any, path []string) {
	there := path
	for len(there) > 0 {
		if _, ok := get(tree, there); ok {
			break
		}
		there = there[:len(there)-1]
	}
	if missing := len(there) < len(path); missing && g.chance(0.5) {
		if of := root.at(path); of != nil && len(path) == len(there)+1 {
			set(tree, path, g.value(of, path))
			return
		}
	}
	if len(there) == 0 {
		return
	}
	if len(there) > 2 && g.chance(0.15) {
		there = there[:len(there)-1]
	}
	if g.chance(0.4) && root.optional(there) {
		remove(tree, there)
		return
	}
	if of := root.at(there); of != nil {
		set(tree, there, g.value(of, there))
	} else {
		remove(tree, there)
	}
}

// optional reports whether the value at path may be left out.
func (s *shape) optional(path []string) bool {
	above := s.at(path[:len(path)-1])
	if above == nil || above.kind != "object" {
		return true
	}
	f := above.field(path[len(path)-1])
	return f == nil || !f.required
}

// related reports whether one path is at or below the other.
func related(a, b []string) bool {
	n := min(len(a), len(b))
	return slices.Equal(a[:n], b[:n])
}
