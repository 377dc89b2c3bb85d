package resolve

import (
	"net/netip"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// traffic is connections that EKS needs between nodes and control plane where
// the nodes are not in the security group that EKS makes; see "Restricting
// cluster traffic" in
// https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html. Answers
// need no rule: security groups keep state.
type traffic struct {
	egress   bool
	protocol string
	port     int
	peer     func(r *resolver, p spec.SecurityGroupPeer) bool
	// rule says what to allow, and breaks what does not work without it.
	rule, breaks string
}

// nodeNeeds is what the groups of nodes must allow. The egress counts only
// where egress is declared.
var nodeNeeds = []traffic{
	{false, "tcp", 10250, (*resolver).isControlPlane, `ingress of tcp port 10250 from group: "cluster"`, "the control plane cannot reach the kubelets for logs, exec and metrics"},
	{false, "tcp", 53, (*resolver).isNodes, `ingress of tcp port 53 from group: "nodes"`, "pods on other nodes cannot ask CoreDNS"},
	{false, "udp", 53, (*resolver).isNodes, `ingress of udp port 53 from group: "nodes"`, "pods on other nodes cannot ask CoreDNS"},
	{true, "tcp", 443, (*resolver).isControlPlane, `egress to tcp port 443 of group: "cluster"`, "nodes cannot reach the API server"},
	{true, "tcp", 53, (*resolver).isNodes, `egress to tcp port 53 of group: "nodes"`, "pods cannot ask CoreDNS on other nodes"},
	{true, "udp", 53, (*resolver).isNodes, `egress to udp port 53 of group: "nodes"`, "pods cannot ask CoreDNS on other nodes"},
	{true, "tcp", 443, (*resolver).isOutside, `egress to tcp port 443 of cidr: "0.0.0.0/0", or of the VPC endpoints`, "nodes cannot pull images and call AWS"},
}

// apiServerNeed is what the control plane must allow.
var apiServerNeed = traffic{false, "tcp", 443, (*resolver).isNodes, `ingress of port 443 from group: "nodes"`, "nodes cannot reach the API server"}

// checkNodeTraffic checks that the rules of nodes which are kept out of the
// security group that EKS makes allow what EKS needs. What an existing group
// allows is not known here.
func (r *resolver) checkNodeTraffic(sets []spec.RuleSet) {
	c := r.cluster
	shared := c.NodeSecurityGroup
	if shared == nil || shared.WithClusterSecurityGroup {
		return
	}
	if c.Endpoint.Private && !c.HasGivenControlPlaneGroup() {
		r.checkAPIServerTraffic(sets)
	}
	if shared.ID != "" {
		return
	}
	for _, need := range nodeNeeds {
		r.checkNodeNeed(sets, need)
	}
	r.checkFargateTraffic(sets)
}

func (r *resolver) checkAPIServerTraffic(sets []spec.RuleSet) {
	rules := slices.Concat(rulesOf(sets, spec.ClusterGroup, false), rulesOf(sets, spec.ControlPlaneGroup, false))
	if !r.allows(rules, apiServerNeed) {
		r.report(diag.NodeTraffic, clusterPath.at("nodeSecurityGroup"), "add to cluster.clusterSecurityGroup: "+apiServerNeed.rule, "outside the security group that EKS makes, %s", apiServerNeed.breaks)
	}
}

// checkNodeNeed reports the node groups that lack a rule: all of them at once,
// or each.
func (r *resolver) checkNodeNeed(sets []spec.RuleSet, need traffic) {
	shared := r.cluster.NodeSecurityGroup
	if need.egress && shared.Egress == nil || r.allows(rulesOf(sets, spec.NodesGroup, need.egress), need) {
		return
	}
	var lacking []path
	groups := 0
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		groups++
		own := rulesOf(sets, spec.NodeGroupRef(at[len(at)-1]), need.egress)
		if len(g.SecurityGroups) == 0 && !r.allows(own, need) {
			lacking = append(lacking, at)
		}
	})
	if len(lacking) == groups && groups > 0 {
		lacking = []path{clusterPath.at("nodeSecurityGroup")}
	}
	for _, at := range lacking {
		r.report(diag.NodeTraffic, at, "add "+need.rule, "outside the security group that EKS makes, %s", need.breaks)
	}
}

// rulesOf are the rules of a group in one direction.
func rulesOf(sets []spec.RuleSet, owner spec.GroupRef, egress bool) []spec.SecurityGroupRule {
	var rules []spec.SecurityGroupRule
	for _, set := range sets {
		if set.Owner == owner && set.Egress == egress {
			for _, name := range sortedKeys(set.Rules) {
				rules = append(rules, set.Rules[name])
			}
		}
	}
	return rules
}

// allows reports whether one of the rules allows the traffic.
func (r *resolver) allows(rules []spec.SecurityGroupRule, t traffic) bool {
	return slices.ContainsFunc(rules, func(rule spec.SecurityGroupRule) bool {
		return covers(rule, t.protocol, t.port) && t.peer(r, rule.SecurityGroupPeer)
	})
}

// isControlPlane reports whether the control plane may be on the other side.
func (r *resolver) isControlPlane(p spec.SecurityGroupPeer) bool {
	return p.Group == "cluster" || p.Group == "controlPlane" || r.isAnywhereInVPC(p)
}

// isNodes reports whether nodes may be on the other side.
func (r *resolver) isNodes(p spec.SecurityGroupPeer) bool {
	return p.Group == "nodes" || p.NodeGroup != "" || r.isAnywhereInVPC(p)
}

// isOutside reports whether more than the cluster may be on the other side.
func (r *resolver) isOutside(p spec.SecurityGroupPeer) bool {
	return p.Group == "" && p.NodeGroup == ""
}

// isAnywhereInVPC reports whether the other side has all of the VPC's
// addresses, or may have: what is in an existing group is not known here, nor
// in a VPC whose block is not stated.
func (r *resolver) isAnywhereInVPC(p spec.SecurityGroupPeer) bool {
	if p.SecurityGroup != "" || p.PrefixList != "" || isEverywhere(p.IPv6CIDR) {
		return true
	}
	block, err := netip.ParsePrefix(p.CIDR)
	return err == nil && (!r.vpc.IsValid() || contains(block, r.vpc))
}
