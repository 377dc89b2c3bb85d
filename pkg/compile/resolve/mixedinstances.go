package resolve

import (
	"slices"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of mixed instances policies; see
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html and
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html.
const (
	maxOverrides    = 40
	maxSpotPools    = 20
	maxWeight       = 999
	minSpotMaxPrice = 0.001
)

func (r *resolver) checkMixedInstances(at path, g spec.SelfManagedNodeGroup) {
	if n := len(g.InstanceTypes); n > maxOverrides {
		r.report(diag.MixedInstances, at.at("instanceTypes"), "leave some out, or make a second group", "%d instance types; an Auto Scaling group takes %d", n, maxOverrides)
	}
	m := g.MixedInstances
	if m == nil {
		return
	}
	at = at.at("mixedInstances")
	if g.CapacityType == spec.Spot {
		r.checkSpotShare(at, g)
		r.checkSpotChoice(at, g)
	} else {
		r.checkNoSpot(at, *m)
		if len(g.InstanceTypes) == 1 {
			r.report(diag.MixedInstances, at, "add instance types, or leave it out", "there is one instance type, and nothing to choose")
		}
	}
	r.checkWeights(at.at("weights"), g)
}

// checkSpotShare checks how much of a Spot group is on demand.
func (r *resolver) checkSpotShare(at path, g spec.SelfManagedNodeGroup) {
	m := g.MixedInstances
	switch n := m.OnDemandBase; {
	case n == nil:
	case *n < 0:
		r.report(diag.MixedInstances, at.at("onDemandBase"), "", "onDemandBase is %d, but there cannot be fewer than 0 nodes", *n)
	case *n > g.Scaling.Max && g.Scaling.Max >= 1:
		r.report(diag.MixedInstances, at.at("onDemandBase"), "", "onDemandBase is %d, but the group has at most %d nodes", *n, g.Scaling.Max)
	}
	at = at.at("onDemandPercentageAboveBase")
	switch n := m.OnDemandPercentageAboveBase; {
	case n == nil:
	case *n == 100:
		r.report(diag.MixedInstances, at, `set capacityType to "ON_DEMAND"`, "with 100 percent on demand, no node is Spot")
	case *n < 0 || *n > 100:
		r.report(diag.MixedInstances, at, "", "%d is no percentage from 0 to 99", *n)
	}
}

// checkSpotChoice checks which Spot capacity is taken.
func (r *resolver) checkSpotChoice(at path, g spec.SelfManagedNodeGroup) {
	m := g.MixedInstances
	if n := m.SpotInstancePools; n != nil {
		at := at.at("spotInstancePools")
		switch {
		case m.SpotAllocationStrategy != "lowest-price":
			r.report(diag.MixedInstances, at, `leave it out, or set spotAllocationStrategy to "lowest-price"`, "only the strategy lowest-price counts pools")
		case *n < 1 || *n > maxSpotPools:
			r.report(diag.MixedInstances, at, "", "%d pools; EC2 Auto Scaling takes 1 to %d", *n, maxSpotPools)
		case *n > len(g.InstanceTypes) && len(g.InstanceTypes) > 0:
			r.report(diag.MixedInstances, at, "add instance types", "a zone has %d pools for %d instance types, and not %d", len(g.InstanceTypes), len(g.InstanceTypes), *n)
		}
	}
	if price, err := strconv.ParseFloat(m.SpotMaxPrice, 64); m.SpotMaxPrice != "" && (err != nil || price < minSpotMaxPrice) {
		r.report(diag.MixedInstances, at.at("spotMaxPrice"), "", "a price is %v dollars at least, and not %s", minSpotMaxPrice, m.SpotMaxPrice)
	}
}

// checkNoSpot reports settings of Spot capacity in a group without any.
func (r *resolver) checkNoSpot(at path, m spec.MixedInstances) {
	said := map[string]bool{
		"onDemandBase":                m.OnDemandBase != nil,
		"onDemandPercentageAboveBase": m.OnDemandPercentageAboveBase != nil,
		"spotAllocationStrategy":      m.SpotAllocationStrategy != "",
		"spotInstancePools":           m.SpotInstancePools != nil,
		"spotMaxPrice":                m.SpotMaxPrice != "",
	}
	for _, field := range sortedKeys(said) {
		if said[field] {
			r.report(diag.MixedInstances, at.at(field), `set capacityType to "SPOT", or leave it out`, "all of the group's capacity is on demand")
		}
	}
}

func (r *resolver) checkWeights(at path, g spec.SelfManagedNodeGroup) {
	weights := g.MixedInstances.Weights
	for _, name := range sortedKeys(weights) {
		switch n := weights[name]; {
		case !slices.Contains(g.InstanceTypes, name):
			r.report(diag.MixedInstances, at.at(name), "", "%q is not among instanceTypes", name)
		case n < 1 || n > maxWeight:
			r.report(diag.MixedInstances, at.at(name), "", "a weight is 1 to %d, and not %d", maxWeight, n)
		}
	}
	for _, name := range g.InstanceTypes {
		if _, ok := weights[name]; !ok && len(weights) > 0 {
			r.report(diag.MixedInstances, at, "give a weight to all instance types, or to none", "the instance type %q has no weight", name)
		}
	}
}
