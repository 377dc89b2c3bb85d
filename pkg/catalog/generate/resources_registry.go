package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// registry is cfn-lint's copy of the schemas of CloudFormation's registry,
// with cfn-lint's own corrections applied.
type registry struct {
	files map[string]string // resource type to the file's name
}

// registryFile matches the entries of cfn-lint's list of a region's types.
var registryFile = regexp.MustCompile(`"(AWS::\w+::\w+)": "([0-9a-f]{16})"`)

func readRegistry() (*registry, error) {
	list, err := cfnLint.read("cfnlint/data/schemas/providers/us_east_1.py")
	if err != nil {
		return nil, err
	}
	r := &registry{map[string]string{}}
	for _, match := range registryFile.FindAllStringSubmatch(string(list), -1) {
		r.files[match[1]] = "cfnlint/data/schemas/resources/" + match[2] + ".json"
	}
	return r, nil
}

// schema is what we read of a JSON Schema with CloudFormation's extensions.
type schema struct {
	Ref               string    `json:"$ref"`
	Type              oneOrMore `json:"type"`
	Properties        map[string]*schema
	PatternProperties map[string]*schema
	Items             *schema
	InsertionOrder    *bool

	Required    []string
	RequiredXor []string
	RequiredOr  []string
	AnyOf       []*schema
	OneOf       []*schema

	Enum                []any
	EnumCaseInsensitive []string
	Const               any
	Pattern             string
	MinLength           json.Number
	MaxLength           json.Number
	MinItems            json.Number
	MaxItems            json.Number
	Minimum             json.Number
	Maximum             json.Number
}

// oneOrMore is a list that stands as a string where it has one entry.
type oneOrMore []string

// UnmarshalJSON reads either form.
func (l *oneOrMore) UnmarshalJSON(data []byte) error {
	if data[0] == '[' {
		return json.Unmarshal(data, (*[]string)(l))
	}
	*l = make(oneOrMore, 1)
	return json.Unmarshal(data, &(*l)[0])
}

// resourceSchema is the schema of a resource type.
type resourceSchema struct {
	schema
	Definitions                     map[string]*schema
	PrimaryIdentifier               []string
	CreateOnlyProperties            []string
	ConditionalCreateOnlyProperties []string
	ReadOnlyProperties              []string
	WriteOnlyProperties             []string
	Tagging                         struct {
		Taggable    bool
		TagProperty string
	}
}

// resource is a type with everything resolved, or nil if the registry does
// not have it.
func (r *registry) resource(name string) (*property, error) {
	file, ok := r.files[name]
	if !ok {
		return nil, nil
	}
	data, err := cfnLint.read(file)
	if err != nil {
		return nil, err
	}
	return parseRegistrySchema(data)
}

func parseRegistrySchema(data []byte) (*property, error) {
	var s resourceSchema
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	s.Type = oneOrMore{"object"}
	p, err := s.resolve(&s.schema, nil)
	if err != nil {
		return nil, err
	}
	s.mark(p)
	p.words["identifier"] = strings.Join(slashless(s.PrimaryIdentifier), " ")
	if s.Tagging.Taggable && s.Tagging.TagProperty != "" {
		p.words["tags"] = slashless([]string{s.Tagging.TagProperty})[0]
	}
	return p, nil
}

// mark puts the lists of paths that a schema keeps onto the properties. A path
// that leads nowhere is a fault of the schema, and nothing is lost with it.
func (s *resourceSchema) mark(p *property) {
	for flag, pointers := range map[string][]string{
		"createOnly":            s.CreateOnlyProperties,
		"conditionalCreateOnly": s.ConditionalCreateOnlyProperties,
		"readOnly":              s.ReadOnlyProperties,
		"writeOnly":             s.WriteOnlyProperties,
	} {
		for _, pointer := range pointers {
			path := strings.Split(strings.TrimPrefix(pointer, "/properties/"), "/")
			if member := p.find(path); member != nil {
				member.flags[flag] = true
			}
		}
	}
}

// slashless turns "/properties/A/B" into "A.B".
func slashless(pointers []string) []string {
	paths := make([]string, len(pointers))
	for i, pointer := range pointers {
		paths[i] = strings.ReplaceAll(strings.TrimPrefix(pointer, "/properties/"), "/", ".")
	}
	return paths
}

// resolve reads a schema and what it refers to. within are the references
// that led here.
func (s *resourceSchema) resolve(in *schema, within []string) (*property, error) {
	for in.Ref != "" {
		name := strings.TrimPrefix(in.Ref, "#/definitions/")
		if slices.Contains(within, name) {
			return newProperty(), nil // a type within itself: anything goes
		}
		within = append(slices.Clone(within), name)
		if in = s.Definitions[name]; in == nil {
			return nil, fmt.Errorf("no definition %q", name)
		}
	}
	p := newProperty(slices.Clone(in.Type)...)
	if err := s.resolveMembers(p, in, within); err != nil {
		return nil, err
	}
	if len(p.kinds) == 0 && len(p.members) > 0 {
		p.kinds = []string{"object"} // which some schemas say in their alternatives alone
	}
	for _, name := range in.Required {
		if member := p.members[name]; member != nil {
			member.flags["required"] = true
		}
	}
	p.choices(in)
	p.constrain(in)
	return p, nil
}

// resolveMembers reads what is below an object, a map or a list. Alternatives
// that have properties of their own all belong to the object.
func (s *resourceSchema) resolveMembers(p *property, in *schema, within []string) error {
	below := []map[string]*schema{in.Properties}
	for _, value := range in.PatternProperties {
		below = append(below, map[string]*schema{"*": value})
	}
	if in.Items != nil {
		below = append(below, map[string]*schema{"*": in.Items})
	}
	for _, alternative := range slices.Concat(in.OneOf, in.AnyOf) {
		below = append(below, alternative.Properties)
	}
	for _, members := range below {
		for name, member := range members {
			resolved, err := s.resolve(member, within)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			p.members[name] = resolved
		}
	}
	return nil
}
