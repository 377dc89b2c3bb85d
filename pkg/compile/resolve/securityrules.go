package resolve

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

const maxPort = 65535

// adminPorts are the ports by which machines are administered, and which the
// internet is scanned for.
var adminPorts = []struct {
	port int
	name string
}{{22, "SSH"}, {3389, "RDP"}}

// maxICMP is the highest type and code of ICMP.
const maxICMP = 255

func (r *resolver) checkRules(set spec.RuleSet) {
	for _, name := range sortedKeys(set.Rules) {
		rule, at := set.Rules[name], path(set.Path).at(name)
		if rule.Description != "" {
			r.checkName(at.at("description"), descriptionRule, rule.Description)
		} else {
			r.checkName(at, descriptionRule, name) // it becomes the description
		}
		portsOK := r.checkRulePorts(at, rule)
		r.checkPeer(at, set.Owner, rule.SecurityGroupPeer)
		if portsOK && !set.Egress {
			r.checkOpenToAll(at, rule)
		}
	}
}

// checkRulePorts checks that a rule has the ports that its protocol calls for.
func (r *resolver) checkRulePorts(at path, rule spec.SecurityGroupRule) bool {
	hasPorts := rule.Protocol == "tcp" || rule.Protocol == "udp"
	isICMP := rule.Protocol == "icmp" || rule.Protocol == "icmpv6"
	switch {
	case !hasPorts && (rule.Port != nil || rule.ToPort != nil):
		r.report(diag.InvalidPort, at, `leave the ports out, or set protocol to "tcp" or "udp"`, "a rule for the protocol %q has no ports", rule.Protocol)
	case hasPorts && rule.Port == nil:
		r.report(diag.InvalidPort, at, "add port: 0 and toPort: 65535 for all of them", "a rule for %s needs a port", rule.Protocol)
	case !isICMP && (rule.ICMPType != nil || rule.ICMPCode != nil):
		r.report(diag.InvalidPort, at, `leave them out, or set protocol to "icmp" or "icmpv6"`, "only ICMP has icmpType and icmpCode, not %q", rule.Protocol)
	case isICMP:
		return r.checkICMP(at, rule)
	case hasPorts:
		return r.checkPorts(at, *rule.Port, rule.ToPort)
	default:
		return true
	}
	return false
}

func (r *resolver) checkICMP(at path, rule spec.SecurityGroupRule) bool {
	if rule.ICMPCode != nil && rule.ICMPType == nil {
		r.report(diag.InvalidPort, at.at("icmpCode"), "add icmpType", "a code of ICMP means something for one type only")
	}
	r.checkICMPNumber(at.at("icmpType"), rule.ICMPType)
	r.checkICMPNumber(at.at("icmpCode"), rule.ICMPCode)
	return true
}

func (r *resolver) checkICMPNumber(at path, n *int) {
	if n != nil && (*n < 0 || *n > maxICMP) {
		r.report(diag.InvalidPort, at, "leave it out for all", "%d is not a type or code of ICMP: 0 to %d", *n, maxICMP)
	}
}

// checkPeer checks that a rule has exactly one other side, and which.
func (r *resolver) checkPeer(at path, owner spec.GroupRef, p spec.SecurityGroupPeer) {
	const hint = "write exactly one of cidr, ipv6CIDR, prefixList, securityGroup, group and nodeGroup"
	switch set := peerFields(p); len(set) {
	case 0:
		r.report(diag.RulePeer, at, hint, "the rule does not say who is on the other side")
	case 1:
	default:
		r.report(diag.RulePeer, at, hint, "the rule has more than one other side: %s", strings.Join(set, " and "))
	}
	r.checkPeerBlocks(at, p)
	if p.PrefixList != "" {
		r.checkID(at.at("prefixList"), "pl", p.PrefixList)
	}
	if p.SecurityGroup != "" {
		r.checkID(at.at("securityGroup"), "sg", p.SecurityGroup)
	}
	r.checkGroupRef(at, owner, p)
}

// checkPeerBlocks checks that a block is in the field for its IP version.
func (r *resolver) checkPeerBlocks(at path, p spec.SecurityGroupPeer) {
	if v6, err := netip.ParsePrefix(p.CIDR); err == nil && v6.Addr().Is6() {
		r.report(diag.InvalidCIDR, at.at("cidr"), "write it in the field ipv6CIDR", "%q is an IPv6 block", p.CIDR)
	} else if p.CIDR != "" {
		r.parseCIDR(diag.InvalidCIDR, at.at("cidr"), p.CIDR)
	}
	if p.IPv6CIDR != "" {
		r.parseIPv6CIDR(at.at("ipv6CIDR"), p.IPv6CIDR)
	}
}

// peerFields are the names of the fields of a peer that are set.
func peerFields(p spec.SecurityGroupPeer) []string {
	var set []string
	for _, f := range []struct{ name, value string }{
		{"cidr", p.CIDR}, {"ipv6CIDR", p.IPv6CIDR}, {"prefixList", p.PrefixList},
		{"securityGroup", p.SecurityGroup}, {"group", p.Group}, {"nodeGroup", p.NodeGroup},
	} {
		if f.value != "" {
			set = append(set, f.name)
		}
	}
	return set
}

