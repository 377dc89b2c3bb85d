package schema

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/ekscc/ekscc/schemas"
)

// jsonSchema is the part of JSON Schema that the spec needs. Nothing stands
// beside Ref but annotations, which draft 7 ignores there and editors show.
type jsonSchema struct {
	Schema      string                 `json:"$schema,omitempty"`
	Title       string                 `json:"title,omitempty"`
	Description string                 `json:"description,omitempty"`
	Ref         string                 `json:"$ref,omitempty"`
	Type        string                 `json:"type,omitempty"`
	Enum        []string               `json:"enum,omitempty"`
	Pattern     string                 `json:"pattern,omitempty"`
	Default     json.RawMessage        `json:"default,omitempty"`
	Properties  map[string]*jsonSchema `json:"properties,omitempty"`
	Required    []string               `json:"required,omitempty"`
	// Additional is false or a *jsonSchema.
	Additional  any                    `json:"additionalProperties,omitempty"`
	Items       *jsonSchema            `json:"items,omitempty"`
	Definitions map[string]*jsonSchema `json:"definitions,omitempty"`
}

var jsonTypes = map[kind]string{
	kindBool: "boolean", kindInt: "integer", kindList: "array", kindMap: "object",
	kindNumber: "number", kindObject: "object", kindString: "string",
}

// JSONSchema returns the schema of a spec as JSON Schema, for editors of YAML
// and JSON specs. It is written as draft 7, which every editor reads.
//
// The schema is made from the same description as Explain. CUE has a
// generator too, marked experimental: it leaves defaults out, and turns an
// open struct such as an add-on's configuration into the constant {}.
func JSONSchema() ([]byte, error) {
	v, err := root()
	if err != nil {
		return nil, err
	}
	spec, err := newType(v)
	if err != nil {
		return nil, err
	}
	definitions := map[string]*jsonSchema{}
	s := inline(spec, definitions)
	s.Schema = "http://json-schema.org/draft-07/schema#"
	s.Title = "ekscc spec " + schemas.Version
	s.Description = docOf(v)
	s.Definitions = definitions
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err = enc.Encode(s)
	return buf.Bytes(), err
}

// refer returns the JSON Schema of t: a reference where t has a name.
func refer(t *typ, definitions map[string]*jsonSchema) *jsonSchema {
	if t.name == "" {
		return inline(t, definitions)
	}
	if _, ok := definitions[t.name]; !ok {
		definitions[t.name] = nil // a definition may refer to itself
		definition := inline(t, definitions)
		definition.Description = t.doc
		definitions[t.name] = definition
	}
	return &jsonSchema{Ref: "#/definitions/" + t.name}
}

func inline(t *typ, definitions map[string]*jsonSchema) *jsonSchema {
	s := &jsonSchema{Type: jsonTypes[t.kind], Enum: t.enum, Pattern: t.pattern}
	switch t.kind {
	case kindList:
		s.Items = refer(t.element, definitions)
	case kindMap:
		s.Additional = refer(t.element, definitions)
	case kindObject:
		s.addFields(t, definitions)
	}
	return s
}

func (s *jsonSchema) addFields(t *typ, definitions map[string]*jsonSchema) {
	if !t.open {
		s.Additional = false
	}
	s.Properties = make(map[string]*jsonSchema, len(t.fields))
	for _, f := range t.fields {
		property := refer(f.typ, definitions)
		property.Description = f.doc
		property.Default = json.RawMessage(f.value)
		s.Properties[f.name] = property
		if f.required {
			s.Required = append(s.Required, f.name)
		}
	}
	slices.Sort(s.Required)
}
