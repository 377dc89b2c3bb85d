package resolve

import (
	"net/netip"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

type aclRuleSet = map[string]spec.NetworkACLRule

func allowAll(cidr string, number int) spec.NetworkACLRule {
	return spec.NetworkACLRule{Number: number, Action: "allow", Protocol: "all", CIDR: cidr}
}

func allowPorts(protocol string, first, last int, cidr string, number int) spec.NetworkACLRule {
	return spec.NetworkACLRule{Number: number, Action: "allow", Protocol: protocol, Port: &first, ToPort: &last, CIDR: cidr}
}

func deny(rule spec.NetworkACLRule) spec.NetworkACLRule {
	rule.Action = "deny"
	return rule
}

func TestACLTraffic(t *testing.T) {
	acl := func(tier string, in, out aclRuleSet) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Network.NetworkACLs = map[string]spec.NetworkACL{"x": {Tier: tier, Ingress: in, Egress: out}}
		}
	}
	inside, outside := allowAll("10.0.0.0/16", 100), allowAll("0.0.0.0/0", 100)
	back := allowPorts("tcp", 1024, 65535, "0.0.0.0/0", 200)
	const in, out = "cluster network networkACLs x ingress", "cluster network networkACLs x egress"
	runRules(t, newVPC, []ruleTest{
		{"everything", acl("private", aclRuleSet{"a": outside}, aclRuleSet{"a": outside}), nil},
		{"the VPC and answers", acl("private", aclRuleSet{"a": inside, "b": back}, aclRuleSet{"a": outside}), nil},
		{"the VPC in halves", acl("private", aclRuleSet{"a": allowAll("10.0.0.0/17", 1), "b": allowAll("10.0.128.0/17", 2), "c": back}, aclRuleSet{"a": outside}), nil},
		{"only what is needed", acl("private", aclRuleSet{
			"api": allowPorts("tcp", 443, 443, "10.0.0.0/16", 1), "kubelet": allowPorts("tcp", 10250, 10250, "10.0.0.0/16", 2),
			"dns": allowPorts("udp", 53, 53, "10.0.0.0/16", 3), "dns-answers": allowPorts("udp", 32768, 60999, "10.0.0.0/16", 4), "back": back,
		}, aclRuleSet{"a": outside}), nil},
		{"no answers from outside", acl("private", aclRuleSet{"a": inside}, aclRuleSet{"a": outside}), []want{
			{diag.ACLInternet, in, `nodes cannot pull images and call AWS: no rule allows tcp ports 32768 to 60999 from 0.0.0.0/0; add a rule such as {protocol: "tcp", port: 1024, toPort: 65535, cidr: "0.0.0.0/0"}`}}},
		{"no kubelets", acl("private", aclRuleSet{"a": deny(allowPorts("tcp", 10000, 11000, "10.0.32.0/19", 1)), "b": deny(allowPorts("tcp", 10250, 10250, "10.0.64.0/24", 2)), "c": outside}, aclRuleSet{"a": outside}), []want{
			{diag.ACLTraffic, in + " b", `the control plane cannot reach the kubelets: this rule denies tcp port 10250 from 10.0.64.0/19; let one with a smaller number allow it`}}},
		{"an order that allows", acl("private", aclRuleSet{"a": deny(allowPorts("tcp", 10250, 10250, "10.0.64.0/24", 200)), "c": outside}, aclRuleSet{"a": outside}), nil},
		{"no DNS", acl("private", aclRuleSet{"a": outside}, aclRuleSet{"tcp": allowPorts("tcp", 0, 65535, "0.0.0.0/0", 1)}), []want{
			{diag.ACLTraffic, out, "pods cannot ask CoreDNS on other nodes: no rule allows udp port 53 to"},
			{diag.ACLTraffic, out, "pods cannot ask CoreDNS on other nodes: no rule allows udp ports 32768 to 60999 to"}}},
		{"a NAT gateway without answers", acl("public", aclRuleSet{"a": inside}, aclRuleSet{"a": outside}), []want{
			{diag.ACLInternet, in, "the NAT gateway cannot pass on what nodes ask for: no rule allows tcp ports 1024 to 65535 from 0.0.0.0/0"}}},
		{"a NAT gateway that nodes do not reach", acl("public", aclRuleSet{"a": back}, aclRuleSet{"a": outside}), []want{
			{diag.ACLTraffic, in, "no rule allows tcp port 443 from 10.0.0.0/19"}}},
		{"rules with a fault", acl("private", aclRuleSet{"a": {Number: 1, Protocol: "all", Action: "allow", CIDR: "x"}}, nil), []want{
			{diag.InvalidCIDR, in + " a cidr", "x"}}},
	})
	runRules(t, closedVPC, []ruleTest{
		{"endpoints in a tier of their own", func(s *spec.Spec) {
			n := &s.Cluster.Network
			n.Tiers.Isolated = &spec.Tier{}
			n.VPCEndpoints = &spec.VPCEndpoints{Subnets: "isolated"}
			acl("isolated", aclRuleSet{"a": allowPorts("tcp", 443, 443, "10.0.0.0/19", 1)}, aclRuleSet{"a": outside})(s)
		}, []want{{diag.ACLTraffic, in, "nodes cannot pull images and call AWS: no rule allows tcp port 443 from 10.0.64.0/19"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"unknown blocks", acl("private", aclRuleSet{"b": back}, aclRuleSet{"a": outside}), nil},
	})
}

func TestRegions(t *testing.T) {
	block := netip.MustParsePrefix
	a := region{0, 100, block("10.0.0.0/30")}
	for name, tt := range map[string]struct {
		b    region
		want int // addresses times ports
	}{
		"apart":        {region{200, 300, block("10.0.0.0/30")}, 404},
		"all":          {region{0, 100, block("10.0.0.0/8")}, 0},
		"some ports":   {region{10, 19, block("10.0.0.0/8")}, 364},
		"an address":   {region{0, 100, block("10.0.0.2/32")}, 303},
		"a middle":     {region{10, 19, block("10.0.0.2/31")}, 384},
		"beyond ports": {region{90, 300, block("10.0.0.0/30")}, 360},
	} {
		t.Run(name, func(t *testing.T) {
			got := 0
			for _, piece := range a.without(tt.b) {
				if piece.overlaps(tt.b) {
					t.Errorf("%v is in %v", piece, tt.b)
				}
				got += (piece.last - piece.first + 1) << (32 - piece.block.Bits())
			}
			if got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}
