package random

import (
	"slices"
	"time"
)

// maxShrink bounds how long a spec is made smaller.
const maxShrink = 15 * time.Second

// shrink drops what it can from a spec as long as the problem persists:
// environments, fields, entries of maps and items of lists.
func shrink(s Spec, persists func(Spec) bool) Spec {
	deadline := time.Now().Add(maxShrink)
	for again := true; again; {
		again = false
		ways := s.smaller()
		for i := 0; i < len(ways) && time.Now().Before(deadline); {
			if smaller := ways[i](); persists(smaller) {
				s, again = smaller, true
				ways = s.smaller() // in which the next way has taken the place of this one
			} else {
				i++
			}
		}
	}
	return s
}

// has reports whether a spec has a problem that looks like p.
func (c checker) has(s Spec, p *Problem) bool {
	v, err := c.first(s)
	if err == nil {
		err = c.check(s, &v)
	}
	return err == nil && v.problem != nil && v.problem.signature() == p.signature()
}

// smaller are the ways to make a spec smaller, those that take most first.
// Each makes a copy.
func (s Spec) smaller() []func() Spec {
	var ways []func() Spec
	for _, name := range order(nil, s.Environments) {
		ways = append(ways, func() Spec {
			copied := s.clone()
			delete(copied.Environments, name)
			return copied
		}, func() Spec { return s.alone(name).clone() })
	}
	add := func(tree func(Spec) map[string]any) {
		paths := places(nil, tree(s))
		slices.SortStableFunc(paths, func(a, b []string) int { return len(a) - len(b) })
		for _, path := range paths {
			ways = append(ways, func() Spec {
				copied := s.clone()
				remove(tree(copied), path)
				return copied
			})
		}
	}
	add(func(s Spec) map[string]any { return s.Base })
	for _, name := range order(nil, s.Environments) {
		add(func(s Spec) map[string]any { return s.Environments[name] })
	}
	return ways
}
