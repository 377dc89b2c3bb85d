package resolve

import (
	"fmt"
	"net/netip"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// ports is a range of ports of a protocol.
type ports struct {
	protocol    string
	first, last int
}

var (
	apiServer = ports{"tcp", 443, 443}
	kubelet   = ports{"tcp", 10250, 10250}
	dns       = ports{"udp", 53, 53}
	// answers are the ports from which Linux opens connections, and natAnswers
	// those of a NAT gateway; see
	// https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html.
	answers    = ports{"tcp", 32768, 60999}
	dnsAnswers = ports{"udp", 32768, 60999}
	natAnswers = ports{"tcp", 1024, 65535}
)

func (p ports) String() string {
	if p.first == p.last {
		return fmt.Sprintf("%s port %d", p.protocol, p.first)
	}
	return fmt.Sprintf("%s ports %d to %d", p.protocol, p.first, p.last)
}

// rule is the rule of a network ACL that allows the ports. Answers have the
// range that AWS recommends, which holds those of all clients.
func (p ports) rule(block netip.Prefix) string {
	if p.first == p.last {
		return fmt.Sprintf(`{protocol: %q, port: %d, cidr: %q}`, p.protocol, p.first, block)
	}
	return fmt.Sprintf(`{protocol: %q, port: %d, toPort: %d, cidr: %q}`, p.protocol, natAnswers.first, natAnswers.last, block)
}

// connection is what one side opens to the other, and what does not work
// without it. An ACL keeps no state, so the answers have to pass it too.
type connection struct {
	from, to       side
	ports, answers ports
	breaks         string
}

// side is an end of a connection: the blocks of a tier, or of something that
// has no ACL of the spec.
type side struct {
	tier   string
	blocks []netip.Prefix
}

var internet = side{"internet", []netip.Prefix{everywhere}}

// checkACLTraffic checks that the network ACLs let pass what a cluster needs:
// between nodes and control plane, among nodes, to VPC endpoints and, as far as
// a spec can tell, to the internet. A side whose blocks are not known is left
// out, and so are the IPv6 blocks that Amazon chooses.
func (r *resolver) checkACLTraffic() {
	n := r.cluster.Network
	connections := r.connections()
	seen := map[string]bool{}
	for _, name := range sortedKeys(n.NetworkACLs) {
		acl, at := n.NetworkACLs[name], networkPath.at("networkACLs", name)
		in, ok1 := aclRules(acl.Ingress)
		out, ok2 := aclRules(acl.Egress)
		if !ok1 || !ok2 {
			continue // reported already
		}
		check := aclCheck{r, at, in, out, seen}
		for _, c := range connections {
			if c.from.tier == acl.Tier {
				check.passes(true, c.ports, c.to, c.breaks)
				check.passes(false, c.answers, c.to, c.breaks)
			}
			if c.to.tier == acl.Tier {
				check.passes(false, c.ports, c.from, c.breaks)
				check.passes(true, c.answers, c.from, c.breaks)
			}
		}
	}
}

// aclCheck checks one ACL.
type aclCheck struct {
	*resolver
	at      path
	in, out []aclRule
	seen    map[string]bool
}

// passes reports where the ACL does not let all of the ports pass to or from
// the other side.
func (c aclCheck) passes(egress bool, p ports, other side, breaks string) {
	rules, direction, way := c.in, "ingress", "from"
	if egress {
		rules, direction, way = c.out, "egress", "to"
	}
	code := diag.ACLTraffic
	if other.tier == internet.tier {
		code = diag.ACLInternet
	}
	for _, block := range other.blocks {
		denier, denied := denies(rules, p, block)
		key := fmt.Sprint(c.at, direction, p, breaks)
		if !denied || c.seen[key] {
			continue
		}
		c.seen[key] = true
		at, why, hint := c.at.at(direction), "no rule allows", "add a rule such as "
		if denier != "" {
			at, why, hint = at.at(denier), "this rule denies", "let one with a smaller number allow it, such as "
		}
		c.report(code, at, hint+p.rule(c.widest(block)), "%s: %s %s %s %s", breaks, why, p, way, block)
	}
}

// widest is the VPC's block that a block is in, which makes fewer rules.
func (r *resolver) widest(block netip.Prefix) netip.Prefix {
	if r.vpc.IsValid() && contains(r.vpc, block) {
		return r.vpc
	}
	for _, b := range r.secondary {
		if contains(b.prefix, block) {
			return b.prefix
		}
	}
	return block
}

// connections are those that the cluster of the spec needs.
func (r *resolver) connections() []connection {
	n := r.cluster.Network
	control := r.side(n.ControlPlaneTier())
	var all []connection
	nodes := r.nodeSides()
	for _, node := range nodes {
		if r.cluster.Endpoint.Private {
			all = append(all, connection{node, control, apiServer, answers, "nodes cannot reach the API server"})
		}
		all = append(all, connection{control, node, kubelet, answers, "the control plane cannot reach the kubelets"})
		for _, other := range nodes {
			all = append(all, connection{node, other, dns, dnsAnswers, "pods cannot ask CoreDNS on other nodes"})
		}
		all = append(all, r.waysOut(node)...)
	}
	return all
}

// waysOut are the connections by which nodes reach AWS.
func (r *resolver) waysOut(node side) []connection {
	n := r.cluster.Network
	const breaks = "nodes cannot pull images and call AWS"
	out := []connection{{node, internet, apiServer, answers, breaks}}
	if e := n.VPCEndpoints; e != nil && len(e.Interface) > 0 {
		out = append(out, connection{node, r.side(e.Subnets), apiServer, answers, breaks})
	}
	if !n.Exists() && n.NATGateways != "none" && node.tier != "public" {
		// What nodes send through a NAT gateway is addressed to the internet, so
		// that only the ACL of the public subnets sees it come from them.
		const passes = "the NAT gateway cannot pass on what nodes ask for"
		public := r.side("public")
		out = append(out,
			connection{side{"", node.blocks}, public, apiServer, answers, passes},
			connection{public, internet, apiServer, natAnswers, passes})
	}
	return out
}

// nodeSides are the tiers that nodes or their pods are in.
func (r *resolver) nodeSides() []side {
	tiers := map[string]bool{}
	r.eachGroup(func(_ path, g spec.NodeGroupBase) { tiers[g.Subnets] = true })
	if len(tiers) > 0 && len(r.cluster.Network.Subnets.Pod) > 0 {
		tiers["pod"] = true
	}
	var sides []side
	for _, tier := range sortedKeys(tiers) {
		sides = append(sides, r.side(tier))
	}
	return sides
}

// side returns a tier with the blocks of its subnets that are known.
func (r *resolver) side(tier string) side {
	s := side{tier: tier}
	for _, name := range sortedKeys(r.cluster.Network.Subnets.Tier(tier)) {
		if p, err := netip.ParsePrefix(r.cluster.Network.Subnets.Tier(tier)[name].CIDR); err == nil && p.Addr().Is4() {
			s.blocks = append(s.blocks, p.Masked())
		}
	}
	return s
}

// denies is the answer of rules in their order to ports and a block: whether
// some of it does not pass, and the rule that denies it, if it is one.
func denies(rules []aclRule, p ports, block netip.Prefix) (rule string, denied bool) {
	rest := []region{{p.first, p.last, block}}
	for _, rule := range rules {
		if rule.protocol != "all" && rule.protocol != p.protocol {
			continue
		}
		var left []region
		for _, have := range rest {
			if have.overlaps(rule.region) && !rule.allow {
				return rule.name, true
			}
			left = append(left, have.without(rule.region)...)
		}
		rest = left
	}
	return "", len(rest) > 0
}
