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
	Default     any                    `json:"default,omitempty"`
	Properties  map[string]*jsonSchema `json:"properties,omitempty"`
	Required    []string               `json:"required,omitempty"`
	// Additional is false or a *jsonSchema.
	Additional  any                    `json:"additionalProperties,omitempty"`
	Items       *jsonSchema            `json:"items,omitempty"`
	Definitions map[string]*jsonSchema `json:"definitions,omitempty"`
}

var jsonTypes = map[Kind]string{
	Bool: "boolean", Int: "integer", List: "array", Map: "object", Object: "object", String: "string",
}

// JSONSchema returns the schema of a spec as JSON Schema, for editors of YAML
// and JSON specs. It is written as draft 7, which every editor reads.
//
// The schema is made from the same description as Explain. CUE has a
// generator too, marked experimental: it leaves defaults out, and turns an
// open struct such as an add-on's configuration into the constant {}.
func JSONSchema() ([]byte, error) {
	definitions := map[string]*jsonSchema{}
	s := inline(Spec(), definitions)
	s.Schema = "http://json-schema.org/draft-07/schema#"
	s.Title = "ekscc spec " + schemas.Version
	s.Description = Spec().Doc
	s.Definitions = definitions
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(s)
	return buf.Bytes(), err
}

// refer returns the JSON Schema of t: a reference where t has a name.
func refer(t *Type, definitions map[string]*jsonSchema) *jsonSchema {
	if t.Name == "" {
		return inline(t, definitions)
	}
	if definitions[t.Name] == nil {
		definition := inline(t, definitions)
		definition.Description = t.Doc
		definitions[t.Name] = definition
	}
	return &jsonSchema{Ref: "#/definitions/" + t.Name}
}

func inline(t *Type, definitions map[string]*jsonSchema) *jsonSchema {
	s := &jsonSchema{Type: jsonTypes[t.Kind], Enum: t.Enum}
	if t.Pattern != nil {
		s.Pattern = t.Pattern.String()
	}
	switch t.Kind {
	case List:
		s.Items = refer(t.Element(), definitions)
	case Map:
		s.Additional = refer(t.Element(), definitions)
	case Object:
		s.addFields(t, definitions)
	}
	return s
}

func (s *jsonSchema) addFields(t *Type, definitions map[string]*jsonSchema) {
	switch {
	case t.Element() != nil:
		s.Additional = refer(t.Element(), definitions)
	case !t.Open:
		s.Additional = false
	}
	s.Properties = make(map[string]*jsonSchema, len(t.Fields))
	for _, f := range t.Fields {
		property := refer(f.Type(), definitions)
		property.Description = f.Doc
		property.Default = f.Type().Default
		s.Properties[f.Name] = property
		if f.Required {
			s.Required = append(s.Required, f.Name)
		}
	}
	slices.Sort(s.Required)
}
