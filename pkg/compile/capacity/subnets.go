package capacity

import (
	"net/netip"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// Verdict says whether a subnet holds what needs its addresses.
type Verdict string

// The verdicts.
const (
	Fits     Verdict = "fits"
	Tight    Verdict = "tight"     // not if all nodes are full of pods
	TooSmall Verdict = "too small" // not even if all nodes have one pod each
	Unknown  Verdict = "unknown"   // the spec does not state the subnet's block
)

// reserved is how many addresses of each subnet AWS keeps: the first four and
// the last; see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html.
const reserved = 5

// A Subnet is a subnet with all that needs its addresses at once when every
// group has max nodes.
type Subnet struct {
	Tier string `json:"tier"`
	Name string `json:"name"`
	ID   string `json:"id,omitempty"`
	Zone string `json:"zone"`
	// CIDR is empty where the spec does not state it.
	CIDR string `json:"cidr,omitempty"`
	// Usable is how many addresses the subnet has for all; nil where it is not
	// known.
	Usable *int  `json:"usable"`
	Uses   []Use `json:"uses"`
	// Least is how many addresses are needed where every node has one pod, and
	// Most where every node is full of them.
	Least  int     `json:"least"`
	Most   int     `json:"most"`
	Result Verdict `json:"verdict"`
}

// A Use is something that needs addresses of a subnet.
type Use struct {
	What string `json:"what"`
	// Group is the node group that it is of, if it is of one.
	Group string `json:"group,omitempty"`
	// Least is what it needs where every node has one pod, and Full where every
	// node is full of them.
	Least Addresses `json:"least"`
	Full  Addresses `json:"most"`
}

func subnetsOf(s *spec.Spec, groups []Group) []Subnet {
	subnets := []Subnet{}
	n := &s.Cluster.Network
	for _, tier := range spec.TierNames {
		for _, name := range sorted(n.Subnets.Tier(tier)) {
			subnet := n.Subnets.Tier(tier)[name]
			subnets = append(subnets, Subnet{Tier: tier, Name: name, ID: subnet.ID, Zone: subnet.AvailabilityZone, CIDR: subnet.CIDR, Uses: []Use{}})
		}
	}
	l := ledger{subnets}
	l.addNetwork(&s.Cluster)
	for _, g := range groups {
		l.addGroup(g)
	}
	if s.Cluster.IPFamily != spec.IPv6 {
		l.addFargate(s)
	}
	l.addLoadBalancers(s)
	for i := range subnets {
		subnets[i].judge()
	}
	return subnets
}

// judge compares what is needed with what there is.
func (s *Subnet) judge() {
	var least, full Addresses
	for _, u := range s.Uses {
		least, full = least.add(u.Least), full.add(u.Full)
	}
	s.Least, s.Most, s.Result = least.Total(), full.Total(), Unknown
	block, err := netip.ParsePrefix(s.CIDR)
	if err != nil || !block.Addr().Is4() || block.Bits() > 28 {
		return
	}
	usable := 1<<(32-block.Bits()) - reserved
	s.Usable = &usable
	switch {
	case full.fit(usable):
		s.Result = Fits
	case least.fit(usable):
		s.Result = Tight
	default:
		s.Result = TooSmall
	}
}

// fit reports whether the addresses find room in a subnet at best. Prefixes
// take whole blocks, of which the first and the last are broken by what AWS
// keeps; single addresses fill those two before others.
func (a Addresses) fit(usable int) bool {
	blocks := (usable+reserved)/prefixSize - 2
	broken := 2*prefixSize - reserved
	whole := a.Prefixes + ceil(max(a.Single-broken, 0), prefixSize)
	return a.Total() <= usable && (a.Prefixes == 0 || whole <= blocks)
}

// A ledger notes who needs addresses of which subnet.
type ledger struct{ subnets []Subnet }

// tier returns the subnets of a tier, in the order of their names.
func (l ledger) tier(name string) []*Subnet {
	var found []*Subnet
	for i := range l.subnets {
		if l.subnets[i].Tier == name {
			found = append(found, &l.subnets[i])
		}
	}
	return found
}

// firstOfZones returns the first subnet of a tier in each zone.
func (l ledger) firstOfZones(tier string) []*Subnet {
	var found []*Subnet
	for _, s := range l.tier(tier) {
		if !slices.ContainsFunc(found, func(f *Subnet) bool { return f.Zone == s.Zone }) {
			found = append(found, s)
		}
	}
	return found
}

func (s *Subnet) add(u Use) {
	if u.Full.Total() > 0 {
		s.Uses = append(s.Uses, u)
	}
}

// spread calls f with each subnet of a tier in these zones, or in all of them
// if there are none, and how many of n nodes it has at most: zones have the
// same number of them, and the subnets of a zone too.
func (l ledger) spread(tier string, zones []string, n int, f func(s *Subnet, nodes int)) {
	perZone, among := map[string]int{}, []*Subnet{}
	for _, s := range l.tier(tier) {
		if len(zones) == 0 || slices.Contains(zones, s.Zone) {
			perZone[s.Zone]++
			among = append(among, s)
		}
	}
	for _, s := range among {
		f(s, ceil(ceil(n, len(perZone)), perZone[s.Zone]))
	}
}

// addGroup notes the nodes and the pods of a group. Of a group whose types are
// not known, it notes the nodes' own addresses; of one whose nodes have weights,
// nobody knows how many there are.
func (l ledger) addGroup(g Group) {
	if g.Weighted {
		return
	}
	l.spread(g.Tier, g.base.AvailabilityZones, g.Max, func(s *Subnet, nodes int) {
		own := Addresses{Single: nodes}
		s.add(Use{What: "nodes of " + g.Name, Group: g.Name, Least: own, Full: own})
		least, full := g.idle.All(), g.full.All()
		if g.elsewhere {
			least, full = g.idle.First, g.full.First
		}
		s.add(Use{What: "pods of " + g.Name, Group: g.Name, Least: least.times(nodes), Full: full.times(nodes)})
	})
	if g.elsewhere {
		l.spread("pod", g.base.AvailabilityZones, g.Max, func(s *Subnet, nodes int) {
			s.add(Use{What: "pods of " + g.Name, Group: g.Name, Least: g.idle.Rest.times(nodes), Full: g.full.Rest.times(nodes)})
		})
	}
}
