package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Quotas on security groups.
const (
	// maxControlPlaneGroups is how many groups EKS takes besides the one that
	// it makes; it cannot be raised
	// (https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html).
	maxControlPlaneGroups = 4
	// EC2 allows this many groups on a network interface, and rules in a group
	// for each direction and IP version, unless the account has asked for more
	// (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html).
	usualGroups = 5
	usualRules  = 60
)

// checkSecurityGroups checks the security groups of the cluster and the rules
// of all of them.
func (r *resolver) checkSecurityGroups() {
	c := r.cluster
	if g := c.SecurityGroup; g != nil {
		r.checkGroupChoice(clusterPath.at("securityGroup"), g.ID, g.Name, len(g.Ingress) > 0)
	}
	if g := c.NodeSecurityGroup; g != nil {
		r.checkGroupChoice(clusterPath.at("nodeSecurityGroup"), g.ID, g.Name, len(g.Ingress) > 0 || g.Egress != nil)
	}
	r.checkControlPlaneGroups()
	sets := c.RuleSets()
	for _, set := range sets {
		r.checkRules(set)
	}
	r.checkRuleIDs(sets)
	r.checkRuleCounts(sets)
	r.checkNodeGroupGroups(spec.NamedGroups(sets))
	r.checkEgressEffect()
	r.checkNodeTraffic(sets)
}

// checkGroupChoice checks that a security group is an existing one or a new
// one, not both.
func (r *resolver) checkGroupChoice(at path, id, name string, hasRules bool) {
	if id != "" {
		r.checkGivenGroup(at.at("id"), id)
		if name != "" || hasRules {
			r.report(diag.SecurityGroupConflict, at, "leave out either id or the other fields", "a security group with an id exists already, so ekscc cannot set its name or rules")
		}
	}
	if name != "" {
		r.checkSecurityGroupName(at.at("name"), name)
	}
}

// checkGivenGroup checks the id of a security group that is to be put on
// network interfaces in the VPC.
func (r *resolver) checkGivenGroup(at path, id string) {
	r.checkID(at, "sg", id)
	if vpc := r.cluster.Network.VPC; vpc.ID == "" && vpc.CIDR != "" {
		r.report(diag.SecurityGroupConflict, at, "leave it out, so that a group is created in the new VPC", "the VPC is a new one, and %q cannot be in it yet", id)
	}
}

// checkGivenGroups checks a list of security groups that exist.
func (r *resolver) checkGivenGroups(at path, ids []string) {
	seen := map[string]bool{}
	for i, id := range ids {
		if seen[id] {
			r.report(diag.GroupTwice, at.index(i), "", "the security group %q is listed twice", id)
			continue
		}
		seen[id] = true
		r.checkGivenGroup(at.index(i), id)
	}
}

func (r *resolver) checkSecurityGroupName(at path, name string) {
	if strings.HasPrefix(name, "sg-") {
		r.report(diag.InvalidName, at, "for an existing group, write its id in the field id", "%q begins with sg-, which EC2 keeps for ids", name)
		return
	}
	r.checkName(at, securityGroupNameRule, name)
}

func (r *resolver) checkControlPlaneGroups() {
	c, at := r.cluster, clusterPath.at("additionalSecurityGroups")
	r.checkGivenGroups(at, c.AdditionalSecurityGroups)
	count := len(slices.Compact(slices.Sorted(slices.Values(c.AdditionalSecurityGroups))))
	if c.CreatesControlPlaneGroup() {
		count++
	}
	if c.SecurityGroup != nil && c.SecurityGroup.ID != "" {
		count++
		if i := slices.Index(c.AdditionalSecurityGroups, c.SecurityGroup.ID); i >= 0 {
			r.report(diag.GroupTwice, at.index(i), "leave it out here or there", "%q is the cluster's securityGroup already", c.SecurityGroup.ID)
		}
	}
	if count > maxControlPlaneGroups {
		r.report(diag.ControlPlaneGroups, at, "put the rules of several groups into one", "the control plane would have %d security groups besides the one that EKS makes; EKS allows %d", count, maxControlPlaneGroups)
	}
}

// checkNodeGroupGroups checks the existing groups that nodes are in, and how
// many groups there are on their network interfaces.
func (r *resolver) checkNodeGroupGroups(named map[spec.GroupRef]bool) {
	shared := r.cluster.NodeSecurityGroup
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		r.checkGivenGroups(at.at("securityGroups"), g.SecurityGroups)
		count := len(g.SecurityGroups)
		if shared == nil || shared.WithClusterSecurityGroup {
			count++
		}
		if shared != nil {
			count++
			if i := slices.Index(g.SecurityGroups, shared.ID); i >= 0 && shared.ID != "" {
				r.report(diag.GroupTwice, at.at("securityGroups").index(i), "leave it out here or there", "%q is the cluster's nodeSecurityGroup already", shared.ID)
			}
		}
		if g.HasRules() || named[spec.NodeGroupRef(at[len(at)-1])] {
			count++
		}
		if count > usualGroups {
			r.report(diag.GroupQuota, at.at("securityGroups"), "put the rules of several groups into one, or have the quota raised", "the nodes would be in %d security groups; EC2 allows %d unless the quota of the account is raised", count, usualGroups)
		}
	})
}

// checkEgressEffect reports egress that limits nothing because the nodes are
// in another security group that lets everything out.
func (r *resolver) checkEgressEffect() {
	g, at := r.cluster.NodeSecurityGroup, clusterPath.at("nodeSecurityGroup")
	const hint = "set cluster.nodeSecurityGroup.withClusterSecurityGroup to false, or leave egress out"
	inCluster := g == nil || g.WithClusterSecurityGroup
	if g != nil && g.Egress != nil && inCluster {
		r.report(diag.EgressEffect, at.at("egress"), hint, "the nodes are in the security group that EKS makes, too, which lets everything out, so egress limits nothing")
	}
	r.eachGroup(func(at path, group spec.NodeGroupBase) {
		switch {
		case group.Egress == nil:
		case inCluster:
			r.report(diag.EgressEffect, at.at("egress"), hint, "the nodes are in the security group that EKS makes, too, which lets everything out, so egress limits nothing")
		case g.ID == "" && g.Egress == nil:
			r.report(diag.EgressEffect, at.at("egress"), "write cluster.nodeSecurityGroup.egress", "the nodes are in the group that all node groups share, too, which lets everything out, so egress limits nothing")
		}
	})
}
