package lower

import (
	"cmp"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// isMixed reports whether an Auto Scaling group buys more than one type on
// demand, and so has a policy for it. A launch template alone names one type.
func (g nodeGroup) isMixed() bool { return len(g.InstanceTypes) > 1 || g.CapacityType == spec.Spot }

// mixedInstancesPolicy tries on-demand types in the order of the spec, as EKS
// does for managed groups, and takes Spot capacity where it is least likely to
// be interrupted and cheap, unless the spec says otherwise.
func (g autoScalingGroup) mixedInstancesPolicy() ir.Map {
	mix := cmp.Or(g.MixedInstances, &spec.MixedInstances{OnDemandAllocationStrategy: "prioritized"})
	distribution := ir.Map{"OnDemandAllocationStrategy": mix.OnDemandAllocationStrategy, "OnDemandPercentageAboveBaseCapacity": 100}
	if g.CapacityType == spec.Spot {
		distribution = spotDistribution(mix)
	}
	var overrides ir.List
	for _, name := range g.InstanceTypes {
		override := ir.Map{"InstanceType": name}
		if weight, ok := mix.Weights[name]; ok {
			override["WeightedCapacity"] = strconv.Itoa(weight)
		}
		overrides = append(overrides, override)
	}
	return ir.Map{
		"InstancesDistribution": distribution,
		"LaunchTemplate": ir.Map{
			"LaunchTemplateSpecification": launchTemplateVersion("LaunchTemplateId"),
			"Overrides":                   overrides,
		},
	}
}

// spotDistribution is the share and choice of Spot capacity, and of on-demand
// capacity where there is some.
func spotDistribution(mix *spec.MixedInstances) ir.Map {
	distribution := ir.Map{
		"OnDemandPercentageAboveBaseCapacity": 0,
		"SpotAllocationStrategy":              cmp.Or(mix.SpotAllocationStrategy, "price-capacity-optimized"),
	}
	setInt(distribution, "OnDemandBaseCapacity", mix.OnDemandBase)
	setInt(distribution, "OnDemandPercentageAboveBaseCapacity", mix.OnDemandPercentageAboveBase)
	setInt(distribution, "SpotInstancePools", mix.SpotInstancePools)
	if mix.BuysOnDemand() {
		distribution["OnDemandAllocationStrategy"] = mix.OnDemandAllocationStrategy
	}
	if mix.SpotMaxPrice != "" {
		distribution["SpotMaxPrice"] = mix.SpotMaxPrice
	}
	return distribution
}
