package lower

import (
	"cmp"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Logical ids of security groups.
const (
	controlPlaneGroupID = "ControlPlaneSecurityGroup"
	sharedNodeGroupID   = "SharedNodeSecurityGroup"
	nodeGroupGroupID    = "NodeSecurityGroup"
	bastionGroupID      = "BastionSecurityGroup"
)

// addClusterSecurityGroups adds the additional security group of the control
// plane and the one that all node groups share. What nodes and control plane
// need of each other, the cluster security group allows that EKS makes.
func (c cluster) addClusterSecurityGroups(s *ir.Stack) {
	if c.CreatesControlPlaneGroup() {
		c.addControlPlaneGroup(s)
	}
	if group := c.NodeSecurityGroup; group != nil && group.ID == "" {
		add(s, "cluster.nodeSecurityGroup", ir.Resource{ID: sharedNodeGroupID, Type: "AWS::EC2::SecurityGroup", Properties: c.groupProperties(
			group.Name, "Nodes of the EKS cluster "+c.Name, c.tags(cmp.Or(group.Name, c.Name+"-nodes"), c.nodeGroupTags(group)), spec.NodesGroup, group.Egress != nil)})
	}
}

// addControlPlaneGroup adds the additional security group of the control plane.
func (c cluster) addControlPlaneGroup(s *ir.Stack) {
	origin, name := "cluster.endpoint", ""
	if group := c.Cluster.SecurityGroup; group != nil && group.ID == "" {
		origin, name = "cluster.securityGroup", group.Name
	}
	add(s, origin, ir.Resource{ID: controlPlaneGroupID, Type: "AWS::EC2::SecurityGroup", Properties: c.groupProperties(
		name, "Control plane of the EKS cluster "+c.Name, c.tags(cmp.Or(name, c.Name+"-control-plane"), nil), spec.ControlPlaneGroup, false)})
}

// nodeGroupTags are the tags by which controllers find the nodes' group: that of
// Karpenter where the subnets have it too, and that by which load balancer
// controllers know the one group of a node that they open for their load
// balancers. The group that EKS makes has the latter, so this one has it only
// where the nodes are not in that one; see
// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/.
func (c cluster) nodeGroupTags(group *spec.NodeSecurityGroup) map[string]string {
	tags := map[string]string{}
	if !group.WithClusterSecurityGroup {
		tags["kubernetes.io/cluster/"+c.Name] = "owned"
	}
	if d := c.Network.KarpenterDiscovery; d != nil && *d || c.Cluster.Karpenter != nil {
		tags[spec.KarpenterDiscoveryTag] = c.Name
	}
	return tags
}

// groupProperties are the properties of a security group with those of its
// rules that name no other group of the cluster. The name may be empty. Unless
// it limits egress, EC2 lets everything out.
func (c cluster) groupProperties(name, description string, tags ir.List, group spec.GroupRef, limitsEgress bool) ir.Map {
	properties := ir.Map{
		"GroupDescription": description,
		"Tags":             tags,
		"VpcId":            c.vpcID(),
	}
	if name != "" {
		properties["GroupName"] = name
	}
	if rules := c.inlineRules(group, false); rules != nil {
		properties["SecurityGroupIngress"] = rules
	}
	if rules := c.inlineRules(group, true); rules != nil {
		properties["SecurityGroupEgress"] = rules
	} else if limitsEgress {
		properties["SecurityGroupEgress"] = ir.List{nothingOut}
	}
	return properties
}

// nothingOut takes the place of the rule by which EC2 lets everything out of a
// group that has no egress of its own; see the examples of
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html.
var nothingOut = ir.Map{
	"CidrIp":      "127.0.0.1/32",
	"Description": "Instead of the default rule that lets everything out",
	"IpProtocol":  "-1",
}

// inlineRules are the rules that stand in the security group itself.
func (c cluster) inlineRules(group spec.GroupRef, egress bool) ir.List {
	var list ir.List
	for _, set := range c.rules {
		if set.Owner != group || set.Egress != egress {
			continue
		}
		for _, rule := range sorted(set.Rules) {
			if _, named := rule.value.Ref(); !named {
				list = append(list, ruleProperties(rule.name, rule.value, egress))
			}
		}
	}
	return list
}

// ruleProperties are the properties of a rule, but for a group of the cluster
// on its other side.
func ruleProperties(name string, rule spec.SecurityGroupRule, egress bool) ir.Map {
	properties := ir.Map{"Description": cmp.Or(rule.Description, name), "IpProtocol": rule.Protocol}
	switch rule.Protocol {
	case "all":
		properties["IpProtocol"] = "-1"
	case "icmp", "icmpv6":
		// EC2 keeps the type where the first port is, and the code where the last is.
		every := -1
		properties["FromPort"] = *cmp.Or(rule.ICMPType, &every)
		properties["ToPort"] = *cmp.Or(rule.ICMPCode, &every)
	default:
		properties["FromPort"] = *rule.Port
		properties["ToPort"] = rule.LastPort()
	}
	side := "Source"
	if egress {
		side = "Destination"
	}
	for property, value := range map[string]string{
		"CidrIp": rule.CIDR, "CidrIpv6": rule.IPv6CIDR, side + "PrefixListId": rule.PrefixList, side + "SecurityGroupId": rule.SecurityGroup,
	} {
		if value != "" {
			properties[property] = value
		}
	}
	return properties
}

// addRules adds the rules that stand on their own and belong into the stack:
// those of the group that EKS makes, and those between two groups of the
// cluster, which could not refer to each other otherwise. Such a rule is in the
// stack of the two groups that is deployed later.
func (c cluster) addRules(s *ir.Stack) {
	for _, set := range c.rules {
		for _, rule := range sorted(set.Rules) {
			if file, alone := ruleFile(set.Owner, rule.value); alone && file == s.File {
				c.addRule(s, set, rule.name, rule.value)
			}
		}
	}
}

func (c cluster) addRule(s *ir.Stack, set spec.RuleSet, name string, rule spec.SecurityGroupRule) {
	properties := ruleProperties(name, rule, set.Egress)
	properties["GroupId"] = c.groupID(set.Owner, s.File)
	kind, side := "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId"
	if set.Egress {
		kind, side = "AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId"
	}
	if peer, ok := rule.Ref(); ok {
		properties[side] = c.groupID(peer, s.File)
	}
	add(s, strings.Join(set.Path, ".")+"."+name, ir.Resource{ID: naming.Rule(set.Path, name), Type: kind, Properties: properties})
}

// ruleFile is the template that a rule of the owner's group is in, and whether
// it stands there on its own.
func ruleFile(owner spec.GroupRef, rule spec.SecurityGroupRule) (file string, alone bool) {
	peer, ok := rule.Ref()
	if !ok {
		return groupFile(owner), owner == spec.ClusterGroup
	}
	return laterFile(groupFile(owner), groupFile(peer)), true
}

// groupFile is the template of the stack that a group of the cluster is in.
func groupFile(group spec.GroupRef) string {
	switch {
	case group.NodeGroup != "":
		return naming.NodeGroupFile(group.NodeGroup)
	case group == spec.BastionGroup:
		return bastionFile
	}
	return clusterFile
}

// laterFile is the template whose stack is deployed later: after the cluster
// comes the bastion, and then node groups in the order of their names.
func laterFile(a, b string) string {
	rank := map[string]int{clusterFile: 1, bastionFile: 2}
	isLater := cmp.Or(cmp.Compare(cmp.Or(rank[b], 3), cmp.Or(rank[a], 3)), cmp.Compare(b, a)) > 0
	if isLater {
		return b
	}
	return a
}

// groupID is the id of a group as the stack of a template sees it.
func (c cluster) groupID(group spec.GroupRef, file string) ir.Value {
	if id := c.givenGroup(group); id != "" {
		return id
	}
	local, output := groupAttribute(group)
	if groupFile(group) == file {
		return local
	}
	return c.imported(groupFile(group), output)
}

// givenGroup is the id of a group that exists already, or empty.
func (c cluster) givenGroup(group spec.GroupRef) string {
	switch {
	case group == spec.ControlPlaneGroup && !c.CreatesControlPlaneGroup() && c.Cluster.SecurityGroup != nil:
		return c.Cluster.SecurityGroup.ID
	case group == spec.NodesGroup && c.NodeSecurityGroup != nil:
		return c.NodeSecurityGroup.ID
	}
	return ""
}

// groupAttribute is the id of a group in its own stack, and the output that
// exports it.
func groupAttribute(group spec.GroupRef) (id ir.GetAtt, output string) {
	switch group {
	case spec.ClusterGroup:
		return ir.GetAtt{ID: "Cluster", Attribute: "ClusterSecurityGroupId"}, "ClusterSecurityGroupId"
	case spec.ControlPlaneGroup:
		return ir.GetAtt{ID: controlPlaneGroupID, Attribute: "GroupId"}, controlPlaneGroupID + "Id"
	case spec.NodesGroup:
		return ir.GetAtt{ID: sharedNodeGroupID, Attribute: "GroupId"}, sharedNodeGroupID + "Id"
	case spec.BastionGroup:
		return ir.GetAtt{ID: bastionGroupID, Attribute: "GroupId"}, bastionGroupID + "Id"
	}
	return ir.GetAtt{ID: nodeGroupGroupID, Attribute: "GroupId"}, nodeGroupGroupID + "Id"
}

// exportGroup exports the id of a group that another stack refers to.
func (c cluster) exportGroup(s *ir.Stack, group spec.GroupRef, description string) {
	joined := group == spec.NodesGroup && c.NodeSecurityGroup != nil
	if c.givenGroup(group) == "" && (joined || c.shared[group]) {
		id, output := groupAttribute(group)
		export(s, output, description, id)
	}
}

// sharedGroups are the groups that rules in another stack than the group's own
// refer to.
func sharedGroups(sets []spec.RuleSet) map[spec.GroupRef]bool {
	shared := map[spec.GroupRef]bool{}
	for _, set := range sets {
		for _, rule := range set.Rules {
			peer, ok := rule.Ref()
			if !ok {
				continue
			}
			file, _ := ruleFile(set.Owner, rule)
			for _, group := range []spec.GroupRef{set.Owner, peer} {
				if groupFile(group) != file {
					shared[group] = true
				}
			}
		}
	}
	return shared
}
