package lower

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const accessFile = "access"

// accessStack is the access entries of the declared principals, and the
// identity provider.
func (c cluster) accessStack() ir.Stack {
	s := c.stack(accessFile, "Who may use the EKS cluster "+c.Name)
	c.addIdentityProviders(&s)
	if !c.AuthenticationMode.UsesAccessEntries() {
		return s
	}
	for _, access := range sorted(c.Access) {
		properties := ir.Map{
			"ClusterName":  c.clusterName(),
			"PrincipalArn": c.principalARN(access.value),
		}
		setTags(properties, c.tags("", nil))
		if policies := c.accessPolicies(access.value); len(policies) > 0 {
			properties["AccessPolicies"] = policies
		}
		if access.value.Type != "" {
			properties["Type"] = access.value.Type
		}
		if len(access.value.Groups) > 0 {
			properties["KubernetesGroups"] = strs(slices.Compact(slices.Sorted(slices.Values(access.value.Groups))))
		}
		if access.value.Username != "" {
			properties["Username"] = access.value.Username
		}
		add(&s, "cluster.access."+access.name, ir.Resource{ID: naming.LogicalID("AccessEntry", access.name), Type: "AWS::EKS::AccessEntry", Properties: properties})
	}
	return s
}

func (c cluster) accessPolicies(access spec.Access) ir.List {
	var list ir.List
	for _, policy := range sorted(access.AllPolicies()) {
		scope := ir.Map{"Type": "cluster"}
		if len(policy.value.Namespaces) > 0 {
			scope = ir.Map{"Type": "namespace", "Namespaces": strs(slices.Compact(slices.Sorted(slices.Values(policy.value.Namespaces))))}
		}
		arn := policy.name
		if !strings.HasPrefix(arn, "arn:") {
			arn = "arn:" + c.partition + ":eks::aws:cluster-access-policy/" + policy.name
		}
		list = append(list, ir.Map{"AccessScope": scope, "PolicyArn": arn})
	}
	return list
}

// principalARN is the ARN of a principal. It is written out, not left to the
// stack's pseudo parameters, so that a reviewer reads who gets access.
func (c cluster) principalARN(access spec.Access) string {
	switch {
	case access.Role != "":
		return c.iamARN("role/" + access.Role)
	case access.User != "":
		return c.iamARN("user/" + access.User)
	}
	return access.ARN
}

func (c cluster) iamARN(resource string) string {
	return "arn:" + c.partition + ":iam::" + c.Account + ":" + resource
}
