package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxACLNumber is the highest number of a network ACL's rule: EC2 keeps 32767
// for the rule that denies the rest.
const maxACLNumber = 32766

// maxACLRules is how many rules a network ACL has in each direction, once the
// quota of 20 is raised; see
// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html.
const maxACLRules = 40

// checkNetworkACLs checks the ACLs. A subnet has exactly one, so a tier has at
// most one of them.
func (r *resolver) checkNetworkACLs() {
	n := r.cluster.Network
	checkChosenNames(r, networkPath.at("networkACLs"), n.NetworkACLs)
	taken := map[string]string{}
	for _, name := range sortedKeys(n.NetworkACLs) {
		acl, at := n.NetworkACLs[name], networkPath.at("networkACLs", name)
		if other, ok := taken[acl.Tier]; ok {
			r.report(diag.ACLTier, at.at("tier"), "put the rules of both into one", "the %s subnets have the network ACL %q already", acl.Tier, other)
		} else if r.tierEmpty(acl.Tier) {
			r.report(diag.ACLTier, at.at("tier"), "state network.subnets."+acl.Tier, "there are no %s subnets", acl.Tier)
		}
		taken[acl.Tier] = name
		r.checkACLRules(at.at("ingress"), acl.Ingress)
		r.checkACLRules(at.at("egress"), acl.Egress)
	}
}

func (r *resolver) checkACLRules(at path, rules map[string]spec.NetworkACLRule) {
	checkChosenNames(r, at, rules)
	if len(rules) > maxACLRules {
		r.report(diag.ACLRule, at, "put blocks or ports together", "%d rules; EC2 allows %d in each direction", len(rules), maxACLRules)
	}
	taken := map[int]string{}
	for _, name := range sortedKeys(rules) {
		rule, at := rules[name], at.at(name)
		if rule.Number < 1 || rule.Number > maxACLNumber {
			r.report(diag.ACLRule, at.at("number"), "", "%d is not a rule number: 1 to %d", rule.Number, maxACLNumber)
		} else if other, ok := taken[rule.Number]; ok {
			r.report(diag.ACLRule, at.at("number"), "", "the rule %q has the number %d already", other, rule.Number)
		}
		taken[rule.Number] = name
		r.checkACLPorts(at, rule)
		r.checkACLBlock(at, rule)
	}
}

// checkACLBlock checks that a rule has a block of either kind.
func (r *resolver) checkACLBlock(at path, rule spec.NetworkACLRule) {
	switch {
	case (rule.CIDR == "") == (rule.IPv6CIDR == ""):
		have := "both cidr and ipv6CIDR"
		if rule.CIDR == "" {
			have = "neither cidr nor ipv6CIDR"
		}
		r.report(diag.ACLRule, at, "write exactly one of them", "the rule has %s", have)
	case strings.Contains(rule.CIDR, ":"):
		r.report(diag.InvalidCIDR, at.at("cidr"), "write it in the field ipv6CIDR", "%q is an IPv6 block", rule.CIDR)
	case rule.CIDR != "":
		r.parseCIDR(diag.InvalidCIDR, at.at("cidr"), rule.CIDR)
	default:
		r.parseIPv6CIDR(at.at("ipv6CIDR"), rule.IPv6CIDR)
	}
}

func (r *resolver) checkACLPorts(at path, rule spec.NetworkACLRule) {
	switch {
	case rule.Protocol == "all" && (rule.Port != nil || rule.ToPort != nil):
		r.report(diag.InvalidPort, at, `leave the ports out, or set protocol to "tcp" or "udp"`, `a rule for the protocol "all" has no ports`)
	case rule.Protocol != "all" && rule.Port == nil:
		r.report(diag.InvalidPort, at, "add port: 0 and toPort: 65535 for all of them", "a rule for %s needs a port", rule.Protocol)
	case rule.Port != nil:
		r.checkPorts(at, *rule.Port, rule.ToPort)
	}
}
