package resolve

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// A new VPC's block is split into sixteen slices of equal size, and each zone
// has fixed ones by its letter, so that the subnets of one zone do not move
// when another zone or tier is added or taken away (which would replace them):
//
//	slices 0 to 11   private subnets of the zones a to f, two slices each
//	slices 12 to 14  public subnets of the zones a to f, half a slice each
//	slice 15         isolated subnets of the zones a to f, an eighth of a slice each
//
// Nodes and pods live in the private subnets, so these get most of the room: a
// /16 gives /19 private, /21 public and /23 isolated subnets. A tier with a
// block of its own gives each zone an eighth of that.
const (
	zoneLetters  = "abcdef"
	explicitHint = "state network.subnets with a cidr for each subnet"
	ownBits      = 3
)

// share is a tier's part of the VPC: the subnet of the zone a is the one with
// the number first among those that are so many bits longer than the VPC.
type share struct{ bits, first int }

var shares = map[string]share{"private": {3, 0}, "public": {5, 24}, "isolated": {7, 120}}

// fillSubnets computes the subnets of the tiers that the spec leaves out.
func (r *resolver) fillSubnets() {
	n := &r.cluster.Network
	var missing []string
	for _, tier := range spec.TierNames {
		if len(n.Subnets.Tier(tier)) == 0 && r.wantsTier(tier) {
			missing = append(missing, tier)
		} else if t := n.Tiers.Tier(tier); t != nil && len(n.Subnets.Tier(tier)) > 0 {
			r.report(diag.VPCChoice, networkPath.at("tiers", tier), "leave out either this or network.subnets."+tier, "the %s subnets are stated, so there is nothing to compute", tier)
		}
	}
	if len(missing) == 0 || r.splitFailed {
		return
	}
	zones := r.splittableZones(missing)
	for _, tier := range missing {
		r.fillTier(tier, zones)
	}
	n.Tiers = spec.Tiers{} // what it asked for is in n.Subnets now
}

// wantsTier reports whether a new VPC is to have the tier.
func (r *resolver) wantsTier(tier string) bool {
	switch tier {
	case "public":
		return *r.cluster.Network.VPC.InternetGateway
	case "private":
		return true
	}
	return r.cluster.Network.Tiers.Tier(tier) != nil
}

// fillTier computes a subnet of the tier for each zone, named by the zone's
// letter.
func (r *resolver) fillTier(tier string, zones []string) {
	base, s, bits, ok := r.tierBlock(tier)
	if !ok {
		r.splitFailed = true
		return
	}
	r.filled[tier] = true
	subnets := map[string]spec.Subnet{}
	for _, zone := range zones {
		letter := zoneIndex(zone)
		place := slice(base, base.Bits()+s.bits, s.first+letter)
		subnets[zoneLetters[letter:letter+1]] = spec.Subnet{AvailabilityZone: zone, CIDR: netip.PrefixFrom(place.Addr(), bits).String()}
	}
	r.cluster.Network.Subnets.SetTier(tier, subnets)
}

// tierBlock returns the block that a tier divides, how, and the length of its
// subnets.
func (r *resolver) tierBlock(tier string) (base netip.Prefix, s share, bits int, ok bool) {
	base, s, at := r.vpc, shares[tier], networkPath.at("vpc", "cidr")
	var t spec.Tier
	if stated := r.cluster.Network.Tiers.Tier(tier); stated != nil {
		t = *stated
	}
	tierPath := networkPath.at("tiers", tier)
	switch {
	case t.CIDR != "":
		at, s = tierPath.at("cidr"), share{ownBits, 0}
		if base, ok = r.parseCIDR(diag.InvalidCIDR, at, t.CIDR); !ok || !r.checkTierPlace(at, base) {
			return base, s, 0, false
		}
		r.tierBlocks[tier] = at
	case tier == "pod":
		r.report(diag.TierBlock, tierPath, `add a cidr, such as that of a block in vpc.secondaryCIDRs`, "pod subnets have no place in %s that ekscc could compute", r.vpc)
		return base, s, 0, false
	}
	longest := base.Bits() + s.bits
	if longest > maxVPCBits {
		r.report(diag.VPCSize, at, explicitHint, "%s is too small to divide among zones: ekscc divides /%d to /%d", base, minVPCBits, maxVPCBits-s.bits)
		return base, s, 0, false
	}
	bits = longest
	if t.PrefixLength != 0 {
		bits = t.PrefixLength
	}
	if bits < longest || bits > maxVPCBits {
		r.report(diag.TierBlock, tierPath.at("prefixLength"), "give the tier a larger cidr, or state the subnets", "a zone has a /%d of %s for its %s subnet, so that its length is %d to %d, not %d", longest, base, tier, longest, maxVPCBits, bits)
		return base, s, 0, false
	}
	return base, s, bits, true
}

// checkTierPlace checks that a tier's own block is in the VPC.
func (r *resolver) checkTierPlace(at path, p netip.Prefix) bool {
	if p.Bits() < minVPCBits || !r.inVPC(p) {
		r.report(diag.SubnetOutside, at, "add it to vpc.secondaryCIDRs, or take a part of the VPC's blocks", "%s is outside the VPC's %s", p, r.vpcBlockNames())
		return false
	}
	return true
}

// inVPC reports whether one of the VPC's blocks contains p.
func (r *resolver) inVPC(p netip.Prefix) bool {
	return contains(r.vpc, p) || slices.ContainsFunc(r.secondary, func(b block) bool { return contains(b.prefix, p) })
}

// vpcBlockNames names the blocks of the VPC in a sentence.
func (r *resolver) vpcBlockNames() string {
	if len(r.secondary) == 0 {
		return fmt.Sprintf("block %s", r.vpc)
	}
	names := []string{r.vpc.String()}
	for _, b := range r.secondary {
		names = append(names, b.prefix.String())
	}
	return "blocks " + strings.Join(names, ", ")
}

// splittableZones returns the zones that have a fixed block, and reports those
// of the region that have none.
func (r *resolver) splittableZones(tiers []string) []string {
	var zones []string
	for i, zone := range r.cluster.Network.AvailabilityZones {
		switch {
		case r.region.Name != "" && !r.validZone(zone):
			r.splitFailed = true // reported with the list of zones
		case zoneIndex(zone) < 0:
			r.report(diag.SubnetFields, networkPath.at("availabilityZones").index(i), explicitHint,
				"the zone %q has no fixed block: ekscc divides a VPC among the zones a to f", zone)
			r.splitFailed = true
		default:
			zones = append(zones, zone)
		}
	}
	return zones
}

// zoneIndex returns the number of the letter at the end of a zone's name, from
// 0 for a to 5 for f, or -1.
func zoneIndex(zone string) int {
	if zone == "" {
		return -1
	}
	return strings.IndexByte(zoneLetters, zone[len(zone)-1])
}

// computed reports whether ekscc made the subnet.
func (r *resolver) computed(s namedSubnet) bool { return r.filled[s.tier] }
