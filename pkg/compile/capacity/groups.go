package capacity

import (
	"fmt"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// A Group is a node group, and how many pods its nodes take.
type Group struct {
	Name string `json:"name"`
	// Kind is "managed" or "selfManaged".
	Kind          string   `json:"kind"`
	InstanceTypes []string `json:"instanceTypes"`
	// Unknown are those of them that the catalog does not have. Nothing is
	// known of the group's nodes then.
	Unknown []string `json:"unknown,omitempty"`
	Min     int      `json:"min"`
	Desired int      `json:"desired"`
	Max     int      `json:"max"`
	// Weighted says that a node counts for as many as its type's weight, so that
	// min, desired and max are no numbers of nodes.
	Weighted bool `json:"weighted,omitempty"`
	// Tier is the tier of subnets that the nodes are in.
	Tier string `json:"tier"`
	// PodsPerNode is how many pods a node takes, those of aws-node and
	// kube-proxy included; 0 where it is not known. Of nodes of several types
	// it is the smallest.
	PodsPerNode int `json:"podsPerNode"`
	// Because says where PodsPerNode comes from.
	Because string `json:"because"`
	// Pods is how many pods max nodes take.
	Pods int `json:"pods"`
	// Addresses is how many IPv4 addresses max nodes need that are full of
	// pods; 0 where it is not known.
	Addresses int `json:"addresses"`

	types []catalog.InstanceType
	// idle is what a node with one pod needs, and full what one needs that is
	// full of them. Elsewhere says that what is not on the first interface is of
	// the subnets for pods.
	idle, full Need
	elsewhere  bool
	base       spec.NodeGroupBase
}

func groupsOf(c *spec.Cluster) []Group {
	groups := []Group{}
	for _, name := range sorted(c.NodeGroups) {
		groups = append(groups, groupOf(name, "managed", c.NodeGroups[name].NodeGroupBase))
	}
	for _, name := range sorted(c.SelfManagedNodeGroups) {
		own := c.SelfManagedNodeGroups[name]
		g := groupOf(name, "selfManaged", own.NodeGroupBase)
		g.Weighted = own.MixedInstances != nil && len(own.MixedInstances.Weights) > 0
		groups = append(groups, g)
	}
	p := PluginOf(c)
	inForce := p.InForce(c)
	podSubnets := len(c.Network.Subnets.Pod) > 0
	windows := WindowsOf(c)
	for i := range groups {
		switch g := &groups[i]; {
		case g.Weighted:
			g.Because = "nodes have weights"
		case !g.known():
			g.Because = "the instance type is not known"
		case g.base.Image.Family.IsWindows():
			g.countPods(windows, windows)
			g.countAddresses(windows)
		default:
			g.countPods(p, inForce)
			g.countAddresses(p)
			g.elsewhere = p.CustomNetworking || p.Discovery && podSubnets
		}
	}
	return groups
}

// SizedByEKS reports whether EKS tells the nodes how many pods they take.
func (g Group) SizedByEKS() bool { return g.Kind == "managed" && !g.base.Image.IsCustom() }

func (g Group) known() bool { return len(g.types) > 0 && len(g.Unknown) == 0 && g.Max > 0 }

func groupOf(name, kind string, base spec.NodeGroupBase) Group {
	g := Group{
		Name: name, Kind: kind, InstanceTypes: base.InstanceTypes, Tier: base.Subnets,
		Min: base.Scaling.Min, Max: base.Scaling.Max, Desired: base.Scaling.Min, base: base,
	}
	if base.Scaling.Desired != nil {
		g.Desired = *base.Scaling.Desired
	}
	for _, name := range base.InstanceTypes {
		if t, ok := catalog.LookupInstanceType(name); ok {
			g.types = append(g.types, t)
		} else {
			g.Unknown = append(g.Unknown, name)
		}
	}
	return g
}

// countPods finds how many pods a node takes, and who says so.
func (g *Group) countPods(p, inForce Plugin) {
	t, computed, because := g.smallest(p.Recommended), 0, ""
	switch {
	case g.SizedByEKS():
		t = g.smallest(inForce.Recommended)
		computed, because = inForce.Recommended(t), inForce.because(t)
	case p.Windows, p.Differs(g.types):
		computed, because = p.Recommended(t), p.because(t)
	default:
		t = g.smallest(ImageDefault)
		computed, because = ImageDefault(t), Plugin{}.Formula(t)
	}
	if stated := g.base.MaxPods; stated != nil && *stated != computed {
		computed, because = *stated, "maxPods of the group"
	} else if len(g.types) > 1 {
		because += ", by " + t.Name
	}
	g.PodsPerNode, g.Because = computed, because
	g.Pods = computed * g.Max
}

// because says how Recommended comes about.
func (p Plugin) because(t catalog.InstanceType) string {
	if p.Addressable(t) <= Ceiling(t) {
		return p.Formula(t)
	}
	return fmt.Sprintf("%s, at most %d", p.Formula(t), Ceiling(t))
}

// countAddresses takes the instance types whose nodes need the most.
func (g *Group) countAddresses(p Plugin) {
	for _, t := range g.types {
		g.idle = larger(g.idle, p.Node(t, 1))
		g.full = larger(g.full, p.Node(t, max(g.PodsPerNode-p.hostPods(), 0)))
	}
	g.Addresses = (1 + g.full.All().Total()) * g.Max
}

func larger(a, b Need) Need {
	if b.All().Total() > a.All().Total() {
		return b
	}
	return a
}

// smallest is the instance type for which count is the smallest. Nodes that
// are told how many pods they take are all told the same.
func (g *Group) smallest(count func(catalog.InstanceType) int) catalog.InstanceType {
	least := g.types[0]
	for _, t := range g.types {
		if count(t) < count(least) {
			least = t
		}
	}
	return least
}

// Differs reports whether the nodes have to be told how many pods they take,
// because their image would compute another number than AWS recommends for the
// plugin's settings. With the default settings it computes the right one.
func (p Plugin) Differs(types []catalog.InstanceType) bool {
	if !p.Prefixes && !p.CustomNetworking && p.MaxENIs == 0 {
		return false
	}
	for _, t := range types {
		if p.Recommended(t) != ImageDefault(t) {
			return true
		}
	}
	return false
}
