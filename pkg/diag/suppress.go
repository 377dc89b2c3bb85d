package diag

import (
	"fmt"
	"slices"
)

// Suppression is a warning that a team has looked at and accepts.
type Suppression struct {
	Code Code
	// Path is the field that the warning names, or one around it, as
	// ParsePath reads it. An empty path means the whole spec.
	Path string
	// Environments are those in which the spec states the suppression. Empty
	// means all of them.
	Environments []string
	// Pos is where the spec states it.
	Pos Pos
}

// Suppress returns the list, sorted, without the warnings that the team
// accepts. Of the spec's environments, a warning stays for those that do not
// accept it. Errors always stay. Each suppression that accepts nothing becomes
// a StaleSuppression. The list itself does not change.
//
// A suppression that the environments share may be given once for each of
// them: it is stale only if none of them needs it.
func (l List) Suppress(accepted []Suppression, environments []string) List {
	kept := slices.Clone(l)
	for _, s := range join(accepted, environments) {
		kept = s.apply(kept, environments)
		if !slices.ContainsFunc(l, s.accepts) {
			kept = append(kept, s.stale())
		}
	}
	return kept.Sort()
}

// join makes one suppression of those that differ only in their environments.
func join(accepted []Suppression, environments []string) []Suppression {
	var joined []Suppression
	for _, s := range accepted {
		i := slices.IndexFunc(joined, func(j Suppression) bool {
			return j.Code == s.Code && j.Path == s.Path && j.Pos == s.Pos
		})
		switch {
		case i < 0:
			joined = append(joined, s)
		case len(s.Environments) == 0:
			joined[i].Environments = nil
		case len(joined[i].Environments) > 0:
			joined[i].Environments = slices.Concat(joined[i].Environments, s.Environments)
		}
	}
	for i, s := range joined {
		if len(without(environments, s.Environments)) == 0 {
			joined[i].Environments = nil
		}
	}
	return joined
}

// apply takes away what s accepts.
func (s Suppression) apply(l List, environments []string) List {
	var rest List
	for _, d := range l {
		if s.accepts(d) {
			if len(d.Environments) == 0 {
				d.Environments = environments
			}
			if d.Environments = without(d.Environments, s.Environments); len(d.Environments) == 0 {
				continue
			}
		}
		rest = append(rest, d)
	}
	return rest
}

// accepts reports whether s takes d away, in one environment at least.
func (s Suppression) accepts(d Diagnostic) bool {
	if d.Code != s.Code || d.Severity() != Warning {
		return false
	}
	path, ok := ParsePath(s.Path)
	if !ok || !IsBelow(d.Path, path) {
		return false
	}
	return len(s.Environments) == 0 || len(d.Environments) == 0 || slices.ContainsFunc(d.Environments, func(e string) bool {
		return slices.Contains(s.Environments, e)
	})
}

// without returns the environments of a problem that are not accepted. With
// nothing in accepted, all are.
func without(environments, accepted []string) []string {
	if len(accepted) == 0 {
		return nil
	}
	var left []string
	for _, e := range environments {
		if !slices.Contains(accepted, e) {
			left = append(left, e)
		}
	}
	return left
}

func (s Suppression) stale() Diagnostic {
	d := Diagnostic{
		Pos:          s.Pos,
		Path:         []string{"lint", "suppress"},
		Environments: s.Environments,
		Code:         StaleSuppression,
		Message:      fmt.Sprintf("no warning %s at %s to suppress", s.Code, s.Path),
		Hint:         "remove the suppression",
	}
	switch {
	case s.Code.Severity() == Error:
		d.Message = fmt.Sprintf("%s is an error, and errors cannot be suppressed", s.Code)
	case s.Code.Title() == "":
		d.Message = fmt.Sprintf("there is no warning %s", s.Code)
	}
	return d
}
