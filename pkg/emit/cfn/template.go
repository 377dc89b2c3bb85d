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

	"github.com/ekscc/ekscc/pkg/canon"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Template writes one stack's template in canonical YAML. An error means that
// the model asks for something that CloudFormation does not have, which is a
// fault in ekscc.
func Template(stack ir.Stack) ([]byte, error) {
	for _, r := range stack.Resources {
		if err := check(r); err != nil {
			return nil, fmt.Errorf("stack %s: resource %s: %w", stack.Name, r.ID, err)
		}
	}
	return write(stack)
}

// Size is how many bytes the template of a stack has. It is cheap, because
// nobody judges the resources.
func Size(stack ir.Stack) (int, error) {
	template, err := write(stack)
	return len(template), err
}

func write(stack ir.Stack) ([]byte, error) {
	document, err := document(stack)
	if err != nil {
		return nil, fmt.Errorf("stack %s: %w", stack.Name, err)
	}
	return canon.Encode(document)
}

// document is the template with its sections in the order of the stack.
func document(stack ir.Stack) (canon.Map, error) {
	template := canon.Map{{Key: "AWSTemplateFormatVersion", Value: "2010-09-09"}}
	if stack.Description != "" {
		template = append(template, canon.Entry{Key: "Description", Value: stack.Description})
	}
	for _, section := range []struct {
		name  string
		write func(ir.Stack) (canon.Map, error)
	}{
		{"Parameters", parameters}, {"Mappings", mappings}, {"Conditions", conditions},
		{"Resources", resources}, {"Outputs", outputs},
	} {
		members, err := section.write(stack)
		if err != nil {
			return nil, err
		}
		if len(members) > 0 {
			template = append(template, canon.Entry{Key: section.name, Value: members})
		}
	}
	return template, nil
}

func parameters(stack ir.Stack) (canon.Map, error) {
	var section canon.Map
	for _, p := range stack.Parameters {
		attributes, err := ir.PlainMap(p.Attributes)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", p.ID, err)
		}
		section = append(section, canon.Entry{Key: p.ID, Value: arrangeMap(attributes, parameterOrder)})
	}
	return section, nil
}

func mappings(stack ir.Stack) (canon.Map, error) {
	values, err := ir.PlainMap(stack.Mappings)
	return arrangeMap(values, nil), err
}

func conditions(stack ir.Stack) (canon.Map, error) {
	values, err := ir.PlainMap(stack.Conditions)
	return arrangeMap(values, nil), err
}

func resources(stack ir.Stack) (canon.Map, error) {
	section := make(canon.Map, 0, len(stack.Resources))
	taken := make(map[string]bool, len(stack.Resources))
	for _, r := range stack.Resources {
		plain, err := r.Plain()
		if err != nil {
			return nil, fmt.Errorf("resource %s: %w", r.ID, err)
		}
		if taken[r.ID] {
			return nil, fmt.Errorf("two resources have the logical id %s", r.ID)
		}
		taken[r.ID] = true
		section = append(section, canon.Entry{Key: r.ID, Value: arrangeMap(plain, resourceOrder)})
	}
	return section, nil
}

// check reads a resource into goformation's type for it by way of JSON, which
// is how goformation itself reads templates, and which refuses properties that
// the type does not have.
func check(r ir.Resource) error {
	plain, err := r.Plain()
	if err != nil || r.Checked {
		return err
	}
	construct, known := resourceTypes[r.Type]
	if !known {
		return fmt.Errorf("ekscc does not emit resources of type %s", r.Type)
	}
	disguised, err := disguise(plain)
	if err != nil {
		return err
	}
	data, err := json.Marshal(disguised)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, construct()); err != nil {
		return fmt.Errorf("not a valid %s: %w", r.Type, err)
	}
	return nil
}

func outputs(stack ir.Stack) (canon.Map, error) {
	section := make(canon.Map, 0, len(stack.Outputs))
	for _, o := range stack.Outputs {
		plain, err := o.Plain()
		if err != nil {
			return nil, fmt.Errorf("output %s: %w", o.ID, err)
		}
		section = append(section, canon.Entry{Key: o.ID, Value: arrangeMap(plain, outputOrder)})
	}
	return section, nil
}
