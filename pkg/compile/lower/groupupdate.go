package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// suspended is what would disturb a rolling update if EC2 Auto Scaling went on
// with it; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html.
var suspended = []string{"HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"}

// updatePolicy is how a changed launch template reaches the nodes. Where
// scheduled actions or the Cluster Autoscaler change the sizes, an update leaves
// those alone that the template has not changed.
func (g autoScalingGroup) updatePolicy() ir.Map {
	policy := ir.Map{}
	if g.InstanceRefresh != nil {
		policy["AutoScalingInstanceRefresh"] = ir.Map{"Preferences": refreshPreferences(*g.InstanceRefresh), "Strategy": "Rolling"}
	} else {
		policy["AutoScalingRollingUpdate"] = g.rollingUpdate()
	}
	if len(g.ScheduledActions) > 0 || g.autoscaler != nil {
		policy["AutoScalingScheduledAction"] = ir.Map{"IgnoreUnmodifiedGroupSizeProperties": true}
	}
	return policy
}

// rollingUpdate waits for no signal of the new nodes: what could send one ends
// before the kubelet is ready.
func (g autoScalingGroup) rollingUpdate() ir.Map {
	update := cmp.Or(g.RollingUpdate, &spec.RollingUpdate{MaxBatchSize: 1})
	processes := suspended
	if update.SuspendProcesses != nil {
		processes = slices.Sorted(slices.Values(update.SuspendProcesses))
	}
	policy := ir.Map{
		"MaxBatchSize":          update.MaxBatchSize,
		"MinInstancesInService": min(*g.Scaling.Desired, g.Scaling.Max-1),
		"SuspendProcesses":      strs(processes),
	}
	setInt(policy, "MinInstancesInService", update.MinInstancesInService)
	if update.PauseTime != "" {
		policy["PauseTime"] = update.PauseTime
	}
	return policy
}

func refreshPreferences(refresh spec.InstanceRefresh) ir.Map {
	preferences := ir.Map{
		"MaxHealthyPercentage": refresh.MaxHealthyPercentage,
		"MinHealthyPercentage": refresh.MinHealthyPercentage,
	}
	setInt(preferences, "InstanceWarmup", refresh.InstanceWarmup)
	setInt(preferences, "CheckpointDelay", refresh.CheckpointDelay)
	setInt(preferences, "BakeTime", refresh.BakeTime)
	if len(refresh.CheckpointPercentages) > 0 {
		var percentages ir.List
		for _, n := range refresh.CheckpointPercentages {
			percentages = append(percentages, n)
		}
		preferences["CheckpointPercentages"] = percentages
	}
	if len(refresh.Alarms) > 0 {
		preferences["AlarmSpecification"] = ir.Map{"Alarms": strs(slices.Sorted(slices.Values(refresh.Alarms)))}
	}
	if refresh.ScaleInProtectedInstances != "" {
		preferences["ScaleInProtectedInstances"] = refresh.ScaleInProtectedInstances
	}
	if refresh.StandbyInstances != "" {
		preferences["StandbyInstances"] = refresh.StandbyInstances
	}
	return preferences
}
