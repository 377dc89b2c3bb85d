package eksctl

// updateConfig is how a managed group's nodes are updated.
func updateConfig(n node) object {
	var update object
	copyNumbers(&update, n, "maxUnavailable", "maxUnavailablePercentage")
	update.setIf("updateStrategy", n.field("updateStrategy").text())
	return update
}

// nodeRepair is what a file says about node repair, which is off unless it says
// otherwise.
func nodeRepair(n node) object {
	if !n.exists() {
		return nil
	}
	repair := object{{"enabled", n.field("enabled").flag(false)}}
	copyNumbers(&repair, n, "maxParallelNodesRepairedCount", "maxParallelNodesRepairedPercentage", "maxUnhealthyNodeThresholdCount", "maxUnhealthyNodeThresholdPercentage")
	conditions := map[string]object{}
	for _, item := range n.field("nodeRepairConfigOverrides").items() {
		condition := item.field("nodeMonitoringCondition").required()
		reasons := conditions[condition]
		reasons.set(item.field("nodeUnhealthyReason").required(), object{
			{"minRepairWaitTimeMins", item.field("minRepairWaitTimeMins").number(0)},
			{"repairAction", item.field("repairAction").required()},
		})
		conditions[condition] = reasons
	}
	var overrides object
	for _, condition := range sortedKeys(conditions) {
		overrides.set(condition, conditions[condition])
	}
	repair.setIf("overrides", overrides)
	return repair
}

// copyNumbers sets the whole numbers that n has under the names that the spec
// has for them, too.
func copyNumbers(o *object, n node, names ...string) {
	for _, name := range names {
		if field := n.field(name); field.exists() {
			o.set(name, field.number(0))
		}
	}
}
