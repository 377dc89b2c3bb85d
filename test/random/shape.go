package random

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

// shape is what the schema says about one value.
type shape struct {
	kind    string // "object", "map", "array", "string", "integer", "number", "boolean" or "any"
	doc     string
	fields  []*field // of an object, sorted by name
	element *shape   // of a map, an array, or the other fields of an object
	enum    []string
	pattern string
	// oneOf are the names of fields of which exactly one may be there.
	oneOf []string
	// alone are the names of fields that suffer no other beside them.
	alone []string
}

// field is a named field of an object.
type field struct {
	name     string
	required bool
	shape    *shape
}

func (s *shape) field(name string) *field {
	for _, f := range s.fields {
		if f.name == name {
			return f
		}
	}
	return nil
}

// document is the part of JSON Schema that ekscc writes.
type document struct {
	Description string
	Ref         string `json:"$ref"`
	Type        string
	Enum        []string
	Pattern     string
	Properties  map[string]*document
	Required    []string
	Additional  json.RawMessage `json:"additionalProperties"`
	Items       *document
	Definitions map[string]*document
}

// readShape returns the shape of a whole spec, environments aside.
func readShape() (*shape, error) {
	data, err := schema.JSONSchema()
	if err != nil {
		return nil, err
	}
	return parseShape(data)
}

func parseShape(data []byte) (*shape, error) {
	var root document
	if err := json.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("failed to read the JSON Schema: %w", err)
	}
	r := reader{root.Definitions, map[string]*shape{}}
	spec, err := r.shape(&root)
	if err != nil {
		return nil, err
	}
	spec.fields = slices.DeleteFunc(spec.fields, func(f *field) bool { return f.name == "environments" })
	return spec, nil
}

// reader makes shapes; uses of one definition share one.
type reader struct {
	definitions map[string]*document
	made        map[string]*shape
}

func (r reader) shape(d *document) (*shape, error) {
	if d.Ref == "" {
		s := &shape{}
		return s, r.fill(s, d)
	}
	name := strings.TrimPrefix(d.Ref, "#/definitions/")
	if s, ok := r.made[name]; ok {
		return s, nil
	}
	definition := r.definitions[name]
	if definition == nil {
		return nil, fmt.Errorf("the JSON Schema lacks the definition %q", d.Ref)
	}
	s := &shape{}
	r.made[name] = s // a definition may refer to itself
	return s, r.fill(s, definition)
}

func (r reader) fill(s *shape, d *document) (err error) {
	*s = shape{kind: d.Type, doc: d.Description, enum: d.Enum, pattern: d.Pattern}
	switch {
	case d.Type == "":
		s.kind = "any"
	case d.Type == "array":
		s.element, err = r.shape(d.Items)
	case d.Type == "object" && d.Properties == nil:
		s.kind = "map"
		s.element, err = r.additional(d)
	case d.Type == "object":
		if strings.HasPrefix(string(d.Additional), "{") {
			s.element, err = r.additional(d)
		}
		err = errors.Join(err, r.fillFields(s, d))
	}
	return err
}

func (r reader) additional(d *document) (*shape, error) {
	var element document
	if err := json.Unmarshal(d.Additional, &element); err != nil {
		return nil, fmt.Errorf("failed to read the JSON Schema of a map: %w", err)
	}
	return r.shape(&element)
}

func (r reader) fillFields(s *shape, d *document) error {
	for _, name := range slices.Sorted(maps.Keys(d.Properties)) {
		property := d.Properties[name]
		of, err := r.shape(property)
		if err != nil {
			return err
		}
		own := *of
		own.doc = property.Description + " " + of.doc
		s.fields = append(s.fields, &field{name, slices.Contains(d.Required, name), &own})
		if strings.Contains(property.Description, "Nothing else") {
			s.alone = append(s.alone, name)
		}
	}
	s.oneOf = s.alternatives(d.Description)
	return nil
}

var oneOfText = regexp.MustCompile(`(?:xactly one of |by )((?:\w+, )*\w+) (?:and|or by) (\w+)`)

// alternatives are the fields that the documentation of s says to choose from.
func (s *shape) alternatives(doc string) []string {
	m := oneOfText.FindStringSubmatch(doc)
	if m == nil {
		return nil
	}
	names := append(strings.Split(m[1], ", "), m[2])
	if slices.ContainsFunc(names, func(name string) bool { return s.field(name) == nil }) {
		return nil
	}
	return names
}

var rangeText = regexp.MustCompile(`\b([0-9]+) to ([0-9]+)\b`)

// bounds is the range that the documentation of an integer states.
func (s *shape) bounds() (low, high int, ok bool) {
	m := rangeText.FindStringSubmatch(s.doc)
	if m == nil {
		return 0, 0, false
	}
	low, _ = strconv.Atoi(m[1])
	high, _ = strconv.Atoi(m[2])
	return low, high, low < high
}

var exampleText = regexp.MustCompile(`"([^" ]+)"`)

// examples are the texts that the documentation of a string quotes. It quotes
// the texts of other fields too, so they are likely and not sure to fit.
func (s *shape) examples() []string {
	var found []string
	for _, m := range exampleText.FindAllStringSubmatch(s.doc, -1) {
		found = append(found, m[1])
	}
	return found
}
