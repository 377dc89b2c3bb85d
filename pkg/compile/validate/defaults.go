package validate

import (
	"fmt"
	"maps"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

// fill adds the schema's defaults to v wherever v says nothing of its own.
// References in the spec see them. A default can bring about fields that call
// for further defaults, by way of a comprehension, so fill goes on until there
// is nothing to add.
func fill(v cue.Value) cue.Value {
	for range 8 {
		defaults := lacking(schema.Spec(), v)
		if len(defaults) == 0 {
			break
		}
		v = v.FillPath(cue.Path{}, defaults)
	}
	return v
}

// lacking returns the defaults that v, a struct of type t, lacks. It looks at
// the few fields that v has once, and not for each of the many that t has.
func lacking(t *schema.Type, v cue.Value) map[string]any {
	defaults, present := map[string]any{}, map[string]cue.Value{}
	if v.Exists() {
		fields, _ := members(v)
		for _, f := range fields {
			present[f.name] = f.value
			if t.Element() != nil && t.Field(f.name) == nil {
				add(defaults, f.name, t.Element(), f.value)
			}
		}
	}
	for _, f := range t.Fields {
		if value, ok := present[f.Name]; ok || !f.Optional && !f.Required {
			add(defaults, f.Name, f.Type(), value)
		}
	}
	return defaults
}

// add adds to defaults what v, the field of this name and of type t, lacks.
func add(defaults map[string]any, name string, t *schema.Type, v cue.Value) {
	switch {
	case t.Kind == schema.Object || t.Kind == schema.Map:
		below := lacking(t, v)
		if len(below) > 0 || !v.Exists() {
			defaults[name] = below
		}
	case t.Default == nil:
	case !v.Exists() || open(v) && v.FillPath(cue.Path{}, t.Default).Err() == nil:
		defaults[name] = t.Default
	}
}

// open reports whether v is a type rather than a value, such as int. What v
// refers to may become known yet, and is then an error, not a type. Nor is a
// value with two defaults of the author's own a type.
func open(v cue.Value) bool {
	d, _ := v.Default()
	return d.Err() == nil && !d.IsConcrete() && len(ownDefaults(v)) < 2
}

// ownDefaults are the different defaults that the parts of v have.
func ownDefaults(v cue.Value) map[string]bool {
	found := map[string]bool{}
	op, parts := v.Expr()
	if op != cue.AndOp {
		if d, ok := v.Default(); ok {
			found[fmt.Sprint(d)] = true
		}
		return found
	}
	for _, part := range parts {
		maps.Copy(found, ownDefaults(part))
	}
	return found
}
