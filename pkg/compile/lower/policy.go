package lower

import (
	"cmp"
	"slices"

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
// principal of a service is the same in all partitions. Without actions the
// service may do sts:AssumeRole.
func serviceTrust(service string, actions ...string) ir.Map {
	if len(actions) == 0 {
		actions = []string{"sts:AssumeRole"}
	}
	return policy(statement{principal: servicePrincipal(service), actions: actions})
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
