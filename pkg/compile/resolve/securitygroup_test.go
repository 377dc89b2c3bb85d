package resolve

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

type (
	peer  = spec.SecurityGroupPeer
	rules = map[string]spec.SecurityGroupRule
)

// rule is a rule for one port.
func rule(protocol string, port int, p peer) spec.SecurityGroupRule {
	return spec.SecurityGroupRule{Protocol: protocol, Port: &port, SecurityGroupPeer: p}
}

func TestSecurityGroup(t *testing.T) {
	sg := func(g spec.SecurityGroup) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.SecurityGroup = &g }
	}
	in := func(r spec.SecurityGroupRule) func(*spec.Spec) {
		return sg(spec.SecurityGroup{Ingress: rules{"in": r}})
	}
	tcp := func(port int, p peer) func(*spec.Spec) { return in(rule("tcp", port, p)) }
	port := func(protocol string, port, to *int) func(*spec.Spec) {
		return in(spec.SecurityGroupRule{Protocol: protocol, Port: port, ToPort: to, SecurityGroupPeer: peer{CIDR: "10.0.0.0/16"}})
	}
	icmp := func(kind, code *int) func(*spec.Spec) {
		return in(spec.SecurityGroupRule{Protocol: "icmp", ICMPType: kind, ICMPCode: code, SecurityGroupPeer: peer{CIDR: "10.0.0.0/16"}})
	}
	described := rule("tcp", 443, peer{CIDR: "10.0.0.0/16"})
	described.Description = `"kubectl"`
	ssh := rule("tcp", 20, peer{IPv6CIDR: "::/0"})
	ssh.ToPort = ptr(30)
	const at, rl = "cluster securityGroup", "cluster securityGroup ingress in"
	runRules(t, newVPC, []ruleTest{
		{"by id in a new VPC", sg(spec.SecurityGroup{ID: "sg-12345678"}), []want{{diag.SecurityGroupConflict, at + " id", "cannot be in it yet"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"by id", sg(spec.SecurityGroup{ID: "sg-12345678"}), nil},
		{"by id and name", sg(spec.SecurityGroup{ID: "sg-12345678", Name: "x"}), []want{{diag.SecurityGroupConflict, at, "exists already"}}},
		{"by a wrong id", sg(spec.SecurityGroup{ID: "mission-sg"}), []want{{diag.InvalidID, at + " id", "a security group"}}},
		{"name of an id", sg(spec.SecurityGroup{Name: "sg-x"}), []want{{diag.InvalidName, at + " name", "begins with sg-"}}},
		{"name", sg(spec.SecurityGroup{Name: "é"}), []want{{diag.InvalidName, at + " name", "a security group name"}}},
		{"block", tcp(443, peer{CIDR: "10.0.0.0/16"}), nil},
		{"IPv6 block", tcp(443, peer{IPv6CIDR: "2001:db8::/32"}), nil},
		{"group by id", tcp(443, peer{SecurityGroup: "sg-12345678"}), nil},
		{"prefix list", tcp(443, peer{PrefixList: "pl-12345678"}), nil},
		{"node group", tcp(443, peer{NodeGroup: "workers"}), nil},
		{"group", tcp(443, peer{Group: "cluster"}), nil},
		{"nobody", tcp(443, peer{}), []want{{diag.RulePeer, rl, "does not say who"}}},
		{"two", tcp(443, peer{CIDR: "10.0.0.0/16", SecurityGroup: "sg-12345678"}), []want{{diag.RulePeer, rl, "cidr and securityGroup"}}},
		{"wrong id", tcp(443, peer{SecurityGroup: "sg-1"}), []want{{diag.InvalidID, rl + " securityGroup", "sg-1"}}},
		{"wrong prefix list", tcp(443, peer{PrefixList: "sg-12345678"}), []want{{diag.InvalidID, rl + " prefixList", "a prefix list"}}},
		{"wrong block", tcp(443, peer{CIDR: "10.0.0.1/16"}), []want{{diag.InvalidCIDR, rl + " cidr", "host bits"}}},
		{"IPv6 in cidr", tcp(443, peer{CIDR: "2001:db8::/32"}), []want{{diag.InvalidCIDR, rl + " cidr", "write it in the field ipv6CIDR"}}},
		{"IPv4 in ipv6CIDR", tcp(443, peer{IPv6CIDR: "10.0.0.0/16"}), []want{{diag.InvalidCIDR, rl + " ipv6CIDR", "is not an IPv6 CIDR block"}}},
		{"IPv6 with host bits", tcp(443, peer{IPv6CIDR: "2001:db8::1/32"}), []want{{diag.InvalidCIDR, rl + " ipv6CIDR", `did you mean "2001:db8::/32"?`}}},
		{"no shared group", tcp(443, peer{Group: "nodes"}), []want{{diag.UnknownGroup, rl + " group", "declare cluster.nodeSecurityGroup"}}},
		{"no such node group", tcp(443, peer{NodeGroup: "worker"}), []want{{diag.UnknownGroup, rl + " nodeGroup", `did you mean "workers"?`}}},
		{"port", tcp(-1, peer{CIDR: "10.0.0.0/16"}), []want{{diag.InvalidPort, rl + " port", "-1"}}},
		{"range", port("tcp", ptr(20), ptr(10)), []want{{diag.InvalidPort, rl + " toPort", "20 to 10"}}},
		{"no port", port("udp", nil, nil), []want{{diag.InvalidPort, rl, "a rule for udp needs a port"}}},
		{"all", port("all", nil, nil), nil},
		{"port for all", port("all", ptr(1), nil), []want{{diag.InvalidPort, rl, `the protocol "all" has no ports`}}},
		{"port for icmp", port("icmp", nil, ptr(1)), []want{{diag.InvalidPort, rl, `the protocol "icmp" has no ports`}}},
		{"icmp", icmp(ptr(3), ptr(4)), nil},
		{"code without type", icmp(nil, ptr(4)), []want{{diag.InvalidPort, rl + " icmpCode", "for one type only"}}},
		{"type too high", icmp(ptr(256), nil), []want{{diag.InvalidPort, rl + " icmpType", "256"}}},
		{"type for tcp", in(spec.SecurityGroupRule{Protocol: "tcp", Port: ptr(1), ICMPType: ptr(3), SecurityGroupPeer: peer{CIDR: "10.0.0.0/16"}}), []want{
			{diag.InvalidPort, rl, "only ICMP"}}},
		{"description", in(described), []want{{diag.InvalidName, rl + " description", "description"}}},
		{"name that is no description", sg(spec.SecurityGroup{Ingress: rules{"réseau": rule("tcp", 443, peer{CIDR: "10.0.0.0/16"})}}), []want{
			{diag.InvalidName, at + " ingress réseau", "description"}}},
		{"names that make one logical id", sg(spec.SecurityGroup{Ingress: rules{"web-a": rule("tcp", 443, peer{NodeGroup: "workers"}), "webA": rule("tcp", 443, peer{Group: "cluster"})}}), []want{
			{diag.NameClash, at + " ingress webA", "cluster.securityGroup.ingress.web-a"}}},
		{"SSH for all of IPv4", tcp(22, peer{CIDR: "0.0.0.0/0"}), []want{{diag.OpenSSH, rl, "SSH is open"}}},
		{"SSH in a range for all of IPv6", in(ssh), []want{{diag.OpenSSH, rl, "SSH is open"}}},
		{"everything for all", in(spec.SecurityGroupRule{Protocol: "all", SecurityGroupPeer: peer{IPv6CIDR: "::/0"}}), []want{{diag.OpenSSH, rl, "SSH and RDP are open"}}},
		{"RDP for all", tcp(3389, peer{CIDR: "0.0.0.0/0"}), []want{{diag.OpenSSH, rl, "RDP is open"}}},
		{"SSH for some", tcp(22, peer{CIDR: "203.0.113.0/24"}), nil},
		{"UDP for all", in(rule("udp", 22, peer{CIDR: "0.0.0.0/0"})), nil},
		{"HTTPS for all", tcp(443, peer{CIDR: "0.0.0.0/0"}), nil},
	})
}

func TestSecurityGroupLists(t *testing.T) {
	ids := func(n int) []string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf("sg-%08x", i))
		}
		return list
	}
	additional := func(list ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.SecurityGroup = &spec.SecurityGroup{ID: "sg-12345678"}
			s.Cluster.AdditionalSecurityGroups = list
		}
	}
	attached := func(list ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.NodeSecurityGroup = &spec.NodeSecurityGroup{ID: "sg-12345678", WithClusterSecurityGroup: true}
			g := s.Cluster.SelfManagedNodeGroups["workers"]
			g.SecurityGroups = list
			s.Cluster.SelfManagedNodeGroups["workers"] = g
		}
	}
	const at, nodes = "cluster additionalSecurityGroups", "cluster selfManagedNodeGroups workers securityGroups"
	runRules(t, oldVPC, []ruleTest{
		{"three more", additional(ids(3)...), nil},
		{"four more", additional(ids(4)...), []want{{diag.ControlPlaneGroups, at, "5 security groups"}}},
		{"one twice", additional("sg-00000001", "sg-00000001"), []want{{diag.GroupTwice, at + " 1", "twice"}}},
		{"the one there is", additional("sg-12345678"), []want{{diag.GroupTwice, at + " 0", "securityGroup already"}}},
		{"malformed", additional("sg-1"), []want{{diag.InvalidID, at + " 0", "sg-1"}}},
		{"three for nodes", attached(ids(3)...), nil},
		{"four for nodes", attached(ids(4)...), []want{{diag.GroupQuota, nodes, "6 security groups"}}},
		{"the shared one for nodes", attached("sg-12345678"), []want{{diag.GroupTwice, nodes + " 0", "nodeSecurityGroup already"}}},
		{"malformed for nodes", attached("default"), []want{{diag.InvalidID, nodes + " 0", "default"}}},
	})
	runRules(t, newVPC, []ruleTest{
		{"in a new VPC", func(s *spec.Spec) { s.Cluster.AdditionalSecurityGroups = ids(1) }, []want{{diag.SecurityGroupConflict, at + " 0", "cannot be in it yet"}}},
	})
}

