package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxIPv6Index is the number of the last /64 in a /56.
const maxIPv6Index = 255

// ipv6First is the number of the /64 of a tier's subnet in the zone a.
var ipv6First = map[string]int{"private": 0, "public": 16, "isolated": 32, "pod": 48}

// completeIPv6 decides whether a new VPC has an IPv6 block.
func (r *resolver) completeIPv6() {
	vpc, wanted := &r.cluster.Network.VPC, r.cluster.IPFamily == spec.IPv6
	if vpc.IPv6 == nil {
		vpc.IPv6 = &wanted
	}
	if wanted && !*vpc.IPv6 {
		r.report(diag.IPv6Block, networkPath.at("vpc", "ipv6"), `leave it out, or set cluster.ipFamily to "ipv4"`, "the pods of an IPv6 cluster need a VPC with IPv6")
	}
}

// fillIPv6 gives the subnets of a VPC with IPv6 their numbers.
func (r *resolver) fillIPv6() {
	n := &r.cluster.Network
	if !*n.VPC.IPv6 {
		return
	}
	for _, s := range r.subnets() {
		letter := zoneIndex(s.subnet.AvailabilityZone)
		if s.subnet.IPv6Index != nil || letter < 0 {
			continue
		}
		number := ipv6First[s.tier] + letter
		s.subnet.IPv6Index = &number
		n.Subnets.Tier(s.tier)[s.name] = s.subnet
	}
}

// checkSubnetIPv6 checks the number of a subnet's IPv6 block.
func (r *resolver) checkSubnetIPv6(s namedSubnet) {
	number, at := s.subnet.IPv6Index, s.path().at("ipv6Index")
	if has := r.cluster.Network.VPC.IPv6; r.cluster.Network.Exists() || has == nil || !*has {
		if number != nil {
			r.report(diag.IPv6Block, at, "leave it out, or set network.vpc.ipv6", "the VPC has no IPv6 block that ekscc makes")
		}
		return
	}
	if zone := s.subnet.AvailabilityZone; number == nil && !r.validZone(zone) {
		return // reported as a zone
	}
	if number == nil {
		r.report(diag.IPv6Block, s.path(), "state its ipv6Index", "the zone %q has no number for the subnet's IPv6 block", s.subnet.AvailabilityZone)
		return
	}
	if *number < 0 || *number > maxIPv6Index {
		r.report(diag.IPv6Block, at, "", "%d is not the number of an IPv6 block: 0 to %d", *number, maxIPv6Index)
		return
	}
	if other, taken := r.ipv6Taken[*number]; taken {
		r.report(diag.IPv6Block, at, "state an ipv6Index that is free", "%s has the IPv6 block %d already", other, *number)
		return
	}
	r.ipv6Taken[*number] = s
}
