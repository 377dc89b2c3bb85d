package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// statement is one statement of an IAM policy; see
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html.
type statement struct {
	sid string
	// effect is "Allow" where it is empty.
	effect string
	// principal is who the statement is about: only in trust policies and in
	// policies of resources, such as keys.
	principal ir.Value
	// actions are written in alphabetical order.
	actions []string
	// resources are ARNs, written in the order given. Trust policies have none.
	resources ir.List
	// conditions are the values by operator and key:
	// {"StringEquals": {"aws:SourceAccount": ...}}.
	conditions ir.Map
}

// policy is a policy document of statements, in their order.
func policy(statements ...statement) ir.Map {
	var list ir.List
	for _, s := range statements {
		list = append(list, s.document())
	}
	return ir.Map{"Version": "2012-10-17", "Statement": list}
}

// serviceTrust is the trust policy of a role that an AWS service assumes. The
// principals of the services of EKS are the same in all partitions; for EC2 see
// ec2Trust. Without actions the
// service may do sts:AssumeRole.
func serviceTrust(service string, actions ...string) ir.Map {
	if len(actions) == 0 {
		actions = []string{"sts:AssumeRole"}
	}
	return policy(statement{principal: servicePrincipal(service), actions: actions})
}

// ec2Principals are the names of EC2 as a principal where it is not
// ec2.amazonaws.com; see https://github.com/eksctl-io/eksctl, whose node groups
// run in these partitions.
var ec2Principals = map[string]string{
	"aws-cn":    "ec2.amazonaws.com.cn",
	"aws-iso":   "ec2.c2s.ic.gov",
	"aws-iso-b": "ec2.sc2s.sgov.gov",
}

// ec2Trust is the trust policy of a role that EC2 instances have.
func (c cluster) ec2Trust() ir.Map {
	return serviceTrust(cmp.Or(ec2Principals[c.partition], "ec2.amazonaws.com"))
}

// servicePrincipal is an AWS service as the principal of a statement.
func servicePrincipal(service string) ir.Map { return ir.Map{"Service": service} }

func (s statement) document() ir.Map {
	document := ir.Map{
		"Action": oneOrMany(strs(slices.Compact(slices.Sorted(slices.Values(s.actions))))),
		"Effect": cmp.Or(s.effect, "Allow"),
	}
	if s.sid != "" {
		document["Sid"] = s.sid
	}
	if s.principal != nil {
		document["Principal"] = s.principal
	}
	if len(s.resources) > 0 {
		document["Resource"] = oneOrMany(s.resources)
	}
	if len(s.conditions) > 0 {
		document["Condition"] = s.conditions
	}
	return document
}

// oneOrMany is the value of a list with one, and otherwise the list: policies
// read better so.
func oneOrMany(list ir.List) ir.Value {
	if len(list) == 1 {
		return list[0]
	}
	return list
}

// userStatements are statements that the spec declares, in the order of their
// names, which become their ids.
func userStatements(declared map[string]spec.Statement) []statement {
	var list []statement
	for _, s := range sorted(declared) {
		list = append(list, statement{
			sid:        naming.LogicalID(s.name),
			effect:     s.value.Effect,
			actions:    s.value.Actions,
			resources:  strs(slices.Compact(slices.Sorted(slices.Values(s.value.Resources)))),
			conditions: userConditions(s.value.Conditions),
		})
	}
	return list
}

func userConditions(declared map[string]map[string][]string) ir.Map {
	conditions := ir.Map{}
	for operator, keys := range declared {
		values := ir.Map{}
		for key, list := range keys {
			values[key] = oneOrMany(strs(list))
		}
		conditions[operator] = values
	}
	return conditions
}
