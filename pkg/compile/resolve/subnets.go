package resolve

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// block is a block of addresses in use.
type block struct {
	path   path
	what   string // whose it is, such as `the private subnet "a"`
	prefix netip.Prefix
	// computed says that ekscc chose the block, so that its field is not the
	// place to report.
	computed bool
}

// namedSubnet is a subnet with its place in the spec.
type namedSubnet struct {
	tier, name string
	subnet     spec.Subnet
}

func (s namedSubnet) path() path     { return networkPath.at("subnets", s.tier, s.name) }
func (s namedSubnet) String() string { return fmt.Sprintf("the %s subnet %q", s.tier, s.name) }

// subnets returns the subnets of all tiers in the order of their names.
func (r *resolver) subnets() []namedSubnet {
	var all []namedSubnet
	for _, tier := range spec.TierNames {
		m := r.cluster.Network.Subnets.Tier(tier)
		for _, name := range sortedKeys(m) {
			all = append(all, namedSubnet{tier, name, m[name]})
		}
	}
	return all
}

// tierEmpty reports whether the tier has no subnets although there are some;
// that there are none at all has been reported as a lack of zones.
func (r *resolver) tierEmpty(tier string) bool {
	n := r.cluster.Network.Subnets
	return len(n.Tier(tier)) == 0 && len(n.Public)+len(n.Private) > 0 && !r.splitFailed
}

// checkSubnets checks the subnets, computed ones too.
func (r *resolver) checkSubnets() {
	for _, tier := range spec.TierNames {
		checkChosenNames(r, networkPath.at("subnets", tier), r.cluster.Network.Subnets.Tier(tier))
	}
	ids := map[string]namedSubnet{}
	for _, s := range r.subnets() {
		r.checkSubnetZone(s)
		r.checkSubnetID(s, ids)
		r.checkSubnetCIDR(s)
		r.checkSubnetRouteTable(s)
		r.checkSubnetIPv6(s)
	}
	r.checkZoneCount()
	r.checkNATZones()
}

// checkSubnetZone leaves computed subnets out: their zones have been checked.
func (r *resolver) checkSubnetZone(s namedSubnet) {
	n, zone, at := r.cluster.Network, s.subnet.AvailabilityZone, s.path().at("availabilityZone")
	if r.computed(s) {
		return
	}
	if r.checkZone(at, zone) && !n.Exists() && !slices.Contains(n.AvailabilityZones, zone) {
		r.report(diag.UnknownZone, at, "add it there, or leave availabilityZones out", "the zone %q is not in network.availabilityZones", zone)
	}
}

func (r *resolver) checkSubnetID(s namedSubnet, seen map[string]namedSubnet) {
	exists, id, at := r.cluster.Network.Exists(), s.subnet.ID, s.path().at("id")
	switch {
	case exists && id == "":
		r.report(diag.SubnetFields, s.path(), "add its id", "a subnet of an existing VPC needs its id")
	case !exists && id != "" && r.cluster.Network.VPC.CIDR != "":
		r.report(diag.SubnetFields, at, "leave the id out, or give network.vpc the id of an existing VPC", "the VPC is created, so its subnets cannot exist already")
	case id != "" && r.checkID(at, "subnet", id):
		if other, ok := seen[id]; ok {
			r.report(diag.SubnetOverlap, at, "", "%s is %s already", id, other)
			return
		}
		seen[id] = s
	}
}

func (r *resolver) checkSubnetRouteTable(s namedSubnet) {
	table, at := s.subnet.RouteTable, s.path().at("routeTable")
	switch {
	case table == "":
	case !r.cluster.Network.Exists():
		r.report(diag.SubnetFields, at, "leave it out", "the VPC is created, and so are its route tables")
	default:
		r.checkID(at, "rtb", table)
	}
}

// checkSubnetCIDR checks a subnet's block against the VPC and the subnets
// before it.
func (r *resolver) checkSubnetCIDR(s namedSubnet) {
	at := s.path().at("cidr")
	if s.subnet.CIDR == "" {
		if !r.cluster.Network.Exists() && r.cluster.Network.VPC.CIDR != "" {
			r.report(diag.SubnetFields, s.path(), "add its cidr", "a subnet of a new VPC needs a CIDR block")
		}
		return
	}
	p, ok := r.parseCIDR(diag.InvalidCIDR, at, s.subnet.CIDR)
	if !ok {
		return
	}
	if p.Bits() < minVPCBits || p.Bits() > maxVPCBits {
		r.report(diag.VPCSize, at, "", "a subnet is /%d to /%d, not /%d", minVPCBits, maxVPCBits, p.Bits())
		return
	}
	b := block{path: at, what: s.String(), prefix: p, computed: r.computed(s)}
	if own, ok := r.tierBlocks[s.tier]; ok {
		b.path, b.computed = own, false
	}
	r.place(b)
}

