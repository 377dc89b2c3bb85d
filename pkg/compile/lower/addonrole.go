package lower

import (
	"cmp"
	"maps"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addAddonRole adds the role of an add-on's pods, unless it has none or one
// that exists.
func (c cluster) addAddonRole(s *ir.Stack, name string, addon spec.Addon, provider oidcProvider) {
	if !addon.HasRole() || addon.Role.ARN != "" {
		return
	}
	role := roleResource{
		id:                  addonRoleID(name),
		origin:              "cluster.addons." + name + ".role",
		trust:               c.addonTrust(name, addon, provider),
		managedPolicies:     addon.Role.ManagedPolicies,
		permissionsBoundary: addon.Role.PermissionsBoundary,
		tags:                c.tags("", c.roleTags(addon)),
	}
	if list := userStatements(addon.Role.Statements); len(list) > 0 {
		role.policies = map[string][]statement{"permissions": list}
	}
	if name == vpcCNIAddon {
		c.addCNIPolicies(&role, addon)
	}
	c.addRole(s, role)
}

// addCNIPolicies adds what AWS has no managed policy for.
func (c cluster) addCNIPolicies(role *roleResource, addon spec.Addon) {
	if addon.Role.Idle() {
		role.policies = cniIPv6Policies()
	}
	if logs := c.policyLogs(); logs != nil {
		role.policies = unitedPolicies(role.policies, logs)
	}
}

// roleTags are the tags of an add-on's role besides the cluster's. Pod Identity
// tells policies the name of the cluster, as AmazonEBSCSIDriverEKSClusterScopedPolicy
// wants it; see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html.
// IRSA does not, so the role does.
func (c cluster) roleTags(addon spec.Addon) map[string]string {
	if addon.Identity == spec.IRSA {
		return merged(addon.Tags, map[string]string{"eks-cluster-name": c.Name})
	}
	return addon.Tags
}

func addonRoleID(name string) string { return naming.LogicalID("Addon", name, "Role") }

func addonRoleARN(name string, addon spec.Addon) ir.Value {
	return cmp.Or[ir.Value](nonEmpty(addon.Role.ARN), ir.GetAtt{ID: addonRoleID(name), Attribute: "Arn"})
}

// addonTrust lets the add-on's pods have the role, and nobody else.
func (c cluster) addonTrust(name string, addon spec.Addon, provider oidcProvider) ir.Value {
	known, _ := catalog.LookupAddon(name)
	namespace := cmp.Or(addon.Namespace, known.Namespace)
	if addon.Identity == spec.IRSA {
		return irsaTrust(provider, namespace, addon.ServiceAccount)
	}
	return c.podIdentityTrust(namespace, addon.ServiceAccount, true)
}

// nodePolicies are what a node's role needs: to join, to pull images, and, if
// the CNI plugin has no role of its own, to give addresses to pods; see
// https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html. The
// plugin gets its role in the cluster's stack, so nodes never miss it.
func (c cluster) nodePolicies() (managed []string, inline map[string][]statement) {
	managed = []string{"AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"}
	switch {
	case c.Addons[vpcCNIAddon].HasRole():
		return managed, nil
	case c.IPFamily == spec.IPv6:
		return managed, unitedPolicies(cniIPv6Policies(), c.policyLogs())
	}
	return append(managed, "AmazonEKS_CNI_Policy"), c.policyLogs()
}

// unitedPolicies unites inline policies of different names.
func unitedPolicies(all ...map[string][]statement) map[string][]statement {
	union := map[string][]statement{}
	for _, policies := range all {
		maps.Copy(union, policies)
	}
	return union
}

// cniIPv6Policies is what the CNI plugin does in an IPv6 cluster, for which AWS
// has no managed policy; see
// https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html.
func cniIPv6Policies() map[string][]statement {
	interfaces := ir.Sub{Text: "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:network-interface/*"}
	return map[string][]statement{"AmazonEKS_CNI_IPv6_Policy": {
		{
			actions:   []string{"ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "ec2:DescribeNetworkInterfaces", "ec2:DescribeTags"},
			resources: ir.List{"*"}, // EC2 takes no narrower resource for what only describes
		},
		{actions: []string{"ec2:AssignIpv6Addresses", "ec2:CreateTags"}, resources: ir.List{interfaces}},
	}}
}
