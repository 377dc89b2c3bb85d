package lower

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/references"
	"github.com/ekscc/ekscc/pkg/ir"
)

// single puts the resources of all stacks into one. What was imported is
// referred to; where only the order of the stacks said what comes first,
// DependsOn says it. Nothing is exported, for there is nobody to import it.
func (c cluster) single(stacks []ir.Stack) ir.Stack {
	one := c.stack(clusterFile, "EKS cluster "+c.Name+" and the AWS resources around it")
	one.Name = naming.SingleStack(c.Name)
	m := merger{values: map[string]ir.Value{}, last: map[string][]string{}, waitsFor: map[string][]string{}}
	for _, stack := range stacks {
		m.add(&one, stack)
	}
	return one
}

// merger is one run of single.
type merger struct {
	// values are what the exports of the stacks so far stand for.
	values map[string]ir.Value
	// last are, by the names of the stacks so far, the resources that no other
	// of their stack waits for: with them, all of the stack is there.
	last map[string][]string
	// waitsFor are the stacks that a stack so far waits for.
	waitsFor map[string][]string
}

// add appends to one all that a stack has, after what its needs have put there.
func (m merger) add(one *ir.Stack, stack ir.Stack) {
	own := map[string]bool{}
	for _, r := range stack.Resources {
		own[r.ID] = true
	}
	rename := func(id string) string {
		if own[id] {
			return singleID(stack.File, id)
		}
		return id
	}
	replace := func(v ir.Value) ir.Value { return references.Replace(v, m.refer(rename), rename) }
	m.last[stack.Name] = lastOf(stack, rename)
	if waits(stack.File) {
		m.waitsFor[stack.Name] = stack.Needs
	}
	for _, r := range stack.Resources {
		r.ID, r.DependsOn = rename(r.ID), renamed(r.DependsOn, rename)
		r.Properties, _ = replace(r.Properties).(ir.Map)
		r.UpdatePolicy, _ = replace(r.UpdatePolicy).(ir.Map)
		if slices.Contains(waiting, r.Type) {
			r.DependsOn = append(r.DependsOn, m.awaited(stack)...)
		}
		slices.Sort(r.DependsOn)
		r.DependsOn = slices.Compact(r.DependsOn)
		one.Resources = append(one.Resources, r)
	}
	for _, o := range stack.Outputs {
		o.Value = replace(o.Value)
		m.values[o.Export] = o.Value
		o.ID, o.Export = singleID(stack.File, o.ID), ""
		one.Outputs = append(one.Outputs, o)
	}
	one.Capabilities = slices.Clone(one.Capabilities)
	if len(one.Capabilities) == 0 || slices.Contains(stack.Capabilities, "CAPABILITY_NAMED_IAM") {
		one.Capabilities = stack.Capabilities
	}
}

// refer returns what a reference in one of the stacks is in the one.
func (m merger) refer(rename func(string) string) func(ir.Value) ir.Value {
	return func(v ir.Value) ir.Value {
		switch v := v.(type) {
		case ir.Ref:
			return ir.Ref(rename(string(v)))
		case ir.GetAtt:
			return ir.GetAtt{ID: rename(v.ID), Attribute: v.Attribute}
		case ir.ImportValue:
			return m.values[string(v)]
		}
		return v
	}
}

// singleID is the logical id that a resource or output of a stack has where
// all are in one. Every node group has a stack with the same ids in it, so
// theirs end in the group's name, however many groups there are.
func singleID(file, id string) string {
	if group, ok := strings.CutPrefix(file, naming.NodeGroupFile("")); ok {
		return naming.LogicalID(id, group)
	}
	if profile, ok := strings.CutPrefix(file, naming.FargateFile("")); ok {
		return naming.LogicalID(id, profile)
	}
	return id
}

// waits reports whether a stack is deployed after others for more than what it
// imports.
func waits(file string) bool {
	return file == addonsFile || file == bastionFile || isNodeGroup(file) || isFargate(file)
}

// waiting are the types of resources in such stacks that wait: nodes need the
// routes of their subnets and the add-ons that make them ready, other add-ons
// need nodes, and a bastion installs kubectl as it starts.
var waiting = []string{"AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance", "AWS::EKS::Addon", "AWS::EKS::FargateProfile", "AWS::EKS::Nodegroup"}

// awaited are the resources that have to be there before a stack's nodes or
// add-ons: the last of each stack that it needs, but for those that another of
// these waits for.
func (m merger) awaited(stack ir.Stack) []string {
	if !waits(stack.File) {
		return nil
	}
	var ids []string
	for _, need := range stack.Needs {
		if !slices.ContainsFunc(stack.Needs, func(other string) bool { return slices.Contains(m.waitsFor[other], need) }) {
			ids = append(ids, m.last[need]...)
		}
	}
	return ids
}

// lastOf are the renamed logical ids of a stack's resources that no other
// waits for, in their order.
func lastOf(stack ir.Stack, rename func(string) string) []string {
	awaited := map[string]bool{}
	for _, r := range stack.Resources {
		for _, id := range references.Of(r) {
			awaited[id] = true
		}
	}
	var last []string
	for _, r := range stack.Resources {
		if !awaited[r.ID] {
			last = append(last, rename(r.ID))
		}
	}
	return last
}

func renamed(ids []string, rename func(string) string) []string {
	to := make([]string, len(ids))
	for i, id := range ids {
		to[i] = rename(id)
	}
	return to
}
