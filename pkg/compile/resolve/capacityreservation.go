package resolve

import (
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkCapacityReservation checks which reservations a group uses, and that a
// Capacity Block is one; see
// https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html.
func (r *resolver) checkCapacityReservation(at path, g spec.NodeGroupBase) {
	c, place := g.CapacityReservation, at.at("capacityReservation")
	switch {
	case g.CapacityType == spec.CapacityBlock:
		r.checkCapacityBlock(at, g)
	case c == nil:
		return
	case g.CapacityType == spec.Spot:
		r.report(diag.CapacityReservation, place, `leave it out, or set capacityType to "ON_DEMAND"`, "Spot instances use no capacity reservations")
	case c.ID != "" && len(g.InstanceTypes) > 1:
		r.report(diag.CapacityReservation, place.at("id"), "name its type alone, or reservations by resourceGroupARN", "a reservation is for one instance type, but the group has %d", len(g.InstanceTypes))
	}
	if c != nil {
		r.checkReservationChoice(place, *c)
	}
}

func (r *resolver) checkReservationChoice(at path, c spec.CapacityReservation) {
	chosen := 0
	for _, field := range []string{c.Preference, c.ID, c.ResourceGroupARN} {
		if field != "" {
			chosen++
		}
	}
	if chosen != 1 {
		r.report(diag.CapacityReservation, at, "write exactly one of them", "preference, id and resourceGroupARN are %d ways to say which reservations the instances use", chosen)
	}
	if c.ID != "" {
		r.checkID(at.at("id"), "cr", c.ID)
	}
	if c.ResourceGroupARN == "" {
		return
	}
	if a, ok := r.checkARN(at.at("resourceGroupARN"), c.ResourceGroupARN, "resource-groups", "group/"); ok && a.region != r.cluster.Region {
		r.report(diag.InvalidARN, at.at("resourceGroupARN"), "", "the resource group %q is in %q, but must be in the cluster's region %s", c.ResourceGroupARN, a.region, r.cluster.Region)
	}
}

// checkCapacityBlock checks a group that buys a Capacity Block, which is for
// one accelerated instance type in one zone.
func (r *resolver) checkCapacityBlock(at path, g spec.NodeGroupBase) {
	if g.CapacityReservation == nil || g.CapacityReservation.ID == "" {
		r.report(diag.CapacityReservation, at.at("capacityType"), `write capacityReservation: id: "cr-..."`, "the group does not say which Capacity Block it uses")
	}
	r.needsOneZone(diag.CapacityReservation, at.at("capacityType"), g, "a Capacity Block is in one zone")
	if len(g.InstanceTypes) > 1 {
		r.report(diag.CapacityReservation, at.at("instanceTypes"), "name that of the block", "a Capacity Block is for one instance type, but the group has %d", len(g.InstanceTypes))
		return
	}
	for i, name := range g.InstanceTypes {
		if known, ok := catalog.LookupInstanceType(name); ok && known.Accelerator == "" {
			r.report(diag.CapacityReservation, at.at("instanceTypes").index(i), "", "Capacity Blocks are for types with GPUs or Neuron devices, and %s has none", name)
		}
	}
}
