package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestRollingUpdate(t *testing.T) {
	update := func(u spec.RollingUpdate) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) { g.RollingUpdate = &u })
	}
	pause := func(text string) func(*spec.Spec) {
		return update(spec.RollingUpdate{MaxBatchSize: 1, PauseTime: text})
	}
	const at = workersAt + " rollingUpdate"
	runRules(t, oldVPC, []ruleTest{
		{"one below max", update(spec.RollingUpdate{MaxBatchSize: 1, MinInstancesInService: ptr(2)}), nil},
		{"as many as max", update(spec.RollingUpdate{MaxBatchSize: 1, MinInstancesInService: ptr(3)}), []want{{diag.GroupUpdate, at + " minInstancesInService", "no node to replace"}}},
		{"fewer than none", update(spec.RollingUpdate{MaxBatchSize: 1, MinInstancesInService: ptr(-1)}), []want{{diag.GroupUpdate, at + " minInstancesInService", "-1"}}},
		{"batch of nothing", update(spec.RollingUpdate{}), []want{{diag.GroupUpdate, at + " maxBatchSize", "is 0"}}},
		{"process twice", update(spec.RollingUpdate{MaxBatchSize: 1, SuspendProcesses: []string{"AZRebalance", "AZRebalance"}}), []want{{diag.GroupUpdate, at + " suspendProcesses 1", "twice"}}},
		{"an hour", pause("PT1H"), nil},
		{"the parts of an hour", pause("PT59M60S"), nil},
		{"more than an hour", pause("PT1H1S"), []want{{diag.GroupUpdate, at + " pauseTime", "an hour at most"}}},
		{"more than can be counted", pause("PT99999999999999999999S"), []want{{diag.GroupUpdate, at + " pauseTime", "an hour at most"}}},
		{"as Go writes it", pause("5m"), []want{{diag.GroupUpdate, at + " pauseTime", `"5m" is no duration`}}},
		{"no time", pause("PT"), []want{{diag.GroupUpdate, at + " pauseTime", "no duration"}}},
		{"days", pause("P1D"), []want{{diag.GroupUpdate, at + " pauseTime", "no duration"}}},
	})
}

func TestInstanceRefresh(t *testing.T) {
	refresh := func(f func(*spec.InstanceRefresh)) func(*spec.Spec) {
		i := &spec.InstanceRefresh{MinHealthyPercentage: 100, MaxHealthyPercentage: 110}
		f(i)
		return workers(func(g *spec.SelfManagedNodeGroup) { g.InstanceRefresh = i })
	}
	checkpoints := func(list ...int) func(*spec.Spec) {
		return refresh(func(i *spec.InstanceRefresh) { i.CheckpointPercentages, i.CheckpointDelay = list, ptr(60) })
	}
	const at = workersAt + " instanceRefresh"
	runRules(t, oldVPC, []ruleTest{
		{"refresh", refresh(func(i *spec.InstanceRefresh) { i.BakeTime, i.Alarms = ptr(172800), []string{"errors"} }), nil},
		{"beside a rolling update", workers(func(g *spec.SelfManagedNodeGroup) {
			g.RollingUpdate, g.InstanceRefresh = &spec.RollingUpdate{MaxBatchSize: 1}, &spec.InstanceRefresh{MaxHealthyPercentage: 100}
		}), []want{{diag.GroupUpdate, at, "already"}}},
		{"percentages", refresh(func(i *spec.InstanceRefresh) { i.MaxHealthyPercentage = 100 }), []want{{diag.GroupUpdate, at + " maxHealthyPercentage", "none can be replaced"}}},
		{"watched too long", refresh(func(i *spec.InstanceRefresh) { i.BakeTime = ptr(172801) }), []want{{diag.GroupUpdate, at + " bakeTime", "172801 seconds"}}},
		{"warm-up", refresh(func(i *spec.InstanceRefresh) { i.InstanceWarmup = ptr(-1) }), []want{{diag.GroupSetting, at + " instanceWarmup", "-1"}}},
		{"checkpoints", checkpoints(10, 50, 100), nil},
		{"checkpoints that descend", checkpoints(50, 50), []want{{diag.GroupUpdate, at + " checkpointPercentages 1", "50 is not the next"}}},
		{"checkpoint beyond all", checkpoints(101), []want{{diag.GroupUpdate, at + " checkpointPercentages 0", "1 to 100"}}},
		{"pause without a checkpoint", checkpoints(), []want{{diag.GroupUpdate, at + " checkpointDelay", "no checkpoint"}}},
		{"alarms", refresh(func(i *spec.InstanceRefresh) {
			i.Alarms = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "10", ""}
		}), []want{{diag.GroupUpdate, at + " alarms", "12 alarms"}, {diag.GroupUpdate, at + " alarms 10", "twice"}, {diag.GroupUpdate, at + " alarms 11", "empty"}}},
	})
}
