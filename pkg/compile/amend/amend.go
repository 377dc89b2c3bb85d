// Package amend adds to the stacks of an environment what the spec says about
// stacks itself: resources, parameters and outputs of its own, and changes to
// what ekscc makes.
//
// It comes after lower, because only then is it known which stacks and
// resources there are, and reports what does not fit them: a logical id that
// nobody has, a property that the type refuses, stacks that wait for one
// another. What can be told from the spec alone, resolve has told.
package amend

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Amend returns the stacks of an environment with what its spec adds to them,
// in deploy order. The diagnostics have no position and name no environment;
// with an error among them, the stacks are of no use.
func Amend(s *spec.Spec, stacks []ir.Stack) ([]ir.Stack, diag.List) {
	a := &amender{cluster: &s.Cluster, stacks: slices.Clone(stacks)}
	for _, file := range sortedKeys(a.cluster.Stacks) {
		a.amend(file, a.cluster.Stacks[file])
	}
	if len(a.cluster.Stacks) > 0 {
		a.checkTemplates()
		a.checkExports()
		a.arrange()
	}
	a.checkLimits()
	return a.stacks, a.found
}

// Reports reports whether a warning is amend's alone, so that nobody can tell
// whether there is one before amend has run.
func Reports(code diag.Code) bool {
	return slices.Contains([]diag.Code{diag.UnusedDeclaration, diag.ForeignExport, diag.TemplateSize}, code)
}

// amender is one run over the stacks of one environment.
type amender struct {
	cluster *spec.Cluster
	stacks  []ir.Stack
	found   diag.List
}

// report notes a problem of the field at path. The message is made as by
// fmt.Sprintf; the hint is taken as it is.
func (a *amender) report(code diag.Code, at path, hint, format string, args ...any) {
	a.found = append(a.found, diag.Diagnostic{Path: at, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// path is the path of a field, outermost name first.
type path []string

// at returns the path of a field below p, in memory of its own.
func (p path) at(names ...string) path { return slices.Concat(p, names) }

func stackPath(file string) path { return path{"cluster", "stacks", file} }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// amend adds to the stack with the template file what the spec says of it.
func (a *amender) amend(file string, said spec.Stack) {
	stack, ok := a.find(file, said)
	if !ok {
		return
	}
	at := stackPath(file)
	stack.TerminationProtection = said.TerminationProtection
	stack.Policy = said.Policy
	a.addDeclarations(stack, said)
	for _, id := range sortedKeys(said.Resources) {
		a.addResource(stack, at.at("resources", id), id, said.Resources[id])
	}
	for _, id := range sortedKeys(said.Overrides) {
		a.override(stack, at.at("overrides", id), id, said.Overrides[id])
	}
	for _, id := range sortedKeys(said.Outputs) {
		a.addOutput(stack, at.at("outputs", id), id, said.Outputs[id])
	}
	a.checkPolicy(stack, at.at("policy"))
}

// find returns the stack with the template file. A stack that ekscc does not
// make is made if the spec describes it.
func (a *amender) find(file string, said spec.Stack) (*ir.Stack, bool) {
	at := stackPath(file)
	i := slices.IndexFunc(a.stacks, func(s ir.Stack) bool { return s.File == file })
	name := naming.Stack(a.cluster.Name, file)
	switch {
	case i >= 0 && said.Description != "":
		a.report(diag.StackName, at.at("description"), "choose another name, or leave the description out to change that stack", "ekscc makes the stack %q and describes it", file)
	case i >= 0:
		return &a.stacks[i], true
	case said.Description == "":
		hint := catalog.DidYouMean(file, a.files())
		if hint == "" {
			hint = "give it a description, and it is a stack of yours"
		}
		a.report(diag.UnknownStack, at, hint, "ekscc makes no stack %q", file)
	case len(said.Resources) == 0:
		a.report(diag.EmptyStack, at, "add resources", "CloudFormation takes no stack without resources")
	case slices.ContainsFunc(a.stacks, func(s ir.Stack) bool { return s.Name == name }):
		a.report(diag.StackName, at, "choose another name", "another stack is called %q", name)
	default:
		a.stacks = append(a.stacks, ir.Stack{
			Name: name, File: file, Description: said.Description, Region: a.cluster.Region, Tags: a.cluster.Tags,
		})
		return &a.stacks[len(a.stacks)-1], true
	}
	return nil, false
}

// files are the template files of all stacks.
func (a *amender) files() []string {
	files := make([]string, len(a.stacks))
	for i, s := range a.stacks {
		files[i] = s.File
	}
	return files
}
