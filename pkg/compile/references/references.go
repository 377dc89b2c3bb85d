// Package references finds what the values of a model refer to: resources and
// parameters of the same template, and exports of other stacks.
package references

import (
	"maps"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/ir"
)

// Walk calls visit with v and every value in it, outermost first, in an order
// that is always the same.
func Walk(v ir.Value, visit func(ir.Value)) {
	visit(v)
	switch v := v.(type) {
	case ir.Map:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			Walk(v[key], visit)
		}
	case ir.List:
		for _, item := range v {
			Walk(item, visit)
		}
	case ir.Sub:
		Walk(v.Vars, visit)
	case ir.Base64:
		Walk(v.Value, visit)
	case ir.Function:
		Walk(v.Argument, visit)
	}
}

// Names are the logical ids and pseudo parameters that a value refers to, in
// the order of Walk, with repeats.
func Names(v ir.Value) []string {
	var names []string
	Walk(v, func(v ir.Value) {
		switch v := v.(type) {
		case ir.Ref:
			names = append(names, string(v))
		case ir.GetAtt:
			names = append(names, v.ID)
		case ir.Sub:
			for _, name := range subNames(v) {
				id, _, _ := strings.Cut(name, ".")
				names = append(names, id)
			}
		case ir.Function:
			// Only an attribute that a function makes is left as one.
			if list, ok := v.Argument.(ir.List); ok && v.Name == "Fn::GetAtt" && len(list) > 0 {
				id, _ := list[0].(string)
				names = append(names, id)
			}
		}
	})
	return names
}

// subNames are the names between ${ and } in a text that are not its own
// variables.
func subNames(sub ir.Sub) []string {
	var names []string
	for rest := sub.Text; ; {
		_, after, found := strings.Cut(rest, "${")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return names
		}
		rest = tail
		name = strings.TrimSpace(name)
		if _, isVar := sub.Vars[name]; !isVar && !strings.HasPrefix(name, "!") {
			names = append(names, name)
		}
	}
}

// Of are the logical ids of all that a resource waits for, sorted: what it
// refers to and what it depends on. Parameters are among them.
func Of(r ir.Resource) []string {
	names := slices.Concat(r.DependsOn, Names(r.Properties), Names(r.Metadata))
	slices.Sort(names)
	return slices.Compact(names)
}

// Imports are the exports that a stack imports, by name.
func Imports(s ir.Stack) map[string]bool {
	imports := map[string]bool{}
	add := func(v ir.Value) {
		if name, ok := v.(ir.ImportValue); ok {
			imports[string(name)] = true
		}
	}
	for _, r := range s.Resources {
		Walk(r.Properties, add)
		Walk(r.Metadata, add)
	}
	for _, o := range s.Outputs {
		Walk(o.Value, add)
	}
	return imports
}

// Replace returns v with every reference in it replaced by what to returns for
// it: a Ref, a GetAtt or an ImportValue. In the text of a Sub, names are
// replaced as rename says. It does not change v.
func Replace(v ir.Value, to func(ir.Value) ir.Value, rename func(id string) string) ir.Value {
	below := func(v ir.Value) ir.Value { return Replace(v, to, rename) }
	switch v := v.(type) {
	case ir.Ref, ir.GetAtt, ir.ImportValue:
		return to(v)
	case ir.Map:
		return replaceMap(v, below)
	case ir.List:
		list := make(ir.List, len(v))
		for i, item := range v {
			list[i] = below(item)
		}
		return list
	case ir.Sub:
		return ir.Sub{Text: renamedText(v, rename), Vars: replaceMap(v.Vars, below)}
	case ir.Base64:
		return ir.Base64{Value: below(v.Value)}
	case ir.Function:
		return ir.Function{Name: v.Name, Argument: below(v.Argument)}
	}
	return v
}

// replaceMap keeps nil.
func replaceMap(m ir.Map, value func(ir.Value) ir.Value) ir.Map {
	if m == nil {
		return nil
	}
	replaced := make(ir.Map, len(m))
	for key, item := range m {
		replaced[key] = value(item)
	}
	return replaced
}

// renamedText is the text of a Sub with its references renamed.
func renamedText(sub ir.Sub, rename func(string) string) string {
	var pairs []string
	for _, name := range subNames(sub) {
		id, attribute, isGetAtt := strings.Cut(name, ".")
		to := rename(id)
		if isGetAtt {
			to += "." + attribute
		}
		pairs = append(pairs, "${"+name+"}", "${"+to+"}")
	}
	return strings.NewReplacer(pairs...).Replace(sub.Text)
}
