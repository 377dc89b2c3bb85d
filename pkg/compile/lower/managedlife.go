package lower

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// setLife sets what EKS does for the nodes of a managed group over time.
func setLife(properties ir.Map, group spec.NodeGroup) {
	properties["UpdateConfig"] = updateConfig(group.UpdateConfig)
	if group.UpdateConfig.Force {
		properties["ForceUpdateEnabled"] = true
	}
	if group.NodeRepair != nil {
		properties["NodeRepairConfig"] = nodeRepair(*group.NodeRepair)
	}
	if group.WarmPool != nil {
		properties["WarmPoolConfig"] = warmPool(*group.WarmPool)
	}
}

func updateConfig(u spec.UpdateConfig) ir.Map {
	properties := ir.Map{}
	set(properties, "MaxUnavailable", u.MaxUnavailable)
	set(properties, "MaxUnavailablePercentage", u.MaxUnavailablePercentage)
	if u.UpdateStrategy != "" {
		properties["UpdateStrategy"] = u.UpdateStrategy
	}
	return properties
}

func nodeRepair(n spec.NodeRepair) ir.Map {
	properties := ir.Map{"Enabled": n.Enabled}
	set(properties, "MaxParallelNodesRepairedCount", n.MaxParallelNodesRepairedCount)
	set(properties, "MaxParallelNodesRepairedPercentage", n.MaxParallelNodesRepairedPercentage)
	set(properties, "MaxUnhealthyNodeThresholdCount", n.MaxUnhealthyNodeThresholdCount)
	set(properties, "MaxUnhealthyNodeThresholdPercentage", n.MaxUnhealthyNodeThresholdPercentage)
	var overrides ir.List
	for _, condition := range sorted(n.Overrides) {
		for _, reason := range sorted(condition.value) {
			overrides = append(overrides, ir.Map{
				"MinRepairWaitTimeMins":   reason.value.MinRepairWaitTimeMins,
				"NodeMonitoringCondition": condition.name,
				"NodeUnhealthyReason":     reason.name,
				"RepairAction":            reason.value.RepairAction,
			})
		}
	}
	if overrides != nil {
		properties["NodeRepairConfigOverrides"] = overrides
	}
	return properties
}

// warmPool says no more of a pool that is turned off: EKS removes it.
func warmPool(w spec.WarmPool) ir.Map {
	properties := ir.Map{"Enabled": w.Enabled}
	if !w.Enabled {
		return properties
	}
	set(properties, "MinSize", w.MinSize)
	set(properties, "MaxGroupPreparedCapacity", w.MaxGroupPreparedCapacity)
	set(properties, "ReuseOnScaleIn", w.ReuseOnScaleIn)
	if w.PoolState != "" {
		properties["PoolState"] = w.PoolState
	}
	return properties
}
