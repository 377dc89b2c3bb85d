package resolve

import (
	"fmt"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestNewNetwork(t *testing.T) {
	network := func(f func(n *spec.Network)) func(*spec.Spec) {
		return func(s *spec.Spec) { f(&s.Cluster.Network) }
	}
	vpc := func(cidr string) func(*spec.Spec) {
		return network(func(n *spec.Network) { n.VPC.CIDR = cidr })
	}
	zones := func(zones ...string) func(*spec.Spec) {
		return network(func(n *spec.Network) { n.AvailabilityZones = zones })
	}
	nat := func(kind string) func(*spec.Spec) {
		return network(func(n *spec.Network) { n.NATGateways = kind })
	}
	const zonesPath, cidrPath = "cluster network availabilityZones", "cluster network vpc cidr"
	runRules(t, newVPC, []ruleTest{
		{"neither id nor cidr", vpc(""), []want{{diag.VPCChoice, "cluster network vpc", "neither id nor cidr"}}},
		{"natAddresses", network(func(n *spec.Network) { n.NATAddresses = []string{"203.0.113.1/32"} }), []want{
			{diag.VPCChoice, "cluster network natAddresses", "not known before"}}},
		{"smallest that splits", vpc("10.0.0.0/23"), nil},
		{"too small to split", vpc("10.0.0.0/24"), []want{{diag.VPCSize, cidrPath, "ekscc divides /16 to /23"}}},
		{"too large", vpc("10.0.0.0/8"), []want{{diag.VPCSize, cidrPath, "not /8"}}},
		{"malformed", vpc("10.0.0.0/33"), []want{{diag.InvalidCIDR, cidrPath, "not an IPv4 CIDR block"}}},
		{"host bits", vpc("10.0.1.0/16"), []want{{diag.InvalidCIDR, cidrPath, `10.0.1.0/16 has host bits set; did you mean "10.0.0.0/16"?`}}},
		{"no zones", zones(), []want{{diag.TooFewZones, zonesPath, "there are none"}}},
		{"one zone", zones("ap-northeast-2a"), []want{{diag.TooFewZones, zonesPath, "all are in ap-northeast-2a"}}},
		{"zone twice", zones("ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2a"), []want{{diag.UnknownZone, zonesPath + " 2", "twice"}}},
		{"zone of another region", zones("ap-northeast-2a", "eu-west-1a"), []want{{diag.UnknownZone, zonesPath + " 1", "in eu-west-1, but the cluster is in ap-northeast-2"}}},
		{"zone that does not exist", zones("ap-northeast-2a", "ap-northeast-2z"), []want{{diag.UnknownZone, zonesPath + " 1", "its zones are ap-northeast-2a"}}},
		{"empty zone", zones("ap-northeast-2a", ""), []want{{diag.UnknownZone, zonesPath + " 1", `""`}}},
		{"NAT per zone", nat("perZone"), nil},
		{"no NAT, public nodes", func(s *spec.Spec) {
			nat("none")(s)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, nil},
	})
}

func TestStatedSubnetsOfNewVPC(t *testing.T) {
	private := func(f func(n *spec.Network)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			n := &s.Cluster.Network
			n.AvailabilityZones = nil
			n.Subnets.Private = map[string]spec.Subnet{
				"one": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.0.0/24"},
				"two": {AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.1.0/24"},
			}
			f(n)
		}
	}
	set := func(name string, subnet spec.Subnet) func(*spec.Spec) {
		return private(func(n *spec.Network) { n.Subnets.Private[name] = subnet })
	}
	const two = "cluster network subnets private two"
	runRules(t, newVPC, []ruleTest{
		{"private ones", private(func(*spec.Network) {}), nil},
		{"without a block", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b"}), []want{
			{diag.SubnetFields, two, "needs a CIDR block"}}},
		{"with an id", set("two", spec.Subnet{ID: "subnet-12345678", AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.1.0/24"}), []want{
			{diag.SubnetFields, two + " id", "cannot exist already"}}},
		{"outside the VPC", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b", CIDR: "10.1.1.0/24"}), []want{
			{diag.SubnetOutside, two + " cidr", "10.0.0.0/16"}}},
		{"wider than the VPC", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.0.0/15"}), []want{
			{diag.VPCSize, two + " cidr", "not /15"}}},
		{"too small", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.1.0/29"}), []want{
			{diag.VPCSize, two + " cidr", "not /29"}}},
		{"overlapping", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.0.128/25"}), []want{
			{diag.SubnetOverlap, two + " cidr", `10.0.0.128/25 overlaps the private subnet "one", 10.0.0.0/24`}}},
		{"overlapping a computed one", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.200.0/24"}), []want{
			{diag.SubnetOverlap, two + " cidr", "the subnets of that tier too"}}},
		{"malformed", set("two", spec.Subnet{AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.1/24"}), []want{
			{diag.InvalidCIDR, two + " cidr", "10.0.1/24"}}},
		{"zone of another region", set("three", spec.Subnet{AvailabilityZone: "eu-west-1a", CIDR: "10.0.2.0/24"}), []want{
			{diag.UnknownZone, "cluster network subnets private three availabilityZone", "eu-west-1"}}},
		{"zone not listed", private(func(n *spec.Network) {
			n.AvailabilityZones = []string{"ap-northeast-2a", "ap-northeast-2c"}
		}), []want{{diag.UnknownZone, two + " availabilityZone", "not in network.availabilityZones"}}},
		{"both tiers in one zone", private(func(n *spec.Network) {
			delete(n.Subnets.Private, "two")
			n.Subnets.Public = map[string]spec.Subnet{"one": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.1.0/24"}}
		}), []want{{diag.TooFewZones, "cluster network subnets", "all are in ap-northeast-2a"}}},
		{"NAT per zone without a place", private(func(n *spec.Network) {
			n.NATGateways = "perZone"
			n.Subnets.Public = map[string]spec.Subnet{"one": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.2.0/24"}}
		}), []want{{diag.NoRouteOut, two + " availabilityZone", "ap-northeast-2b has no public subnet"}}},
		{"small VPC with both tiers", private(func(n *spec.Network) {
			n.VPC.CIDR = "10.0.0.0/26"
			n.Subnets = spec.Subnets{
				Public: map[string]spec.Subnet{
					"a": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.0.0/28"},
					"b": {AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.0.16/28"},
				},
				Private: map[string]spec.Subnet{
					"a": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.0.32/28"},
					"b": {AvailabilityZone: "ap-northeast-2b", CIDR: "10.0.0.48/28"},
				},
			}
		}), []want{{diag.SubnetAddresses, "cluster nodeGroups general scaling max", "needs 46 addresses and has 11"}}},
	})
}

func TestZoneWithoutFixedBlock(t *testing.T) {
	s := newVPC()
	s.Cluster.Region = "mars-north-1" // an unknown region's zones are not checked
	s.Cluster.Network.AvailabilityZones = []string{"mars-north-1a", "mars-north-1g"}
	compare(t, Resolve(s), []want{
		{diag.SubnetFields, "cluster network availabilityZones 1", "the zones a to f"},
		{diag.UnknownRegion, "cluster region", "mars"},
	})
}

func TestExistingNetwork(t *testing.T) {
	network := func(f func(n *spec.Network)) func(*spec.Spec) {
		return func(s *spec.Spec) { f(&s.Cluster.Network) }
	}
	public := func(name string, subnet spec.Subnet) func(*spec.Spec) {
		return network(func(n *spec.Network) { n.Subnets.Public[name] = subnet })
	}
	const c = "cluster network subnets public c"
	runRules(t, oldVPC, []ruleTest{
		{"without the VPC's block", network(func(n *spec.Network) { n.VPC.CIDR = "" }), nil},
		{"id of something else", network(func(n *spec.Network) { n.VPC.ID = "vpc-xyz" }), []want{
			{diag.InvalidID, "cluster network vpc id", "not the id of a VPC"}}},
		{"natGateways", network(func(n *spec.Network) { n.NATGateways = "single" }), []want{
			{diag.VPCChoice, "cluster network natGateways", "exists already"}}},
		{"availabilityZones", network(func(n *spec.Network) { n.AvailabilityZones = []string{"ap-northeast-2a"} }), []want{
			{diag.VPCChoice, "cluster network availabilityZones", "exists already"}}},
		{"no subnets", network(func(n *spec.Network) { n.Subnets = spec.Subnets{} }), []want{
			{diag.TooFewZones, "cluster network subnets", "there are none"}}},
		{"a zone for each tier", network(func(n *spec.Network) {
			delete(n.Subnets.Public, "a")
			delete(n.Subnets.Private, "c")
		}), []want{{diag.TooFewZones, "cluster network subnets", "no tier has them"}}},
		{"subnets of other tiers only", network(func(n *spec.Network) {
			n.ControlPlaneSubnets = "public"
			n.Subnets = spec.Subnets{Isolated: n.Subnets.Private}
		}), []want{{diag.EmptyTier, "cluster network controlPlaneSubnets", "no public subnets"}}},
		{"two zones in the public tier alone", network(func(n *spec.Network) { delete(n.Subnets.Private, "c") }), nil},
		{"subnet without id", public("c", spec.Subnet{AvailabilityZone: "ap-northeast-2c"}), []want{
			{diag.SubnetFields, c, "needs its id"}}},
		{"subnet with a wrong id", public("c", spec.Subnet{ID: "subnet-123", AvailabilityZone: "ap-northeast-2c"}), []want{
			{diag.InvalidID, c + " id", "8 or 17"}}},
		{"subnet twice", public("c", spec.Subnet{ID: "subnet-0000000000000000a", AvailabilityZone: "ap-northeast-2c"}), []want{
			{diag.SubnetOverlap, c + " id", `is the public subnet "a" already`}}},
		{"subnet of a further block", public("c", spec.Subnet{ID: "subnet-0000000000000000c", AvailabilityZone: "ap-northeast-2c", CIDR: "100.64.0.0/20"}), nil},
		{"subnet overlapping", public("c", spec.Subnet{ID: "subnet-0000000000000000c", AvailabilityZone: "ap-northeast-2c", CIDR: "10.0.8.0/24"}), []want{
			{diag.SubnetOverlap, c + " cidr", `the public subnet "a"`}}},
		{"tier that nodes lack", network(func(n *spec.Network) { n.Subnets.Private = nil }), []want{
			{diag.EmptyTier, "cluster selfManagedNodeGroups workers subnets", "no private subnets"}}},
		{"tier that an ACL lacks", network(func(n *spec.Network) {
			n.Subnets.Public = nil
			n.NetworkACLs = map[string]spec.NetworkACL{"edge": {Tier: "public"}}
		}), []want{{diag.ACLTier, "cluster network networkACLs edge tier", "no public subnets"}}},
	})
}

func TestServiceCIDR(t *testing.T) {
	service := func(cidr string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.ServiceCIDR = cidr }
	}
	const at = "cluster serviceCIDR"
	runRules(t, newVPC, []ruleTest{
		{"smallest", service("10.100.0.0/24"), nil},
		{"largest", service("172.16.0.0/12"), nil},
		{"too small", service("10.100.0.0/25"), []want{{diag.ServiceCIDR, at, "/12 to /24"}}},
		{"too large and over the VPC", service("10.0.0.0/11"), []want{
			{diag.ServiceCIDR, at, "/11"}, {diag.ServiceCIDR, at, "VPC"}}},
		{"public", service("20.0.0.0/16"), []want{{diag.ServiceCIDR, at, "outside"}}},
		{"inside the VPC", service("10.0.64.0/20"), []want{{diag.ServiceCIDR, at, "overlaps the VPC's block 10.0.0.0/16"}}},
		{"malformed", service("10.100.0.0"), []want{{diag.ServiceCIDR, at, "not an IPv4 CIDR block"}}},
		{"host bits", service("10.100.0.1/16"), []want{{diag.ServiceCIDR, at, `did you mean "10.100.0.0/16"?`}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"over a subnet of a further block", func(s *spec.Spec) {
			service("10.200.0.0/16")(s)
			n := &s.Cluster.Network
			n.Subnets.Public["a"] = spec.Subnet{ID: "subnet-0000000000000000a", AvailabilityZone: "ap-northeast-2a", CIDR: "10.200.1.0/24"}
		}, []want{{diag.ServiceCIDR, at, `overlaps the public subnet "a"`}}},
	})
}

func TestDefaultServiceCIDRAvoidsVPC(t *testing.T) {
	s := newVPC()
	s.Cluster.Network.VPC.CIDR = "172.20.0.0/16"
	compare(t, Resolve(s), nil)
	if got := s.Cluster.ServiceCIDR; got != "10.100.0.0/16" {
		t.Errorf("got %s", got)
	}
}

// withoutNodes is newVPC with nothing that network ACLs could stand in the way
// of.
func withoutNodes() *spec.Spec {
	s := newVPC()
	s.Cluster.NodeGroups, s.Cluster.Addons, s.Workloads = nil, nil, nil
	return s
}

func TestNetworkACLs(t *testing.T) {
	allow := spec.NetworkACLRule{Number: 100, Action: "allow", Protocol: "all", CIDR: "0.0.0.0/0"}
	acl := func(rules ...spec.NetworkACLRule) func(*spec.Spec) {
		return func(s *spec.Spec) {
			in := map[string]spec.NetworkACLRule{}
			for i, r := range rules {
				in[string(rune('a'+i))] = r
			}
			s.Cluster.Network.NetworkACLs = map[string]spec.NetworkACL{"private": {
				Tier: "private", Ingress: in, Egress: map[string]spec.NetworkACLRule{"all": allow}}}
		}
	}
	tcp := func(port, to *int) spec.NetworkACLRule {
		return spec.NetworkACLRule{Number: 1, Action: "allow", Protocol: "tcp", Port: port, ToPort: to, CIDR: "0.0.0.0/0"}
	}
	numbered := func(n int) spec.NetworkACLRule { r := allow; r.Number = n; return r }
	const in = "cluster network networkACLs private ingress "
	runRules(t, withoutNodes, []ruleTest{
		{"rules", acl(allow, tcp(ptr(443), nil), numbered(32766)), nil},
		{"number 0", acl(numbered(0)), []want{{diag.ACLRule, in + "a number", "1 to 32766"}}},
		{"number 32767", acl(numbered(32767)), []want{{diag.ACLRule, in + "a number", "1 to 32766"}}},
		{"number twice", acl(allow, allow), []want{{diag.ACLRule, in + "b number", `"a" has the number 100`}}},
		{"tcp without port", acl(tcp(nil, nil)), []want{{diag.InvalidPort, in + "a", "needs a port"}}},
		{"all with port", acl(spec.NetworkACLRule{Number: 1, Protocol: "all", Port: ptr(1), CIDR: "0.0.0.0/0"}), []want{
			{diag.InvalidPort, in + "a", "has no ports"}}},
		{"range backwards", acl(tcp(ptr(443), ptr(80))), []want{{diag.InvalidPort, in + "a toPort", "ends before it begins"}}},
		{"port too high", acl(tcp(ptr(65536), nil)), []want{{diag.InvalidPort, in + "a port", "0 to 65535"}}},
		{"range too high", acl(tcp(ptr(0), ptr(65536))), []want{{diag.InvalidPort, in + "a toPort", "0 to 65535"}}},
		{"cidr", acl(spec.NetworkACLRule{Number: 1, Protocol: "all", CIDR: "anywhere"}), []want{
			{diag.InvalidCIDR, in + "a cidr", "anywhere"}}},
		{"too many", func(s *spec.Spec) {
			acl(allow)(s)
			for i := range 40 {
				s.Cluster.Network.NetworkACLs["private"].Ingress[fmt.Sprintf("rule-%d", i)] = numbered(i + 1)
			}
		}, []want{{diag.ACLRule, "cluster network networkACLs private ingress", "41 rules; EC2 allows 40"}}},
		{"IPv6", acl(spec.NetworkACLRule{Number: 1, Protocol: "all", IPv6CIDR: "::/0"}), nil},
		{"IPv6 in the wrong field", acl(spec.NetworkACLRule{Number: 1, Protocol: "all", IPv6CIDR: "0.0.0.0/0"}), []want{
			{diag.InvalidCIDR, in + "a ipv6CIDR", "not an IPv6"}}},
		{"for nobody", acl(spec.NetworkACLRule{Number: 1, Protocol: "all"}), []want{{diag.ACLRule, in + "a", "neither cidr nor ipv6CIDR"}}},
		{"for both", acl(spec.NetworkACLRule{Number: 1, Protocol: "all", CIDR: "0.0.0.0/0", IPv6CIDR: "::/0"}), []want{{diag.ACLRule, in + "a", "both"}}},
		{"two for a tier", func(s *spec.Spec) {
			acl(allow)(s)
			s.Cluster.Network.NetworkACLs["second"] = spec.NetworkACL{Tier: "private"}
		}, []want{{diag.ACLTier, "cluster network networkACLs second tier", `"private" already`}}},
	})
}
