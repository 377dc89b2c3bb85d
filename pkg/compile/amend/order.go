package amend

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/references"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// arrange puts the stacks in deploy order: ekscc's order, with each stack
// behind those that it needs.
func (a *amender) arrange() {
	exporters := a.exporters()
	edges := map[string][]string{}
	for i := range a.stacks {
		a.addNeeds(&a.stacks[i], exporters)
		edges[a.stacks[i].Name] = a.stacks[i].Needs
	}
	if cycle := findCycle(a.stackNames(), edges); cycle != nil {
		a.report(diag.ReferenceCycle, a.amended(cycle), "", "the stacks %s wait for one another", strings.Join(cycle, ", "))
		return
	}
	placed := map[string]bool{}
	var ordered []ir.Stack
	for rest := a.stacks; len(rest) > 0; {
		i := slices.IndexFunc(rest, func(s ir.Stack) bool {
			return !slices.ContainsFunc(s.Needs, func(need string) bool { return !placed[need] })
		})
		placed[rest[i].Name] = true
		ordered = append(ordered, rest[i])
		rest = slices.Delete(slices.Clone(rest), i, i+1)
	}
	a.stacks = ordered
	for i := range a.stacks {
		names := a.stackNames()
		slices.SortFunc(a.stacks[i].Needs, func(x, y string) int { return slices.Index(names, x) - slices.Index(names, y) })
	}
}

// addNeeds adds to a stack's needs what the spec states and what it imports.
func (a *amender) addNeeds(stack *ir.Stack, exporters map[string]string) {
	needs := slices.Clone(stack.Needs)
	for name := range references.Imports(*stack) {
		if exporter := exporters[name]; exporter != "" && exporter != stack.Name {
			needs = append(needs, exporter)
		}
	}
	at := stackPath(stack.File).at("needs")
	for i, file := range a.cluster.Stacks[stack.File].Needs {
		switch {
		case file == stack.File:
			a.report(diag.ReferenceCycle, at.at(itoa(i)), "remove it", "the stack %q cannot need itself", file)
		case !slices.Contains(a.files(), file):
			a.report(diag.UnknownStack, at.at(itoa(i)), catalog.DidYouMean(file, a.files()), "there is no stack %q", file)
		default:
			needs = append(needs, a.nameOf(file))
		}
	}
	slices.Sort(needs)
	stack.Needs = slices.Compact(needs)
}

func (a *amender) nameOf(file string) string {
	i := slices.Index(a.files(), file)
	return a.stacks[i].Name
}

func (a *amender) stackNames() []string {
	names := make([]string, len(a.stacks))
	for i, s := range a.stacks {
		names[i] = s.Name
	}
	return names
}

// amended is the path of the first of the stacks that the spec amends.
func (a *amender) amended(names []string) path {
	for _, s := range a.stacks {
		if _, ok := a.cluster.Stacks[s.File]; ok && slices.Contains(names, s.Name) {
			return stackPath(s.File)
		}
	}
	return path{"cluster", "stacks"}
}

// exporters are the names of the stacks by what they export.
func (a *amender) exporters() map[string]string {
	exporters := map[string]string{}
	for _, s := range a.stacks {
		for _, o := range s.Outputs {
			if o.Export != "" {
				exporters[o.Export] = s.Name
			}
		}
	}
	return exporters
}

// checkExports checks that no two outputs share an export, and that what the
// spec imports is there.
func (a *amender) checkExports() {
	taken := map[string]bool{}
	for _, s := range a.stacks {
		for _, o := range s.Outputs {
			if _, own := a.cluster.Stacks[s.File].Outputs[o.ID]; o.Export != "" && taken[o.Export] && own {
				a.report(diag.ExportName, stackPath(s.File).at("outputs", o.ID, "export"), "choose another name", "another output is exported as %q", o.Export)
			}
			taken[o.Export] = true
		}
	}
	exporters := a.exporters()
	for _, file := range sortedKeys(a.cluster.Stacks) {
		said, at := a.cluster.Stacks[file], stackPath(file)
		for _, id := range sortedKeys(said.Resources) {
			a.checkImports(file, at.at("resources", id, "properties"), said.Resources[id].Properties, exporters)
		}
		for _, id := range sortedKeys(said.Overrides) {
			a.checkImports(file, at.at("overrides", id, "properties"), said.Overrides[id].Properties, exporters)
		}
		for _, id := range sortedKeys(said.Outputs) {
			a.checkImports(file, at.at("outputs", id, "value"), said.Outputs[id].Value, exporters)
		}
	}
}

// checkImports checks the imports in a plain value of the spec.
func (a *amender) checkImports(file string, at path, v any, exporters map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range sortedKeys(v) {
			if name, ok := v[key].(string); ok && key == "Fn::ImportValue" {
				a.checkImport(file, at.at(key), name, exporters)
			}
			a.checkImports(file, at.at(key), v[key], exporters)
		}
	case []any:
		for i, item := range v {
			a.checkImports(file, at.at(itoa(i)), item, exporters)
		}
	}
}

// checkImport checks the name of an import. One that does not begin like the
// cluster's stacks belongs to somebody else.
func (a *amender) checkImport(file string, at path, name string, exporters map[string]string) {
	own := naming.Stack(a.cluster.Name, "")
	exporter, isOurs := exporters[name]
	stack, _, _ := strings.Cut(name, ":")
	switch {
	case exporter == naming.Stack(a.cluster.Name, file) && isOurs:
		a.report(diag.UnknownExport, at, "write a Ref or Fn::GetAtt", "a stack cannot import what it exports itself")
	case isOurs || !strings.HasPrefix(name, own):
	case slices.Contains(a.stackNames(), stack):
		a.report(diag.UnknownExport, at, catalog.DidYouMean(name, sortedKeys(exporters)), "the stack %q exports no %q", stack, name)
	default:
		a.report(diag.ForeignExport, at, catalog.DidYouMean(name, sortedKeys(exporters)), "no stack of this spec exports %q", name)
	}
}
