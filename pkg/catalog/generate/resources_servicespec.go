package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// serviceTypes is the database of npm's @aws-cdk/aws-service-spec, which is
// younger than cfn-lint's schemas and says less about each property.
type serviceTypes struct {
	resources   map[string]serviceResource
	definitions map[string]serviceDefinition
}

type serviceDefinition struct {
	Name       string
	Properties map[string]serviceProperty
}

type serviceResource struct {
	serviceDefinition
	CloudFormationType string
	PrimaryIdentifier  []string
	Attributes         map[string]json.RawMessage
	TagInformation     struct{ TagPropertyName string }
}

type serviceProperty struct {
	Type              serviceType
	Required          bool
	CausesReplacement string // "yes", "maybe" or empty
}

type serviceType struct {
	Type      string
	Element   *serviceType
	Types     []serviceType
	Reference struct {
		ID string `json:"$ref"`
	}
}

func readServiceSpec() (*serviceTypes, error) {
	data, err := serviceSpec.read("db.json.gz")
	if err != nil {
		return nil, err
	}
	return parseServiceSpec(data)
}

func parseServiceSpec(data []byte) (*serviceTypes, error) {
	var database struct {
		Schema struct {
			Resource       struct{ Entities []serviceResource }
			TypeDefinition struct {
				Entities []struct {
					ID string `json:"$id"`
					serviceDefinition
				}
			}
		}
	}
	if err := json.Unmarshal(data, &database); err != nil {
		return nil, fmt.Errorf("failed to decode the service-spec: %w", err)
	}
	types := &serviceTypes{map[string]serviceResource{}, map[string]serviceDefinition{}}
	for _, r := range database.Schema.Resource.Entities {
		types.resources[r.CloudFormationType] = r
	}
	for _, d := range database.Schema.TypeDefinition.Entities {
		types.definitions[d.ID] = d.serviceDefinition
	}
	return types, nil
}

// resource is a type with everything resolved, or nil if the service-spec
// does not have it.
func (s *serviceTypes) resource(name string) (*property, error) {
	r, ok := s.resources[name]
	if !ok {
		return nil, nil
	}
	p := newProperty("object")
	if err := s.resolveMembers(p, r.serviceDefinition, nil); err != nil {
		return nil, err
	}
	attributes := slices.Sorted(maps.Keys(r.Attributes))
	for _, attribute := range attributes {
		// Some top-level properties can be set as well as read.
		path := strings.Split(attribute, ".")
		if member := p.find(path); member != nil && len(path) > 1 {
			member.flags["readOnly"] = true
		}
	}
	for _, member := range p.members {
		member.closeReadOnly()
	}
	p.words["attributes"] = strings.Join(attributes, " ")
	p.words["identifier"] = strings.Join(r.PrimaryIdentifier, " ")
	if r.TagInformation.TagPropertyName != "" {
		p.words["tags"] = r.TagInformation.TagPropertyName
	}
	return p, nil
}

// closeReadOnly marks an object that has nothing but read-only members.
func (p *property) closeReadOnly() {
	isReadOnly := len(p.members) > 0
	for _, member := range p.members {
		member.closeReadOnly()
		isReadOnly = isReadOnly && member.flags["readOnly"]
	}
	if isReadOnly {
		p.flags["readOnly"] = true
	}
}

func (s *serviceTypes) resolveMembers(p *property, d serviceDefinition, within []string) error {
	for name, in := range d.Properties {
		member, err := s.resolve(in.Type, within)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if in.Required {
			member.flags["required"] = true
		}
		switch in.CausesReplacement {
		case "yes":
			member.flags["createOnly"] = true
		case "maybe":
			member.flags["conditionalCreateOnly"] = true
		}
		p.members[name] = member
	}
	return nil
}

// resolve reads a type and what it refers to. within are the references that
// led here.
func (s *serviceTypes) resolve(in serviceType, within []string) (*property, error) {
	switch in.Type {
	case "string", "integer", "number", "boolean":
		return newProperty(in.Type), nil
	case "date-time":
		return newProperty("string"), nil
	case "json":
		return newProperty(), nil
	case "tag":
		return tag(), nil
	case "array", "map":
		element, err := s.resolve(*in.Element, within)
		if err != nil {
			return nil, err
		}
		p := newProperty(map[string]string{"array": "array", "map": "object"}[in.Type])
		p.members["*"] = element
		return p, nil
	case "union":
		return s.union(in.Types, within)
	case "ref":
		if slices.Contains(within, in.Reference.ID) {
			return newProperty(), nil // a type within itself: anything goes
		}
		p := newProperty("object")
		return p, s.resolveMembers(p, s.definitions[in.Reference.ID], append(slices.Clone(within), in.Reference.ID))
	}
	return nil, fmt.Errorf("the service-spec has a type %q", in.Type)
}

// union is all kinds and all members of its alternatives.
func (s *serviceTypes) union(alternatives []serviceType, within []string) (*property, error) {
	p := newProperty()
	for _, alternative := range alternatives {
		resolved, err := s.resolve(alternative, within)
		if err != nil {
			return nil, err
		}
		if len(resolved.kinds) == 0 {
			return newProperty(), nil
		}
		p.kinds = append(p.kinds, resolved.kinds...)
		for name, member := range resolved.members {
			p.members[name] = member
		}
	}
	slices.Sort(p.kinds)
	p.kinds = slices.Compact(p.kinds)
	return p, nil
}

func tag() *property {
	p := newProperty("object")
	for _, name := range []string{"Key", "Value"} {
		p.members[name] = newProperty("string")
		p.members[name].flags["required"] = true
	}
	return p
}
