package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestIPv6Blocks(t *testing.T) {
	dual := func(f func(n *spec.Network)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Network.VPC.IPv6 = ptr(true)
			f(&s.Cluster.Network)
		}
	}
	isolated := func(index *int) func(*spec.Spec) {
		return dual(func(n *spec.Network) {
			n.Subnets.Isolated = map[string]spec.Subnet{"db": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.240.0/24", IPv6Index: index}}
		})
	}
	const at = "cluster network subnets isolated db"
	runRules(t, newVPC, []ruleTest{
		{"dual stack", dual(func(*spec.Network) {}), nil},
		{"an IPv6 cluster", func(s *spec.Spec) { s.Cluster.IPFamily = spec.IPv6 }, nil},
		{"an IPv6 cluster without", func(s *spec.Spec) {
			s.Cluster.IPFamily = spec.IPv6
			s.Cluster.Network.VPC.IPv6 = ptr(false)
		}, []want{{diag.IPv6Block, "cluster network vpc ipv6", "pods of an IPv6 cluster"}}},
		{"a stated number", isolated(ptr(255)), nil},
		{"a number that another has", isolated(ptr(16)), []want{{diag.IPv6Block, at + " ipv6Index", `the public subnet "a" has the IPv6 block 16 already`}}},
		{"a number out of range", isolated(ptr(256)), []want{{diag.IPv6Block, at + " ipv6Index", "0 to 255"}}},
		{"a number without IPv6", func(s *spec.Spec) {
			isolated(ptr(1))(s)
			s.Cluster.Network.VPC.IPv6 = nil
		}, []want{{diag.IPv6Block, at + " ipv6Index", "no IPv6 block"}}},
		{"two in a zone", dual(func(n *spec.Network) {
			n.Subnets.Isolated = map[string]spec.Subnet{
				"cache": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.240.0/24"},
				"db":    {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.241.0/24"},
			}
		}), []want{{diag.IPv6Block, at + " ipv6Index", `the isolated subnet "cache" has the IPv6 block 32 already`}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"in an existing VPC", func(s *spec.Spec) { s.Cluster.Network.VPC.IPv6 = ptr(true) }, []want{{diag.VPCChoice, "cluster network vpc ipv6", "exists already"}}},
		{"an IPv6 cluster in an existing VPC", func(s *spec.Spec) { s.Cluster.IPFamily = spec.IPv6 }, nil},
	})
}

// The numbers depend on tier and zone alone.
func TestIPv6Numbers(t *testing.T) {
	s := newVPC()
	n := &s.Cluster.Network
	n.VPC.IPv6, n.VPC.SecondaryCIDRs = ptr(true), map[string]string{"pods": "100.64.0.0/16"}
	n.Tiers = spec.Tiers{Isolated: &spec.Tier{}, Pod: &spec.Tier{CIDR: "100.64.0.0/16"}}
	compare(t, Resolve(s), nil)
	for tier, want := range map[string]int{"private": 2, "public": 18, "isolated": 34, "pod": 50} {
		if got := n.Subnets.Tier(tier)["c"].IPv6Index; got == nil || *got != want {
			t.Errorf("the %s subnet c has the number %v, want %d", tier, got, want)
		}
	}
}
