// Package cfn writes stacks down as CloudFormation templates. It is the only
// package that knows goformation.
//
// Every resource passes through goformation's Go type for it, which refuses a
// property that the type does not have. Nothing here decides what a resource
// means: an emitter that needs to know belongs in the lowering.
package cfn

import (
	"encoding/json"
	"fmt"

	"github.com/awslabs/goformation/v7/cloudformation"

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Template writes one stack's template in canonical YAML. An error means that
// the model asks for something that CloudFormation does not have, which is a
// fault in ekscc.
func Template(stack ir.Stack) ([]byte, error) {
	template := cloudformation.NewTemplate()
	template.Description = stack.Description
	for _, r := range stack.Resources {
		resource, err := check(r)
		if err != nil {
			return nil, fmt.Errorf("stack %s: resource %s: %w", stack.Name, r.ID, err)
		}
		if _, taken := template.Resources[r.ID]; taken {
			return nil, fmt.Errorf("stack %s: two resources have the logical id %s", stack.Name, r.ID)
		}
		template.Resources[r.ID] = resource
	}
	for _, o := range stack.Outputs {
		output, err := output(o)
		if err != nil {
			return nil, fmt.Errorf("stack %s: output %s: %w", stack.Name, o.ID, err)
		}
		template.Outputs[o.ID] = output
	}
	data, err := json.Marshal(template) // template.JSON would read and write it once more
	if err != nil {
		return nil, fmt.Errorf("stack %s: %w", stack.Name, err)
	}
	document, err := arrange(data, stack)
	if err != nil {
		return nil, fmt.Errorf("stack %s: %w", stack.Name, err)
	}
	return canon.Encode(document)
}

// checked is a resource that goformation's type for it has accepted. It is
// written as it was read, because goformation leaves zero values out: a tag
// with an empty value would lose it.
type checked struct {
	cloudformation.Resource
	data []byte
}

// MarshalJSON writes the resource as it stands in a template.
func (c checked) MarshalJSON() ([]byte, error) { return c.data, nil }

// check reads a resource into goformation's type for it by way of JSON, which
// is how goformation itself reads templates, and which refuses properties that
// the type does not have.
func check(r ir.Resource) (cloudformation.Resource, error) {
	construct, known := resourceTypes[r.Type]
	if !known {
		return nil, fmt.Errorf("ekscc does not emit resources of type %s", r.Type)
	}
	attributes, err := attributes(r)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(attributes)
	if err != nil {
		return nil, err
	}
	typed := construct()
	if err := json.Unmarshal(data, typed); err != nil {
		return nil, fmt.Errorf("not a valid %s: %w", r.Type, err)
	}
	return checked{typed, data}, nil
}

func attributes(r ir.Resource) (map[string]any, error) {
	properties, err := encode(r.Properties)
	if err != nil {
		return nil, err
	}
	attributes := map[string]any{"Type": r.Type, "Properties": properties}
	if len(r.DependsOn) > 0 {
		attributes["DependsOn"] = r.DependsOn
	}
	if r.DeletionPolicy != "" {
		attributes["DeletionPolicy"] = r.DeletionPolicy
	}
	if r.UpdateReplacePolicy != "" {
		attributes["UpdateReplacePolicy"] = r.UpdateReplacePolicy
	}
	if r.UpdatePolicy != nil {
		attributes["UpdatePolicy"] = r.UpdatePolicy
	}
	return attributes, nil
}

func output(o ir.Output) (cloudformation.Output, error) {
	value, err := encode(o.Value)
	if err != nil {
		return cloudformation.Output{}, err
	}
	output := cloudformation.Output{Value: value, Description: &o.Description}
	if o.Export != "" {
		output.Export = &cloudformation.Export{Name: o.Export}
	}
	return output, nil
}
