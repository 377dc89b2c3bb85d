package lower

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const accessFile = "access"

// accessPolicies are the names of EKS access policies by what the spec calls
// them; see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html.
var accessPolicies = map[string]string{
	"admin":        "AmazonEKSAdminPolicy",
	"adminView":    "AmazonEKSAdminViewPolicy",
	"clusterAdmin": "AmazonEKSClusterAdminPolicy",
	"edit":         "AmazonEKSEditPolicy",
	"view":         "AmazonEKSViewPolicy",
}

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
		if access.value.Policy != "" {
			properties["AccessPolicies"] = c.accessPolicies(access.value)
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
	scope := ir.Map{"Type": "cluster"}
	if len(access.Namespaces) > 0 {
		scope = ir.Map{"Type": "namespace", "Namespaces": strs(slices.Compact(slices.Sorted(slices.Values(access.Namespaces))))}
	}
	return ir.List{ir.Map{
		"AccessScope": scope,
		"PolicyArn":   "arn:" + c.partition + ":eks::aws:cluster-access-policy/" + accessPolicies[access.Policy],
	}}
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
