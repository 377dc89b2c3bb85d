package amend

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/references"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// checkTemplates checks what the stacks that the spec amends refer to within
// themselves.
func (a *amender) checkTemplates() {
	for _, stack := range a.stacks {
		if _, amended := a.cluster.Stacks[stack.File]; !amended {
			continue
		}
		for _, problem := range catalog.CheckReferences(template(stack)) {
			if at, ok := a.said(stack.File, problem.Path); ok {
				a.report(diag.UnknownReference, at, problem.Hint, "%s", problem.Message)
			}
		}
		a.checkUnused(stack)
		a.checkCycles(stack)
	}
}

// template is a stack's template in plain values.
func template(stack ir.Stack) map[string]any {
	parameters, resources, outputs := map[string]any{}, map[string]any{}, map[string]any{}
	for _, p := range stack.Parameters {
		parameters[p.ID] = plain(p.Attributes)
	}
	for _, r := range stack.Resources {
		value, err := r.Plain()
		if err != nil {
			panic(err) // see plain
		}
		resources[r.ID] = value
	}
	for _, o := range stack.Outputs {
		value, err := o.Plain()
		if err != nil {
			panic(err) // see plain
		}
		outputs[o.ID] = value
	}
	return map[string]any{
		"Parameters": parameters, "Mappings": plain(stack.Mappings), "Conditions": plain(stack.Conditions),
		"Resources": resources, "Outputs": outputs,
	}
}

// said is the field of the spec that says what stands at a path of a stack's
// template, if one does.
func (a *amender) said(file string, in []string) (path, bool) {
	said, at := a.cluster.Stacks[file], stackPath(file)
	section, id, rest := in[0], in[1], slices.Clone(in[2:])
	switch section {
	case "Conditions":
		return at.at("conditions", id).at(rest...), true
	case "Outputs":
		_, ok := said.Outputs[id]
		rest[0] = lowerFirst(rest[0])
		return at.at("outputs", id).at(rest...), ok
	}
	rest[0] = lowerFirst(rest[0])
	if _, ok := said.Resources[id]; ok {
		return at.at("resources", id).at(rest...), true
	}
	_, ok := said.Overrides[id]
	return at.at("overrides", id).at(rest...), ok
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// checkCycles reports resources of a stack that wait for one another. ekscc's
// own do not, so one of them is the spec's or overridden.
func (a *amender) checkCycles(stack ir.Stack) {
	edges := map[string][]string{}
	for _, r := range stack.Resources {
		edges[r.ID] = references.Of(r)
	}
	cycle := findCycle(resourceIDs(&stack), edges)
	if cycle == nil {
		return
	}
	at := stackPath(stack.File)
	for _, id := range cycle {
		if where, ok := a.said(stack.File, []string{"Resources", id, "Properties"}); ok {
			at = where[:len(where)-1]
			break
		}
	}
	a.report(diag.ReferenceCycle, at, "", "the resources %s wait for one another", strings.Join(cycle, ", "))
}

// findCycle returns nodes of which each leads to the next and the last to the
// first, or nil. Nodes are tried in their order.
func findCycle(nodes []string, edges map[string][]string) []string {
	done := map[string]bool{}
	var trail []string
	var visit func(node string) []string
	visit = func(node string) []string {
		if i := slices.Index(trail, node); i >= 0 {
			return slices.Clone(trail[i:])
		}
		if done[node] {
			return nil
		}
		trail = append(trail, node)
		for _, next := range edges[node] {
			if cycle := visit(next); cycle != nil {
				return cycle
			}
		}
		trail = trail[:len(trail)-1]
		done[node] = true
		return nil
	}
	for _, node := range nodes {
		if cycle := visit(node); cycle != nil {
			return cycle
		}
	}
	return nil
}
