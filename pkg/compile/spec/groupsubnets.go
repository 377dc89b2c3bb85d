package spec

import "slices"

// SubnetsOf are the subnets that a node group's nodes are in, by name: those of
// its tier, in the zones that it names.
func (n Network) SubnetsOf(g NodeGroupBase) map[string]Subnet {
	tier := n.Subnets.Tier(g.Subnets)
	if len(g.AvailabilityZones) == 0 {
		return tier
	}
	subnets := map[string]Subnet{}
	for name, subnet := range tier {
		if slices.Contains(g.AvailabilityZones, subnet.AvailabilityZone) {
			subnets[name] = subnet
		}
	}
	return subnets
}

// ZonesOf are the Availability Zones of these subnets, sorted.
func (n Network) ZonesOf(g NodeGroupBase) []string {
	var zones []string
	for _, subnet := range n.SubnetsOf(g) {
		zones = append(zones, subnet.AvailabilityZone)
	}
	slices.Sort(zones)
	return slices.Compact(zones)
}
