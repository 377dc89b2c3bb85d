package resolve

import (
	"net/netip"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// A new VPC's block is split into sixteen slices of equal size, and each zone
// has fixed ones by its letter, so that the subnets of one zone do not move
// when another is added or taken away (which would replace them):
//
//	slices 0 to 11   private subnets of the zones a to f, two slices each
//	slices 12 to 14  public subnets of the zones a to f, half a slice each
//	slice 15         free, for subnets of your own
//
// Nodes and pods live in the private subnets, so these get most of the room: a
// /16 gives /19 private and /21 public subnets.
const (
	privateBits  = 3 // longer than the VPC's block
	publicBits   = 5
	publicSlot   = 24 // the first public subnet, counted in half slices
	zoneLetters  = "abcdef"
	maxSplitBits = maxVPCBits - publicBits
	explicitHint = "state network.subnets with a cidr for each subnet"
)

// fillSubnets computes the subnets of the tiers that the spec leaves out.
func (r *resolver) fillSubnets() {
	n := &r.cluster.Network
	if len(n.Subnets.Public) > 0 && len(n.Subnets.Private) > 0 || r.splitFailed {
		return
	}
	vpc := r.vpc
	if vpc.Bits() > maxSplitBits {
		r.report(diag.VPCSize, networkPath.at("vpc", "cidr"), explicitHint, "%s is too small to divide among zones: ekscc divides /%d to /%d", vpc, minVPCBits, maxSplitBits)
		r.splitFailed = true
		return
	}
	zones := r.splittableZones()
	r.filled = map[string]bool{"public": len(n.Subnets.Public) == 0, "private": len(n.Subnets.Private) == 0}
	if r.filled["public"] {
		n.Subnets.Public = splitVPC(zones, func(letter int) netip.Prefix {
			return slice(vpc, vpc.Bits()+publicBits, publicSlot+letter)
		})
	}
	if r.filled["private"] {
		n.Subnets.Private = splitVPC(zones, func(letter int) netip.Prefix {
			return slice(vpc, vpc.Bits()+privateBits, letter)
		})
	}
}

// splittableZones returns the zones that have a fixed block, and reports those
// of the region that have none.
func (r *resolver) splittableZones() []string {
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

// splitVPC makes a subnet for each zone, named by the zone's letter.
func splitVPC(zones []string, cidr func(letter int) netip.Prefix) map[string]spec.Subnet {
	subnets := map[string]spec.Subnet{}
	for _, zone := range zones {
		letter := zoneIndex(zone)
		subnets[zoneLetters[letter:letter+1]] = spec.Subnet{AvailabilityZone: zone, CIDR: cidr(letter).String()}
	}
	return subnets
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