// checkGroupRef reports a group that the cluster does not have, and one whose
// members reach each other anyway.
func (r *resolver) checkGroupRef(at path, owner spec.GroupRef, p spec.SecurityGroupPeer) {
	c := r.cluster
	switch {
	case p.Group == "controlPlane" && c.SecurityGroup == nil && !c.CreatesControlPlaneGroup():
		r.report(diag.UnknownGroup, at.at("group"), `declare cluster.securityGroup or cluster.endpoint.ingress, or name "cluster"`, "the control plane has no security group of its own")
	case p.Group == "nodes" && c.NodeSecurityGroup == nil:
		r.report(diag.UnknownGroup, at.at("group"), `declare cluster.nodeSecurityGroup, or name "cluster"`, "there is no security group that all node groups share")
	case p.Group == "bastion" && c.Bastion == nil:
		r.report(diag.UnknownGroup, at.at("group"), "declare cluster.bastion", "there is no bastion")
	case p.Group == "cluster" && owner == spec.ClusterGroup:
		r.report(diag.UnknownGroup, at.at("group"), "leave the rule out", "the members of the security group that EKS makes reach each other anyway")
	}
	if p.NodeGroup != "" && !r.hasNodeGroup(p.NodeGroup) {
		names := append(sortedKeys(c.NodeGroups), sortedKeys(c.SelfManagedNodeGroups)...)
		r.report(diag.UnknownGroup, at.at("nodeGroup"), catalog.DidYouMean(p.NodeGroup, names), "there is no node group %q", p.NodeGroup)
	}
}

func (r *resolver) hasNodeGroup(name string) bool {
	_, managed := r.cluster.NodeGroups[name]
	_, self := r.cluster.SelfManagedNodeGroups[name]
	return managed || self
}

// checkOpenToAll warns of ports for administrators that everybody may reach.
func (r *resolver) checkOpenToAll(at path, rule spec.SecurityGroupRule) {
	if !isEverywhere(rule.CIDR) && !isEverywhere(rule.IPv6CIDR) {
		return
	}
	var open []string
	for _, admin := range adminPorts {
		if covers(rule, "tcp", admin.port) {
			open = append(open, admin.name)
		}
	}
	switch len(open) {
	case 1:
		r.report(diag.OpenSSH, at, "name the blocks that may connect", "%s is open to the whole internet", open[0])
	case 2:
		r.report(diag.OpenSSH, at, "name the blocks that may connect", "%s are open to the whole internet", strings.Join(open, " and "))
	}
}

// isEverywhere reports whether a block is all of IPv4 or all of IPv6.
func isEverywhere(cidr string) bool {
	p, err := netip.ParsePrefix(cidr)
	return err == nil && p.Bits() == 0
}

// covers reports whether a rule, whose ports are sound, is for the port.
func covers(rule spec.SecurityGroupRule, protocol string, port int) bool {
	if rule.Protocol == "all" {
		return true
	}
	return rule.Protocol == protocol && rule.Port != nil && *rule.Port <= port && port <= rule.LastPort()
}

// checkRuleIDs checks that the rules which are resources of their own have
// different logical ids.
func (r *resolver) checkRuleIDs(sets []spec.RuleSet) {
	taken := map[string]path{}
	for _, set := range sets {
		for _, name := range sortedKeys(set.Rules) {
			if _, named := set.Rules[name].Ref(); !named && set.Owner != spec.ClusterGroup {
				continue
			}
			id, at := naming.Rule(set.Path, name), path(set.Path).at(name)
			if other, ok := taken[id]; ok {
				r.report(diag.NameClash, at, "let them differ in more than punctuation and capitals", "the rule makes the same logical id as %s", strings.Join(other, "."))
			} else if id == naming.Rule(set.Path, "") || len(name) > maxChosenName {
				r.report(diag.NameClash, at, fmt.Sprintf("use 1 to %d letters, digits, hyphens, underscores and dots, with a letter or digit among them", maxChosenName), "no logical id can be made from the name %q", name)
			}
			taken[id] = at
		}
	}
}

// checkRuleCounts warns of groups with more rules than accounts may have.
func (r *resolver) checkRuleCounts(sets []spec.RuleSet) {
	type half struct {
		owner  spec.GroupRef
		egress bool
	}
	counts := map[half]int{}
	for _, set := range sets {
		h := half{set.Owner, set.Egress}
		before := counts[h]
		counts[h] += len(set.Rules)
		if before <= usualRules && counts[h] > usualRules {
			r.report(diag.GroupQuota, set.Path, "merge blocks, or have the quota raised", "the security group would have %d rules; EC2 allows %d unless the quota of the account is raised", counts[h], usualRules)
		}
	}
}

// checkPorts checks a port, or the range that ends with to, of the rule at the
// path.
func (r *resolver) checkPorts(at path, port int, to *int) bool {
	ok := r.checkPort(at.at("port"), port, 0)
	if to == nil {
		return ok
	}
	if !r.checkPort(at.at("toPort"), *to, 0) || !ok {
		return false
	}
	if *to < port {
		r.report(diag.InvalidPort, at.at("toPort"), "", "the range %d to %d ends before it begins", port, *to)
		return false
	}
	return true
}

// checkPort checks that a port is between lowest and 65535.
func (r *resolver) checkPort(at path, port, lowest int) bool {
	if port >= lowest && port <= maxPort {
		return true
	}
	r.report(diag.InvalidPort, at, "", "%d is not a port: %d to %d", port, lowest, maxPort)
	return false
}
