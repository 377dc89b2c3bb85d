package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// nodeGroup is what the templates of both kinds of node group have in common.
type nodeGroup struct {
	cluster
	spec.NodeGroupBase
	name string
	// origin is the path of the group in the spec.
	origin string
}

// nodeGroupStacks are the stacks of all node groups by name.
func (c cluster) nodeGroupStacks() []ir.Stack {
	stacks := map[string]ir.Stack{}
	for name, group := range c.NodeGroups {
		g := nodeGroup{c, group.NodeGroupBase, name, "cluster.nodeGroups." + name}
		stacks[name] = g.managedStack(group)
	}
	for name, group := range c.SelfManagedNodeGroups {
		g := nodeGroup{c, group.NodeGroupBase, name, "cluster.selfManagedNodeGroups." + name}
		stacks[name] = g.selfManagedStack(group)
	}
	var all []ir.Stack
	for _, stack := range sorted(stacks) {
		all = append(all, stack.value)
	}
	return all
}

const nodeRoleID = "NodeRole"

// nodeRoleARN is the ARN of the role of the group's nodes.
func (g nodeGroup) nodeRoleARN() ir.Value {
	return cmp.Or[ir.Value](nonEmpty(g.Role.ARN), ir.GetAtt{ID: nodeRoleID, Attribute: "Arn"})
}

// nodeName is what the group's instances are called in the AWS console.
func (g nodeGroup) nodeName() string { return g.Cluster.Name + "-" + g.name }

// addNodeRole adds the role of the group's nodes, unless it exists.
func (g nodeGroup) addNodeRole(s *ir.Stack) {
	if g.Role.ARN != "" {
		return
	}
	managed, inline := g.nodePolicies()
	g.addRole(s, roleResource{
		id:                  nodeRoleID,
		origin:              g.origin + ".role",
		name:                g.Role.Name,
		trust:               g.ec2Trust(),
		managedPolicies:     append(managed, g.Role.ManagedPolicies...),
		policies:            inline,
		permissionsBoundary: g.Role.PermissionsBoundary,
		tags:                g.tags("", g.Tags),
	})
}

// addSecurityGroup adds the group's own security group, if it needs one, and
// the rules that belong into its stack. Without rules of their own the nodes
// are in the cluster security group alone.
func (g nodeGroup) addSecurityGroup(s *ir.Stack) {
	if g.hasOwnGroup() {
		add(s, g.origin+".ingress", ir.Resource{ID: nodeGroupGroupID, Type: "AWS::EC2::SecurityGroup", Properties: g.groupProperties(
			"", "Nodes of the group "+g.name+" of the EKS cluster "+g.Cluster.Name, g.tags(g.nodeName(), g.Tags), spec.NodeGroupRef(g.name), g.limitsEgress())})
		g.exportGroup(s, spec.NodeGroupRef(g.name), "Id of the security group of the node group "+g.name)
	}
	g.addEFAGroup(s)
	g.addRules(s)
}

// limitsEgress reports whether the group's own security group lets out no more
// than is declared: so it is beside a shared one that limits what leaves.
func (g nodeGroup) limitsEgress() bool {
	return g.NodeGroupBase.Egress != nil || g.NodeSecurityGroup.LimitsEgress()
}

func (g nodeGroup) hasOwnGroup() bool { return g.HasRules() || g.named[spec.NodeGroupRef(g.name)] }

// inClusterGroupAlone reports whether the nodes are in no security group but
// the one that EKS makes.
func (g nodeGroup) inClusterGroupAlone() bool {
	return g.NodeSecurityGroup == nil && !g.hasOwnGroup() && !g.EFA && len(g.SecurityGroups) == 0
}

// securityGroups are the security groups that the nodes are in.
func (g nodeGroup) securityGroups() ir.List {
	file := naming.NodeGroupFile(g.name)
	var groups ir.List
	if g.NodeSecurityGroup == nil || g.NodeSecurityGroup.WithClusterSecurityGroup {
		groups = append(groups, g.clusterSecurityGroup())
	}
	if g.NodeSecurityGroup != nil {
		groups = append(groups, g.groupID(spec.NodesGroup, file))
	}
	if g.hasOwnGroup() {
		groups = append(groups, g.groupID(spec.NodeGroupRef(g.name), file))
	}
	if g.EFA {
		groups = append(groups, ir.GetAtt{ID: efaGroupID, Attribute: "GroupId"})
	}
	return append(groups, strs(slices.Sorted(slices.Values(g.NodeGroupBase.SecurityGroups)))...)
}

func stringMap(m map[string]string) ir.Map {
	values := ir.Map{}
	for key, value := range m {
		values[key] = value
	}
	return values
}
