package schema

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"
)

// kind is what sort of value a field takes.
type kind string

const (
	kindAny    kind = "any"
	kindBool   kind = "bool"
	kindInt    kind = "int"
	kindList   kind = "list"
	kindMap    kind = "map"
	kindNumber kind = "number"
	kindObject kind = "object"
	kindString kind = "string"
)

// typ describes the values that a field takes.
type typ struct {
	kind    kind
	name    string   // the definition's name without its #, or ""
	doc     string   // the definition's documentation
	fields  []*field // of an object, in the schema's order
	open    bool     // whether an object takes fields besides its own
	element *typ     // of a list or map
	enum    []string // the strings allowed, where there are only some
	pattern string   // the regular expression that a string matches
}

// field is one named field of an object.
type field struct {
	name     string
	doc      string
	required bool
	value    string // the default as CUE and JSON write it, or ""
	typ      *typ
}

// String names the type in a few words.
func (t *typ) String() string {
	switch t.kind {
	case kindList, kindMap:
		return string(t.kind) + " of " + t.element.String()
	}
	return string(t.kind)
}

// lookup returns the field of that name, or nil.
func (t *typ) lookup(name string) *field {
	i := slices.IndexFunc(t.fields, func(f *field) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return t.fields[i]
}

// newType describes v, a type in the schema.
func newType(v cue.Value) (*typ, error) {
	t := &typ{kind: kindOf(v), pattern: patternOf(v), enum: enumOf(v)}
	if pkg, path := v.ReferencePath(); len(path.Selectors()) > 0 {
		t.name = strings.TrimPrefix(path.String(), "#")
		t.doc = docOf(pkg.LookupPath(path))
	}
	var err error
	switch t.kind {
	case kindList:
		t.element, err = newType(v.LookupPath(cue.MakePath(cue.AnyIndex)))
	case kindMap:
		t.element, err = newType(v.LookupPath(cue.MakePath(cue.AnyString)))
	case kindObject:
		t.open = v.Allows(cue.AnyString)
		t.fields, err = newFields(v)
	}
	return t, err
}

func newFields(v cue.Value) ([]*field, error) {
	iter, err := v.Fields(cue.Optional(true))
	if err != nil {
		return nil, fmt.Errorf("failed to list the fields of %s: %w", v.Path(), err)
	}
	var fields []*field
	for iter.Next() {
		t, err := newType(iter.Value())
		if err != nil {
			return nil, err
		}
		f := &field{
			name:     iter.Selector().Unquoted(),
			doc:      docOf(iter.Value()),
			required: iter.Selector().ConstraintType() == cue.RequiredConstraint,
			typ:      t,
		}
		f.value = defaultOf(iter.Value(), t)
		fields = append(fields, f)
	}
	return fields, nil
}

func kindOf(v cue.Value) kind {
	switch k := v.IncompleteKind(); k {
	case cue.BoolKind:
		return kindBool
	case cue.IntKind:
		return kindInt
	case cue.FloatKind, cue.NumberKind:
		return kindNumber
	case cue.StringKind:
		return kindString
	case cue.ListKind:
		return kindList
	case cue.StructKind:
		return kindOfStruct(v)
	}
	return kindAny
}

// kindOfStruct tells a map, whose keys the user chooses, from an object.
func kindOfStruct(v cue.Value) kind {
	iter, err := v.Fields(cue.Optional(true))
	if err == nil && !iter.Next() && v.LookupPath(cue.MakePath(cue.AnyString)).Exists() {
		return kindMap
	}
	return kindObject
}

// enumOf returns the alternatives of a disjunction of strings.
func enumOf(v cue.Value) []string {
	op, args := cue.Dereference(v).Expr()
	if op != cue.OrOp {
		return nil
	}
	var enum []string
	for _, arg := range args {
		s, err := arg.String()
		if err != nil {
			return nil
		}
		enum = append(enum, s)
	}
	return enum
}

func patternOf(v cue.Value) string {
	op, args := v.Expr()
	if op != cue.RegexMatchOp || len(args) != 1 {
		return ""
	}
	pattern, err := args[0].String()
	if err != nil {
		return ""
	}
	return pattern
}

// defaultOf returns the default of a scalar. The default of a list type is
// the empty list, which says nothing.
func defaultOf(v cue.Value, t *typ) string {
	if t.kind == kindList || t.kind == kindMap || t.kind == kindObject {
		return ""
	}
	d, ok := v.Default()
	if !ok {
		return ""
	}
	text, err := d.MarshalJSON()
	if err != nil {
		return ""
	}
	return string(text)
}

// docOf returns the documentation of v, its lines joined to paragraphs.
func docOf(v cue.Value) string {
	var paragraphs []string
	for _, group := range v.Doc() {
		for p := range strings.SplitSeq(strings.TrimSpace(group.Text()), "\n\n") {
			paragraphs = append(paragraphs, strings.Join(strings.Fields(p), " "))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
