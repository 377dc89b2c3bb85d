package amend

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

func itoa(i int) string { return strconv.Itoa(i) }

// override changes a resource that ekscc makes.
func (a *amender) override(stack *ir.Stack, at path, id string, said spec.Override) {
	i := slices.IndexFunc(stack.Resources, func(r ir.Resource) bool { return r.ID == id })
	switch {
	case i < 0:
		hint := cmp.Or(catalog.DidYouMean(id, resourceIDs(stack)), "read the logical ids in "+stack.File+".yaml")
		a.report(diag.InvalidOverride, at, hint, "the stack %q has no resource with the logical id %q", stack.File, id)
		return
	case a.cluster.Stacks[stack.File].Resources[id].Type != "":
		return // taken twice, which has been reported
	}
	stack.Resources = slices.Clone(stack.Resources)
	r := &stack.Resources[i]
	before := r.Properties
	a.remove(r, at.at("remove"), said.Remove)
	r.Properties = merged(r.Properties, parseMap(said.Properties))
	setAttributes(r, said.ResourceAttributes)
	r.Checked = true
	stack.Capabilities = capabilities(stack.Capabilities, *r)
	a.checkOverridden(at, *r, before, said)
}

// remove takes properties away.
func (a *amender) remove(r *ir.Resource, at path, paths []string) {
	for i, text := range paths {
		names, ok := diag.ParsePath(text)
		if !ok || len(names) == 0 {
			continue // has been reported
		}
		properties, has := without(r.Properties, names)
		if !has {
			a.report(diag.InvalidOverride, at.at(itoa(i)), catalog.DidYouMean(text, sortedKeys(r.Properties)), "%s has no property %s to remove", r.ID, text)
			continue
		}
		r.Properties = properties.(ir.Map)
	}
}

// without returns v without the value at path, and whether there was one. It
// does not change v.
func without(v ir.Value, path []string) (ir.Value, bool) {
	name := path[0]
	switch v := v.(type) {
	case ir.Map:
		below, ok := v[name]
		if !ok {
			return nil, false
		}
		rest := merged(v, nil)
		delete(rest, name)
		if len(path) > 1 {
			if rest[name], ok = without(below, path[1:]); !ok {
				return nil, false
			}
		}
		return rest, true
	case ir.List:
		i, err := strconv.Atoi(name)
		if err != nil || i < 0 || i >= len(v) {
			return nil, false
		}
		if len(path) == 1 {
			return slices.Delete(slices.Clone(v), i, i+1), true
		}
		below, ok := without(v[i], path[1:])
		rest := slices.Clone(v)
		rest[i] = below
		return rest, ok
	}
	return nil, false
}

// checkOverridden holds the result against the catalog. What it says of the
// resource as ekscc makes it is no fault of the override.
func (a *amender) checkOverridden(at path, r ir.Resource, before ir.Map, said spec.Override) {
	known, ok := catalog.LookupResourceType(r.Type)
	if !ok {
		a.report(diag.UncheckedType, at, "", "ekscc does not know the type %s, so nobody has checked its properties", r.Type)
		return
	}
	old := map[string]bool{}
	for _, problem := range known.Check(plain(before)) {
		old[problem.String()] = true
	}
	for _, problem := range known.Check(plain(r.Properties)) {
		code := diag.ResourceProperty
		if problem.IsValue {
			code = diag.PropertyValue
		}
		if !old[problem.String()] {
			a.report(code, blame(at, problem.Path, said), problem.Hint, "%s", problem.Message)
		}
	}
}

// plain is a map of the model in plain values.
func plain(m ir.Map) map[string]any {
	values, err := ir.PlainMap(m)
	if err != nil {
		panic(err) // lower and resolve let nothing else through
	}
	return values
}

// blame is the field of an override to which the problem at a path in the
// properties belongs.
func blame(at path, problem []string, said spec.Override) path {
	for i, text := range said.Remove {
		names, _ := diag.ParsePath(text)
		if strings.HasPrefix(strings.Join(names, "."), strings.Join(problem, ".")) {
			return at.at("remove", itoa(i))
		}
	}
	if len(problem) > 0 && said.Properties[problem[0]] != nil {
		return at.at("properties").at(problem...)
	}
	return at
}
