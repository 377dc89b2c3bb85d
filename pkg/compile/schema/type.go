package schema

import (
	"regexp"
	"strings"
	"sync"
)

// Kind is what sort of value a type takes.
type Kind string

const (
	// Any takes every value: ekscc passes it on as it is.
	Any Kind = "any"
	// Bool is true or false.
	Bool Kind = "bool"
	// Int is a whole number.
	Int Kind = "int"
	// List is [...T].
	List Kind = "list"
	// Map is a struct whose keys the user chooses, [string]: T. Of one that
	// takes whatever there is, {...}, the elements are of kind Any.
	Map Kind = "map"
	// Object is a struct whose fields the schema names. Where it takes fields
	// of other names too, Element or Open says so.
	Object Kind = "object"
	// String is text.
	String Kind = "string"
)

// Type is what the schema says about a value. Types are shared, between the
// uses of a definition and between goroutines, and never change.
type Type struct {
	Kind Kind
	// Name and Doc are the name, without its #, and the documentation of the
	// definition that the type is. Both are empty where the schema writes the
	// type in its place.
	Name, Doc string
	// Fields are the fields that an object has, in the schema's order.
	Fields []*Field
	// Open says that an object takes fields besides its own, of any type.
	Open bool
	// Enum are the only strings allowed, or nil where any string is.
	Enum []string
	// Pattern is what a string has to match, or nil.
	Pattern *regexp.Regexp
	// Default is the value, a string, int or bool, that a field of the type
	// has where the spec says nothing, or nil.
	Default any

	element func() *Type // may be nil
}

// always returns what gives a type that is known already.
func always(t *Type) func() *Type { return func() *Type { return t } }

// anything is the type of a value that the schema says nothing about.
var anything = &Type{Kind: Any}

// Element returns the type of what is in a list or map, and of the fields of
// an object that the schema does not name; otherwise nil.
func (t *Type) Element() *Type {
	if t.element == nil {
		return nil
	}
	return t.element()
}

// Field is a field that the schema names. One that is neither required nor
// optional is always there: by its default, or by those of the object it is.
type Field struct {
	Name string
	// Doc is the field's documentation, with an empty line between paragraphs.
	Doc string
	// Required says that the user has to write the field.
	Required bool
	// Optional says that the field may be absent.
	Optional bool

	typ func() *Type
}

// Type returns the type of the field's value.
func (f *Field) Type() *Type { return f.typ() }

// Spec returns the type of a whole spec, #Spec in the embedded schema, which
// is read when it is first asked for.
//
// It panics if it does not understand the schema, which no input can bring
// about: the schema is part of the binary, and the tests read it.
func Spec() *Type { return spec() }

var spec = sync.OnceValue(func() *Type {
	files, err := files()
	if err != nil {
		panic(err)
	}
	t, err := Read(files)
	if err != nil {
		panic(err)
	}
	return t
})

// String names the type in a few words.
func (t *Type) String() string {
	if t.holds() {
		return string(t.Kind) + " of " + t.Element().String()
	}
	return string(t.Kind)
}

// holds reports whether t is a list or map, of which only Element says more.
func (t *Type) holds() bool { return t.Kind == List || t.Kind == Map }

// Field returns the object's field of that name, or nil.
func (t *Type) Field(name string) *Field {
	for _, f := range t.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Names returns the names of the object's fields.
func (t *Type) Names() []string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return names
}

// leaf is what is in t, in what is in it, and so on: the type that is neither
// a list nor a map.
func (t *Type) leaf() *Type {
	for t.holds() {
		t = t.Element()
	}
	return t
}

// Summary returns the first sentence of the field's documentation.
func (f *Field) Summary() string {
	paragraph, _, _ := strings.Cut(f.Doc, "\n\n")
	sentence, _, more := strings.Cut(paragraph, ". ")
	if more {
		return sentence + "."
	}
	return sentence
}
