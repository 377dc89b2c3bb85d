package amend

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/references"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addDeclarations adds the parameters, mappings and conditions.
func (a *amender) addDeclarations(stack *ir.Stack, said spec.Stack) {
	for _, id := range sortedKeys(said.Parameters) {
		p := said.Parameters[id]
		stack.Parameters = append(stack.Parameters, ir.Parameter{ID: id, Attributes: parameterAttributes(p), Value: cmp.Or(p.Value, p.Default)})
		if slices.ContainsFunc(stack.Resources, func(r ir.Resource) bool { return r.ID == id }) {
			a.report(diag.InvalidLogicalID, stackPath(stack.File).at("parameters", id), "choose another name", "ekscc makes a resource with the logical id %q", id)
		}
	}
	for _, name := range sortedKeys(said.Mappings) {
		stack.Mappings = added(stack.Mappings, name, mapping(said.Mappings[name]))
	}
	for _, name := range sortedKeys(said.Conditions) {
		stack.Conditions = added(stack.Conditions, name, parse(said.Conditions[name]))
	}
}

func added(m ir.Map, name string, v ir.Value) ir.Map {
	if m == nil {
		m = ir.Map{}
	}
	m[name] = v
	return m
}

func mapping(said map[string]map[string]any) ir.Map {
	m := ir.Map{}
	for first, values := range said {
		m[first] = parseMap(values)
	}
	return m
}

// parameterAttributes are what a template says of a parameter.
func parameterAttributes(p spec.Parameter) ir.Map {
	attributes := ir.Map{"Type": p.Type}
	for name, text := range map[string]string{
		"AllowedPattern": p.AllowedPattern, "ConstraintDescription": p.ConstraintDescription, "Description": p.Description,
	} {
		if text != "" {
			attributes[name] = text
		}
	}
	for name, number := range map[string]*int{
		"MaxLength": p.MaxLength, "MaxValue": p.MaxValue, "MinLength": p.MinLength, "MinValue": p.MinValue,
	} {
		if number != nil {
			attributes[name] = *number
		}
	}
	if p.Default != nil {
		attributes["Default"] = *p.Default
	}
	if p.NoEcho {
		attributes["NoEcho"] = true
	}
	if len(p.AllowedValues) > 0 {
		values := make(ir.List, len(p.AllowedValues))
		for i, value := range p.AllowedValues {
			values[i] = value
		}
		attributes["AllowedValues"] = values
	}
	return attributes
}

// addOutput adds an output.
func (a *amender) addOutput(stack *ir.Stack, at path, id string, said spec.Output) {
	if slices.ContainsFunc(stack.Outputs, func(o ir.Output) bool { return o.ID == id }) {
		a.report(diag.InvalidLogicalID, at, "choose another name", "ekscc makes an output with the logical id %q", id)
		return
	}
	if said.Value == nil {
		return // which has been reported
	}
	stack.Outputs = append(stack.Outputs, ir.Output{
		ID: id, Description: said.Description, Condition: said.Condition, Value: parse(said.Value), Export: said.Export,
	})
}

// checkUnused reports what a spec declares in a stack and nothing uses.
func (a *amender) checkUnused(stack ir.Stack) {
	said, used := a.cluster.Stacks[stack.File], uses(stack)
	at := stackPath(stack.File)
	for _, id := range sortedKeys(said.Parameters) {
		a.checkUsed(at.at("parameters", id), "parameter", used["Ref/"+id])
	}
	for _, name := range sortedKeys(said.Mappings) {
		a.checkUsed(at.at("mappings", name), "mapping", used["Fn::FindInMap/"+name])
	}
	for _, name := range sortedKeys(said.Conditions) {
		a.checkUsed(at.at("conditions", name), "condition", used["Condition/"+name])
	}
}

func (a *amender) checkUsed(at path, what string, used bool) {
	if !used {
		a.report(diag.UnusedDeclaration, at, "use it or remove it", "nothing in the template uses the %s", what)
	}
}

// uses are the parameters, mappings and conditions that a template uses, each
// behind a word that says which.
func uses(stack ir.Stack) map[string]bool {
	used := map[string]bool{}
	add := func(v ir.Value) {
		for _, name := range references.Names(v) {
			used["Ref/"+name] = true
		}
		references.Walk(v, func(v ir.Value) {
			if f, ok := v.(ir.Function); ok {
				used[functionUse(f)] = true
			}
		})
	}
	add(stack.Conditions)
	for _, r := range stack.Resources {
		used["Condition/"+r.Condition] = true
		add(r.Properties)
		add(r.Metadata)
		add(r.UpdatePolicy)
		add(r.CreationPolicy)
	}
	for _, o := range stack.Outputs {
		used["Condition/"+o.Condition] = true
		add(o.Value)
	}
	return used
}

// functionUse is the condition or mapping that a function uses.
func functionUse(f ir.Function) string {
	name, _ := f.Argument.(string)
	if list, ok := f.Argument.(ir.List); ok && len(list) > 0 {
		name, _ = list[0].(string)
	}
	return strings.Replace(f.Name, "Fn::If", "Condition", 1) + "/" + name
}
