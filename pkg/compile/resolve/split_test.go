package resolve

import (
	"maps"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestInternetGateway(t *testing.T) {
	closed := func(f func(n *spec.Network)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			n := &s.Cluster.Network
			n.VPC.InternetGateway = ptr(false)
			s.Cluster.NodeGroups = nil
			s.Workloads, s.Cluster.Addons = nil, nil
			f(n)
		}
	}
	const at = "cluster network "
	runRules(t, newVPC, []ruleTest{
		{"none", closed(func(*spec.Network) {}), nil},
		{"none, said twice", closed(func(n *spec.Network) { n.NATGateways = "none" }), nil},
		{"none for NAT", closed(func(n *spec.Network) { n.NATGateways = "single" }), []want{{diag.VPCChoice, at + "natGateways", "no internet gateway"}}},
		{"none for a public tier", closed(func(n *spec.Network) { n.Tiers.Public = &spec.Tier{} }), []want{{diag.VPCChoice, at + "tiers public", "no public subnets"}}},
		{"none for public subnets", closed(func(n *spec.Network) {
			n.Subnets.Public = map[string]spec.Subnet{"a": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.192.0/24"}}
		}), []want{{diag.VPCChoice, at + "subnets public", "no public subnets"}}},
		{"public nodes", func(s *spec.Spec) {
			s.Cluster.Network.VPC.InternetGateway = ptr(false)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, []want{{diag.EmptyTier, "cluster nodeGroups general subnets", "no public subnets"}, {diag.EmptyTier, "workloads nginx service", "internal"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"of an existing VPC", func(s *spec.Spec) { s.Cluster.Network.VPC.InternetGateway = ptr(true) }, []want{
			{diag.VPCChoice, at + "vpc internetGateway", "exists already"}}},
	})
}

func TestTiers(t *testing.T) {
	tiers := func(t spec.Tiers) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Network.VPC.SecondaryCIDRs = map[string]string{"pods": "100.64.0.0/16"}
			s.Cluster.Network.Tiers = t
		}
	}
	const at = "cluster network tiers "
	runRules(t, newVPC, []ruleTest{
		{"isolated and pod", tiers(spec.Tiers{Isolated: &spec.Tier{}, Pod: &spec.Tier{CIDR: "100.64.0.0/16"}}), nil},
		{"all with lengths", tiers(spec.Tiers{
			Public: &spec.Tier{PrefixLength: 24}, Private: &spec.Tier{PrefixLength: 20}, Isolated: &spec.Tier{PrefixLength: 28},
			Pod: &spec.Tier{CIDR: "100.64.128.0/17", PrefixLength: 20},
		}), nil},
		{"pod without a block", tiers(spec.Tiers{Pod: &spec.Tier{}}), []want{{diag.TierBlock, at + "pod", "add a cidr"}}},
		{"block outside the VPC", tiers(spec.Tiers{Pod: &spec.Tier{CIDR: "100.65.0.0/16"}}), []want{
			{diag.SubnetOutside, at + "pod cidr", "outside the VPC's blocks 10.0.0.0/16, 100.64.0.0/16"}}},
		{"block wider than the VPC's", tiers(spec.Tiers{Pod: &spec.Tier{CIDR: "100.64.0.0/15"}}), []want{{diag.SubnetOutside, at + "pod cidr", "outside"}}},
		{"malformed block", tiers(spec.Tiers{Pod: &spec.Tier{CIDR: "100.64.0.0"}}), []want{{diag.InvalidCIDR, at + "pod cidr", "not an IPv4 CIDR block"}}},
		{"subnets too large", tiers(spec.Tiers{Private: &spec.Tier{PrefixLength: 18}}), []want{{diag.TierBlock, at + "private prefixLength", "19 to 28, not 18"}}},
		{"subnets too small", tiers(spec.Tiers{Isolated: &spec.Tier{PrefixLength: 29}}), []want{{diag.TierBlock, at + "isolated prefixLength", "23 to 28, not 29"}}},
		{"block too small", tiers(spec.Tiers{Isolated: &spec.Tier{CIDR: "100.64.0.0/26"}}), []want{{diag.VPCSize, at + "isolated cidr", "ekscc divides /16 to /25"}}},
		{"blocks that overlap", tiers(spec.Tiers{Isolated: &spec.Tier{CIDR: "10.0.0.0/20"}}), []want{
			{diag.SubnetOverlap, at + "isolated cidr", "10.0.0.0/23 overlaps the private subnet \"a\""},
			{diag.SubnetOverlap, at + "isolated cidr", "10.0.4.0/23 overlaps the private subnet \"a\""}}},
		{"stated too", func(s *spec.Spec) {
			tiers(spec.Tiers{Isolated: &spec.Tier{}})(s)
			s.Cluster.Network.Subnets.Isolated = map[string]spec.Subnet{"db": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.240.0/24"}}
		}, []want{{diag.VPCChoice, at + "isolated", "stated"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"of an existing VPC", tiers(spec.Tiers{Isolated: &spec.Tier{}}), []want{{diag.VPCChoice, "cluster network tiers", "exists already"}}},
	})
}

func TestControlPlaneSubnets(t *testing.T) {
	control := func(tier string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Network.ControlPlaneSubnets = tier }
	}
	const at = "cluster network controlPlaneSubnets"
	runRules(t, newVPC, []ruleTest{
		{"public", control("public"), nil},
		{"isolated", func(s *spec.Spec) {
			control("isolated")(s)
			s.Cluster.Network.Tiers.Isolated = &spec.Tier{}
		}, nil},
		{"none there", control("isolated"), []want{{diag.EmptyTier, at, "no isolated subnets for the control plane"}}},
		{"one there", func(s *spec.Spec) {
			control("isolated")(s)
			s.Cluster.Network.Subnets.Isolated = map[string]spec.Subnet{"a": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.240.0/24"}}
		}, []want{{diag.TooFewZones, at, "the isolated subnets are all in ap-northeast-2a"}}},
	})
}

// A tier or a zone more moves no block of the others.
func TestTiersMoveNothing(t *testing.T) {
	before, after := newVPC(), newVPC()
	n := &after.Cluster.Network
	n.AvailabilityZones = append(n.AvailabilityZones, "ap-northeast-2b")
	n.VPC.SecondaryCIDRs = map[string]string{"pods": "100.64.0.0/16"}
	n.Tiers = spec.Tiers{Isolated: &spec.Tier{}, Pod: &spec.Tier{CIDR: "100.64.0.0/16"}}
	compare(t, Resolve(before), nil)
	compare(t, Resolve(after), nil)
	for _, tier := range spec.TierNames {
		for name, subnet := range before.Cluster.Network.Subnets.Tier(tier) {
			if got := n.Subnets.Tier(tier)[name]; got != subnet {
				t.Errorf("the %s subnet %s moves from %v to %v", tier, name, subnet, got)
			}
		}
	}
	if got := n.Subnets.Isolated["c"].CIDR; got != "10.0.244.0/23" {
		t.Errorf("isolated c is %s", got)
	}
	if got := n.Subnets.Pod["b"].CIDR; got != "100.64.32.0/19" {
		t.Errorf("pod b is %s", got)
	}
}

func TestSecondaryCIDRs(t *testing.T) {
	blocks := func(vpc string, secondary ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Network.VPC.CIDR = vpc
			s.Cluster.Network.VPC.SecondaryCIDRs = map[string]string{}
			for i, cidr := range secondary {
				s.Cluster.Network.VPC.SecondaryCIDRs[string(rune('a'+i))] = cidr
			}
		}
	}
	const a, b = "cluster network vpc secondaryCIDRs a", "cluster network vpc secondaryCIDRs b"
	runRules(t, newVPC, []ruleTest{
		{"shared address space", blocks("10.0.0.0/16", "100.64.0.0/16", "100.65.0.0/24"), nil},
		{"of the same range", blocks("10.2.0.0/16", "10.3.0.0/16"), nil},
		{"public", blocks("192.168.0.0/16", "203.0.112.0/20"), nil},
		{"malformed", blocks("10.0.0.0/16", "100.64"), []want{{diag.InvalidCIDR, a, "not an IPv4"}}},
		{"too large", blocks("10.0.0.0/16", "100.64.0.0/15"), []want{{diag.VPCSize, a, "not /15"}}},
		{"overlapping the primary", blocks("10.0.0.0/16", "10.0.4.0/24"), []want{{diag.SecondaryCIDR, a, "primary block 10.0.0.0/16"}}},
		{"overlapping another", blocks("10.0.0.0/16", "100.64.0.0/16", "100.64.1.0/24"), []want{{diag.SecondaryCIDR, b, `the VPC's block "a"`}}},
		{"of another private range", blocks("10.0.0.0/16", "192.168.4.0/24"), []want{{diag.SecondaryCIDR, a, "nothing of 192.168.0.0/16"}}},
		{"beside 172.16.0.0/12", blocks("172.16.0.0/16", "172.31.0.0/24"), []want{{diag.SecondaryCIDR, a, "nothing of 172.31.0.0/16"}}},
		{"10.0 beside 10.1", blocks("10.1.0.0/16", "10.0.0.0/24"), []want{{diag.SecondaryCIDR, a, "nothing of 10.0.0.0/16"}}},
		{"private beside shared", blocks("100.64.0.0/16", "10.0.0.0/16"), []want{{diag.SecondaryCIDR, a, "nothing of 10.0.0.0/8"}}},
		{"link-local", blocks("10.0.0.0/16", "169.254.4.0/24"), []want{{diag.SecondaryCIDR, a, "reserved"}}},
		{"over the services", func(s *spec.Spec) {
			blocks("172.16.0.0/16", "172.20.0.0/16")(s)
			s.Cluster.ServiceCIDR = "172.20.0.0/16"
		}, []want{{diag.ServiceCIDR, "cluster serviceCIDR", `the VPC's block "a"`}}},
		{"over the default of the services", blocks("172.16.0.0/16", "172.20.0.0/16"), nil},
	})
	runRules(t, oldVPC, []ruleTest{
		{"what an existing VPC has", blocks("10.0.0.0/16", "192.168.4.0/24"), nil},
		{"what an existing VPC has twice", blocks("10.0.0.0/16", "10.0.4.0/24"), []want{{diag.SecondaryCIDR, a, "primary block"}}},
	})
}

func TestFixedSubnets(t *testing.T) {
	s := newVPC()
	s.Cluster.Region = "us-east-1"
	s.Cluster.Network.AvailabilityZones = []string{"us-east-1a", "us-east-1b", "us-east-1f"}
	compare(t, Resolve(s), nil)
	got := s.Cluster.Network.Subnets
	want := spec.Subnets{
		Private: map[string]spec.Subnet{
			"a": {AvailabilityZone: "us-east-1a", CIDR: "10.0.0.0/19"},
			"b": {AvailabilityZone: "us-east-1b", CIDR: "10.0.32.0/19"},
			"f": {AvailabilityZone: "us-east-1f", CIDR: "10.0.160.0/19"},
		},
		Public: map[string]spec.Subnet{
			"a": {AvailabilityZone: "us-east-1a", CIDR: "10.0.192.0/21"},
			"b": {AvailabilityZone: "us-east-1b", CIDR: "10.0.200.0/21"},
			"f": {AvailabilityZone: "us-east-1f", CIDR: "10.0.232.0/21"},
		},
	}
	if !maps.Equal(got.Private, want.Private) || !maps.Equal(got.Public, want.Public) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// All six zones fit into the smallest VPC, without overlap, and the last
// sixteenth of it stays free.
func TestSubnetsOfSmallestVPC(t *testing.T) {
	s := newVPC()
	s.Cluster.Region = "us-east-1"
	s.Cluster.Network.VPC.CIDR = "10.1.2.0/23"
	s.Cluster.Network.AvailabilityZones = []string{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"}
	compare(t, Resolve(s), nil)
	if last := s.Cluster.Network.Subnets.Public["f"].CIDR; last != "10.1.3.208/28" {
		t.Errorf("the last public subnet is %s", last)
	}
}