func TestRuleCounts(t *testing.T) {
	many := func(n int) func(*spec.Spec) {
		return func(s *spec.Spec) {
			all := rules{}
			for i := range n {
				all[fmt.Sprintf("r%d", i)] = rule("tcp", 443, peer{CIDR: fmt.Sprintf("10.1.%d.0/24", i)})
			}
			s.Cluster.SecurityGroup = &spec.SecurityGroup{Ingress: all}
		}
	}
	runRules(t, newVPC, []ruleTest{
		{"60", many(60), nil},
		{"61", many(61), []want{{diag.GroupQuota, "cluster securityGroup ingress", "61 rules"}}},
	})
}

// TestNodeTraffic takes nodes out of the security group that EKS makes, with
// all the rules that they need then, and leaves out one after the other.
func TestNodeTraffic(t *testing.T) {
	nodes, cluster := peer{Group: "nodes"}, peer{Group: "cluster"}
	apart := func(edit func(*spec.Cluster)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			c := &s.Cluster
			c.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"nodes": rule("tcp", 443, nodes)}}
			c.NodeSecurityGroup = &spec.NodeSecurityGroup{
				Ingress: rules{"kubelet": rule("tcp", 10250, cluster), "dns": rule("udp", 53, nodes), "dns-tcp": rule("tcp", 53, nodes)},
				Egress: rules{"api": rule("tcp", 443, cluster), "dns": rule("udp", 53, nodes), "dns-tcp": rule("tcp", 53, nodes),
					"https": rule("tcp", 443, peer{CIDR: "0.0.0.0/0"})},
			}
			edit(c)
		}
	}
	without := func(name string, egress bool) func(*spec.Spec) {
		return apart(func(c *spec.Cluster) {
			if egress {
				delete(c.NodeSecurityGroup.Egress, name)
			} else {
				delete(c.NodeSecurityGroup.Ingress, name)
			}
		})
	}
	missing := func(text string) []want {
		return []want{{diag.NodeTraffic, "cluster nodeSecurityGroup", text}}
	}
	runRules(t, newVPC, []ruleTest{
		{"all of them", apart(func(*spec.Cluster) {}), nil},
		{"nothing said of the API server", apart(func(c *spec.Cluster) { c.ClusterSecurityGroup = nil }), missing("add to cluster.clusterSecurityGroup")},
		{"through the endpoint's group", apart(func(c *spec.Cluster) {
			c.ClusterSecurityGroup, c.SecurityGroup = nil, &spec.SecurityGroup{Ingress: rules{"nodes": rule("tcp", 443, nodes)}}
		}), nil},
		{"a public endpoint", apart(func(c *spec.Cluster) { c.ClusterSecurityGroup, c.Endpoint = nil, spec.Endpoint{Public: true} }), nil},
		{"no way to the kubelets", without("kubelet", false), missing("tcp port 10250")},
		{"no DNS in", without("dns", false), missing("ingress of udp port 53")},
		{"no DNS over TCP in", without("dns-tcp", false), missing("ingress of tcp port 53")},
		{"no way to the API server, except over the internet", apart(func(c *spec.Cluster) {
			delete(c.NodeSecurityGroup.Egress, "api")
			c.NodeSecurityGroup.Egress["https"] = rule("tcp", 443, peer{CIDR: "192.0.2.0/24"})
		}), missing("nodes cannot reach the API server")},
		{"a block that holds the VPC", without("api", true), nil},
		{"no DNS out", without("dns", true), missing("egress to udp port 53")},
		{"no DNS over TCP out", without("dns-tcp", true), missing("egress to tcp port 53")},
		{"no way out", without("https", true), missing("cannot pull images")},
		{"every egress", apart(func(c *spec.Cluster) { c.NodeSecurityGroup.Egress = nil }), nil},
		{"no egress at all", apart(func(c *spec.Cluster) { c.NodeSecurityGroup.Egress = rules{} }), slices.Concat(
			missing("API server"), missing("CoreDNS"), missing("CoreDNS"), missing("pull images"))},
		{"a rule of the node group's own", func(s *spec.Spec) {
			without("kubelet", false)(s)
			group(func(g *spec.NodeGroup) { g.Ingress = rules{"kubelet": rule("tcp", 10250, cluster)} })(s)
		}, nil},
		{"a node group without the rule", func(s *spec.Spec) {
			without("kubelet", false)(s)
			group(func(g *spec.NodeGroup) { g.Ingress = rules{"kubelet": rule("tcp", 10250, cluster)} })(s)
			s.Cluster.NodeGroups["other"] = spec.NodeGroup{NodeGroupBase: groupBase()}
		}, []want{{diag.NodeTraffic, "cluster nodeGroups other", "10250"}}},
		{"egress that limits nothing", apart(func(c *spec.Cluster) { c.NodeSecurityGroup.WithClusterSecurityGroup = true }), []want{
			{diag.EgressEffect, "cluster nodeSecurityGroup egress", "limits nothing"}}},
		{"egress of a group that limits nothing", group(func(g *spec.NodeGroup) { g.Egress = rules{} }), []want{
			{diag.EgressEffect, "cluster nodeGroups general egress", "limits nothing"}}},
		{"egress beside a group that lets everything out", func(s *spec.Spec) {
			apart(func(c *spec.Cluster) { c.NodeSecurityGroup.Egress = nil })(s)
			group(func(g *spec.NodeGroup) { g.Egress = rules{} })(s)
		}, []want{{diag.EgressEffect, "cluster nodeGroups general egress", "write cluster.nodeSecurityGroup.egress"}}},
	})
}
