package validate

import (
	"strconv"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/diag"
)

// Locate finds the place in the user's files that decides the field at path:
// where the environment says it, or else the base. For a field that nobody
// wrote it is the nearest one around it, at last the spec itself; there the
// base comes first, so that what is absent in every environment has one place.
func (e *Environment) Locate(path []string) diag.Pos {
	if pos := e.inOwn(path); pos.IsValid() {
		return pos
	}
	for ; len(path) > 0; path = path[:len(path)-1] {
		if pos := e.inBase(path); pos.IsValid() {
			return pos
		}
		if pos := e.inOwn(path); pos.IsValid() {
			return pos
		}
	}
	return e.src.Start()
}

// inOwn is the place of the field at path in environments, if it has one.
func (e *Environment) inOwn(path []string) diag.Pos {
	if !e.own.Exists() {
		return diag.Pos{}
	}
	if pos := e.src.Declared(append([]string{"environments", e.Name}, path...)); pos.IsValid() {
		return pos
	}
	if v := lookup(e.own, path); v.Exists() && len(path) > 0 {
		return e.src.Pos(v.Pos())
	}
	return diag.Pos{}
}

// inBase is the place of the field at path outside environments, if it has
// one.
func (e *Environment) inBase(path []string) diag.Pos {
	if pos := e.src.Declared(path); pos.IsValid() {
		return pos
	}
	if v := lookup(e.src.Value, path); v.Exists() {
		return e.src.Pos(v.Pos())
	}
	return diag.Pos{}
}

// lookup returns the value at path below v; list indices are decimal.
func lookup(v cue.Value, path []string) cue.Value {
	for _, name := range path {
		sel := cue.Str(name)
		if index, err := strconv.Atoi(name); err == nil && index >= 0 && v.IncompleteKind() == cue.ListKind {
			sel = cue.Index(index)
		}
		v = v.LookupPath(cue.MakePath(sel))
	}
	return v
}