// place adds a subnet's block to those in use and reports where it collides.
// An existing VPC may have further blocks than the stated one, so that only a
// new VPC has an outside.
func (r *resolver) place(b block) {
	if r.vpc.IsValid() && !r.cluster.Network.Exists() && !r.inVPC(b.prefix) {
		r.report(diag.SubnetOutside, b.path, "", "%s is outside the VPC's %s", b.prefix, r.vpcBlockNames())
	}
	for _, other := range r.blocks {
		if b.prefix.Overlaps(other.prefix) {
			r.reportOverlap(b, other)
		}
	}
	r.blocks = append(r.blocks, b)
}

// reportOverlap reports at the block that the user wrote.
func (r *resolver) reportOverlap(b, other block) {
	hint := ""
	if b.computed {
		b, other = other, b
	}
	if other.computed {
		hint = "state the subnets of that tier too, or give it a block in network.tiers"
	}
	r.report(diag.SubnetOverlap, b.path, hint, "%s overlaps %s, %s", b.prefix, other.what, other.prefix)
}

// checkZoneCount checks that the tier which the control plane gets has two
// zones. A zone that has been reported counts as one.
func (r *resolver) checkZoneCount() {
	n := r.cluster.Network
	if n.VPC.ID == "" && n.VPC.CIDR == "" {
		return
	}
	at, hint, tier := networkPath.at("subnets"), "add a subnet in another zone", n.ControlPlaneTier()
	zones := r.zonesOf(tier)
	if n.ControlPlaneSubnets != "" && (r.tierEmpty(tier) || len(zones) == 0 && len(r.zonesOf(spec.TierNames...)) > 1) {
		r.report(diag.EmptyTier, networkPath.at("controlPlaneSubnets"), "state network.subnets."+tier+", or name another tier", "there are no %s subnets for the control plane", tier)
		return
	}
	if !n.Exists() && (r.splitFailed || r.filled[tier] || len(r.filled) > 0 && n.ControlPlaneSubnets == "") {
		at, hint = networkPath.at("availabilityZones"), "list at least two zones of the region"
		zones = distinct(slices.Concat(zones, n.AvailabilityZones))
	}
	all := distinct(slices.Concat(r.zonesOf(spec.TierNames...), zones))
	const needs = "EKS needs subnets in two Availability Zones"
	switch {
	case len(zones) >= 2:
	case len(all) == 0:
		r.report(diag.TooFewZones, at, hint, needs+"; there are none")
	case len(all) == 1:
		r.report(diag.TooFewZones, at, hint, needs+"; all are in %s", all[0])
	case n.ControlPlaneSubnets != "":
		r.report(diag.TooFewZones, networkPath.at("controlPlaneSubnets"), hint, needs+" for the control plane; the %s subnets are all in %s", tier, zones[0])
	default:
		r.report(diag.TooFewZones, at, hint, needs+" for the control plane, and takes those of one tier; no tier has them")
	}
}

// zonesOf returns the zones of the tiers' subnets, sorted.
func (r *resolver) zonesOf(tiers ...string) []string {
	var zones []string
	for _, tier := range tiers {
		for _, s := range r.cluster.Network.Subnets.Tier(tier) {
			zones = append(zones, s.AvailabilityZone)
		}
	}
	return distinct(zones)
}

// distinct returns the names in order, each once.
func distinct(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// checkNATZones checks that there are public subnets for the NAT gateways that
// a new VPC is to have.
func (r *resolver) checkNATZones() {
	n := r.cluster.Network
	if n.NATGateways != "perZone" || n.Exists() {
		return
	}
	public := map[string]bool{}
	for _, s := range n.Subnets.Public {
		public[s.AvailabilityZone] = true
	}
	for _, s := range r.subnets() {
		if zone := s.subnet.AvailabilityZone; (s.tier == "private" || s.tier == "pod") && len(public) > 0 && !public[zone] && r.validZone(zone) {
			r.report(diag.NoRouteOut, s.path().at("availabilityZone"), `add a public subnet there, or set natGateways to "single"`,
				"%s has no public subnet for the NAT gateway that natGateways wants in each zone", zone)
		}
	}
}
