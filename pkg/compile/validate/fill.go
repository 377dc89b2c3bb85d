package validate

import (
	"cuelang.org/go/cue"
)

// fill adds the schema's defaults to v wherever v says nothing of its own.
// References in the spec see them. A default can bring about fields that call
// for further defaults, by way of a comprehension, so fill goes on until there
// is nothing to add.
func fill(v cue.Value) cue.Value {
	for range 8 {
		defaults := structDefaults(specNode(), v)
		if len(defaults) == 0 {
			break
		}
		v = v.FillPath(cue.Path{}, defaults)
	}
	return v
}

// structDefaults returns the defaults that v, a struct as n describes it,
// lacks.
func structDefaults(n *node, v cue.Value) map[string]any {
	defaults := map[string]any{}
	if n.isMap() {
		fields, _ := members(v)
		for _, f := range fields {
			add(defaults, f.name, n.elem, f.value)
		}
		return defaults
	}
	for _, f := range n.fields {
		value := v.LookupPath(cue.MakePath(cue.Str(f.name)))
		if value.Exists() || !f.optional && !f.required {
			add(defaults, f.name, f.node, value)
		}
	}
	return defaults
}

// add adds to defaults what v, the field of this name, lacks.
func add(defaults map[string]any, name string, n *node, v cue.Value) {
	switch {
	case n.kind == cue.StructKind:
		below := structDefaults(n, v)
		if len(below) > 0 || !v.Exists() {
			defaults[name] = below
		}
	case n.fallback == nil:
	case !v.Exists() || open(v) && v.FillPath(cue.Path{}, n.fallback).Err() == nil:
		defaults[name] = n.fallback
	}
}

// open reports whether v is a type rather than a value, such as int. What v
// refers to may become known yet, and is then an error, not a type.
func open(v cue.Value) bool {
	v, _ = v.Default()
	return v.Err() == nil && !v.IsConcrete()
}
