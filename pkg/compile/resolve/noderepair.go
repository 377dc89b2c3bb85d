package resolve

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// monitoringAgent is the add-on that tells EKS what is wrong with a node.
const monitoringAgent = "eks-node-monitoring-agent"

// nodeConditions are the conditions of nodes that node repair looks at; see
// https://docs.aws.amazon.com/eks/latest/userguide/node-repair.html.
var nodeConditions = []string{
	"AcceleratedHardwareReady", "ContainerRuntimeReady", "DiskPressure", "KernelReady",
	"MemoryPressure", "NetworkingReady", "Ready", "StorageReady",
}

// checkNodeRepair checks how EKS mends nodes; nil is not at all.
func (r *resolver) checkNodeRepair(at path, n *spec.NodeRepair) {
	if n == nil {
		return
	}
	r.checkRepairLimit(at, "maxParallelNodesRepaired", n.MaxParallelNodesRepairedCount, n.MaxParallelNodesRepairedPercentage)
	r.checkRepairLimit(at, "maxUnhealthyNodeThreshold", n.MaxUnhealthyNodeThresholdCount, n.MaxUnhealthyNodeThresholdPercentage)
	for _, condition := range sortedKeys(n.Overrides) {
		at := at.at("overrides", condition)
		r.checkRepairCondition(at, condition, n.Enabled)
		for _, reason := range sortedKeys(n.Overrides[condition]) {
			if wait := n.Overrides[condition][reason].MinRepairWaitTimeMins; wait < 1 {
				r.report(diag.NodeRepair, at.at(reason, "minRepairWaitTimeMins"), "", "EKS waits for 1 minute at least, not %d", wait)
			}
		}
	}
}

// checkRepairLimit checks one of the two limits, which are a number of nodes
// or a percentage each.
func (r *resolver) checkRepairLimit(at path, field string, count, percent *int) {
	if count != nil && percent != nil {
		r.report(diag.NodeRepair, at, "leave one of them out", "%sCount and %sPercentage both set the same limit", field, field)
	}
	if count != nil && *count < 1 {
		r.report(diag.NodeRepair, at.at(field+"Count"), "", "%sCount is %d, but must be at least 1", field, *count)
	}
	r.checkPercentage(diag.NodeRepair, at, field+"Percentage", percent)
}

// checkRepairCondition warns of a condition that no node will have.
func (r *resolver) checkRepairCondition(at path, condition string, enabled bool) {
	_, agent := r.cluster.Addons[monitoringAgent]
	switch {
	case !slices.Contains(nodeConditions, condition):
		hint := cmp.Or(catalog.DidYouMean(condition, nodeConditions), fmt.Sprintf("it looks at %v", nodeConditions))
		r.report(diag.UnseenCondition, at, hint, "node repair did not look at the condition %q on %s", condition, catalog.Date)
	case condition != "Ready" && enabled && !agent:
		r.report(diag.UnseenCondition, at, "add cluster.addons."+monitoringAgent+", or ignore this if something else runs the agent",
			"nodes have the condition %q only where the node monitoring agent runs", condition)
	}
}
