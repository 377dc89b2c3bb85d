package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Policies that Auto Mode needs besides the usual ones; see
// https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
// and https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html.
var (
	autoModeClusterPolicies = []string{
		"AmazonEKSBlockStoragePolicy", "AmazonEKSComputePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy",
	}
	autoModeNodePolicies = []string{"AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"}
)

const autoModeNodeRoleID = "AutoModeNodeRole"

// addAutoMode adds Auto Mode to the cluster's properties. EKS takes its three
// parts only together.
func (c cluster) addAutoMode(properties ir.Map) {
	if c.AutoMode == nil {
		return
	}
	compute := ir.Map{"Enabled": c.AutoMode.Enabled}
	if c.AutoMode.Enabled {
		compute["NodePools"] = strs(slices.Compact(slices.Sorted(slices.Values(c.AutoMode.NodePools))))
		// EKS refuses a role that no built-in node pool uses.
		if !c.AutoMode.OwnNodePools() {
			compute["NodeRoleArn"] = c.autoModeNodeRole()
		}
	}
	properties["ComputeConfig"] = compute
	properties["StorageConfig"] = ir.Map{"BlockStorage": ir.Map{"Enabled": c.AutoMode.Enabled}}
	properties["KubernetesNetworkConfig"].(ir.Map)["ElasticLoadBalancing"] = ir.Map{"Enabled": c.AutoMode.Enabled}
}

func (c cluster) autoModeNodeRole() ir.Value {
	return cmp.Or[ir.Value](nonEmpty(c.AutoMode.Role.ARN), ir.GetAtt{ID: autoModeNodeRoleID, Attribute: "Arn"})
}

// addAutoModeNodeRole adds the role of Auto Mode's nodes. It stays while Auto
// Mode is being turned off: EKS drains nodes that have it.
func (c cluster) addAutoModeNodeRole(s *ir.Stack) {
	if c.AutoMode == nil || c.AutoMode.Role.ARN != "" {
		return
	}
	role := c.AutoMode.Role
	c.addRole(s, roleResource{
		id:                  autoModeNodeRoleID,
		origin:              "cluster.autoMode.role",
		name:                role.Name,
		trust:               c.ec2Trust(),
		managedPolicies:     slices.Concat(autoModeNodePolicies, role.ManagedPolicies),
		permissionsBoundary: role.PermissionsBoundary,
		tags:                c.tags("", nil),
	})
}

// addAutoModeAccess lets nodes of the user's own node pools join. For those of
// the built-in pools EKS makes the access entry, and so for all that have their
// role; see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html.
func (c cluster) addAutoModeAccess(s *ir.Stack) {
	if c.AutoMode == nil {
		return
	}
	if c.AutoMode.OwnNodePools() {
		c.addAutoModeEntry(s, "AutoModeNodeAccessEntry", "cluster.autoMode", c.autoModeNodeRole())
	}
	for _, role := range c.AutoMode.OtherRoles() {
		c.addAutoModeEntry(s, naming.LogicalID("AutoModeNodeAccessEntry", role), "cluster.autoMode.nodeClasses", existingRole(role))
	}
}

func (c cluster) addAutoModeEntry(s *ir.Stack, id, origin string, principal ir.Value) {
	properties := ir.Map{
		"AccessPolicies": ir.List{ir.Map{
			"AccessScope": ir.Map{"Type": "cluster"},
			"PolicyArn":   "arn:" + c.partition + ":eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
		}},
		"ClusterName":  ir.Ref("Cluster"),
		"PrincipalArn": principal,
		"Type":         "EC2",
	}
	setTags(properties, c.tags("", nil))
	add(s, origin, ir.Resource{ID: id, Type: "AWS::EKS::AccessEntry", Properties: properties})
}
