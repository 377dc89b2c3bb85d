package validate

import (
	"fmt"
	"strconv"
	"strings"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diag"
)

// value checks v, which exists, against t.
func (c *checker) value(path []string, t *schema.Type, v cue.Value) {
	switch t.Kind {
	case schema.Object, schema.Map:
		c.structure(path, t, v)
	case schema.List:
		c.list(path, t, v)
	case schema.Any:
		if !affordable(v) {
			c.env.oversized = true
			c.report(diag.InvalidValue, path, fmt.Sprintf("holds more than %d values", maxValues), "look for values that grow with each reference")
			return
		}
		c.evaluations(v.Validate(cue.Concrete(true))) // it has to be known
	default:
		c.scalar(path, t, v)
	}
}

// list checks v, which should be a list, and what is in it.
func (c *checker) list(path []string, t *schema.Type, v cue.Value) {
	list, err := v.List()
	if err != nil && v.IncompleteKind() != cue.ListKind {
		c.wrong(path, t, v)
		return
	}
	for i := 0; list.Next(); i++ {
		c.value(child(path, strconv.Itoa(i)), t.Element(), list.Value())
	}
}

// structure checks v, which should be a struct, and the fields in it.
func (c *checker) structure(path []string, t *schema.Type, v cue.Value) {
	fields, ok := members(v)
	if !ok {
		c.wrong(path, t, v)
		return
	}
	var unknown []member
	present := map[string]bool{}
	for _, f := range fields {
		present[f.name] = true
		switch of := typeOf(t, f.name); {
		case len(path) == 0 && f.name == "environments":
		case of != nil:
			c.value(child(path, f.name), of, f.value)
		default:
			unknown = append(unknown, f)
		}
	}
	for _, f := range unknown {
		c.unknown(path, t, f, present)
	}
	c.missing(path, t, v, present)
}

var anything = &schema.Type{Kind: schema.Any}

// typeOf returns the type of the field of this name in a struct of type t, or
// nil if there is no such field.
func typeOf(t *schema.Type, name string) *schema.Type {
	if f := t.Field(name); f != nil {
		return f.Type()
	}
	if t.Open {
		return anything
	}
	return t.Element()
}

// unknown reports a field that t does not have. If it can be told which field
// was meant, its value is checked as that field's, and that field is not
// missing.
func (c *checker) unknown(path []string, t *schema.Type, f member, present map[string]bool) {
	near, hint := suggest(f.name, t.Names()), ""
	if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if owner := owner(child(path, f.name)[0], f.name); owner != "" {
		hint = fmt.Sprintf("it belongs in %s", owner)
	}
	c.report(diag.UnknownField, child(path, f.name), "unknown field", hint)
	if near == "" || present[near] {
		return
	}
	meant := t.Field(near).Type()
	present[near] = true
	c.distrust(child(path, near))
	c.blur(child(path, near), meant)
	if _, ok := members(f.value); ok && (meant.Kind == schema.Object || meant.Kind == schema.Map) {
		c.structure(child(path, f.name), meant, f.value)
	}
}

// missing reports what v, a struct of type t, has to hold besides what is
// present: what the schema requires, and what the spec itself requires.
func (c *checker) missing(path []string, t *schema.Type, v cue.Value, present map[string]bool) {
	for _, f := range t.Fields {
		if f.Required && !present[f.Name] {
			present[f.Name] = true
			c.report(diag.MissingField, child(path, f.Name), "required field is missing", brief(f.Summary()))
			c.blur(child(path, f.Name), f.Type())
		}
	}
	for _, name := range unmet(v) {
		if !present[name] {
			c.report(diag.MissingField, child(path, name), "required field is missing", "the spec itself requires it")
		}
	}
}

// brief is a hint made of a sentence about a field, if that is short enough.
func brief(sentence string) string {
	sentence = strings.TrimSuffix(sentence, ".")
	if sentence == "" || len(sentence) > 90 {
		return ""
	}
	for _, initials := range []string{"IAM", "IPv", "CPU", "ARN"} {
		if strings.HasPrefix(sentence, initials) {
			return sentence
		}
	}
	return strings.ToLower(sentence[:1]) + sentence[1:]
}
