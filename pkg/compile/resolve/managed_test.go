package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestUpdateConfig(t *testing.T) {
	update := func(u spec.UpdateConfig) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.UpdateConfig = u })
	}
	const at = "cluster nodeGroups general updateConfig"
	runRules(t, newVPC, []ruleTest{
		{"as many as there can be", update(spec.UpdateConfig{MaxUnavailable: ptr(3)}), nil},
		{"none", update(spec.UpdateConfig{MaxUnavailable: ptr(0)}), []want{{diag.MaxUnavailable, at + " maxUnavailable", "1 to 100"}}},
		{"101", update(spec.UpdateConfig{MaxUnavailable: ptr(101)}), []want{{diag.MaxUnavailable, at + " maxUnavailable", "1 to 100"}}},
		{"more than there can be", update(spec.UpdateConfig{MaxUnavailable: ptr(4)}), []want{{diag.MaxUnavailable, at + " maxUnavailable", "at most 3 nodes"}}},
		{"percentage", update(spec.UpdateConfig{MaxUnavailablePercentage: ptr(100), UpdateStrategy: "MINIMAL"}), nil},
		{"no percentage", update(spec.UpdateConfig{MaxUnavailablePercentage: ptr(101)}), []want{{diag.MaxUnavailable, at + " maxUnavailablePercentage", "1 to 100"}}},
		{"both", update(spec.UpdateConfig{MaxUnavailable: ptr(1), MaxUnavailablePercentage: ptr(50)}), []want{{diag.MaxUnavailable, at, "both limit"}}},
	})
}

func TestUpdateConfigIsCompleted(t *testing.T) {
	s := newVPC()
	compare(t, Resolve(s), nil)
	if got := s.Cluster.NodeGroups["general"].UpdateConfig.MaxUnavailable; got == nil || *got != 1 {
		t.Errorf("maxUnavailable is %v", got)
	}
	s = newVPC()
	group(func(g *spec.NodeGroup) { g.UpdateConfig.MaxUnavailablePercentage = ptr(50) })(s)
	compare(t, Resolve(s), nil)
	if got := s.Cluster.NodeGroups["general"].UpdateConfig.MaxUnavailable; got != nil {
		t.Errorf("maxUnavailable is %d beside a percentage", *got)
	}
}

func TestNodeRepair(t *testing.T) {
	repair := func(n spec.NodeRepair) func(*spec.Spec) {
		n.Enabled = true
		return group(func(g *spec.NodeGroup) { g.NodeRepair = &n })
	}
	override := func(condition string, wait int) func(*spec.Spec) {
		return repair(spec.NodeRepair{Overrides: map[string]map[string]spec.NodeRepairOverride{
			condition: {"Reason": {MinRepairWaitTimeMins: wait, RepairAction: "Reboot"}},
		}})
	}
	const at = "cluster nodeGroups general nodeRepair"
	runRules(t, newVPC, []ruleTest{
		{"limits", repair(spec.NodeRepair{MaxParallelNodesRepairedCount: ptr(1), MaxUnhealthyNodeThresholdPercentage: ptr(100)}), nil},
		{"both thresholds", repair(spec.NodeRepair{MaxUnhealthyNodeThresholdCount: ptr(1), MaxUnhealthyNodeThresholdPercentage: ptr(1)}), []want{
			{diag.NodeRepair, at, "maxUnhealthyNodeThresholdCount and maxUnhealthyNodeThresholdPercentage both"}}},
		{"no node at once", repair(spec.NodeRepair{MaxParallelNodesRepairedCount: ptr(0)}), []want{{diag.NodeRepair, at + " maxParallelNodesRepairedCount", "at least 1"}}},
		{"no percentage", repair(spec.NodeRepair{MaxParallelNodesRepairedPercentage: ptr(0)}), []want{{diag.NodeRepair, at + " maxParallelNodesRepairedPercentage", "1 to 100"}}},

		{"not ready", override("Ready", 1), nil},
		{"at once", override("Ready", 0), []want{{diag.NodeRepair, at + " overrides Ready Reason minRepairWaitTimeMins", "1 minute at least"}}},
		{"misspelt condition", override("NetworkReady", 1), []want{{diag.UnseenCondition, at + " overrides NetworkReady", `did you mean "NetworkingReady"?`}}},
		{"without the agent", override("KernelReady", 1), []want{{diag.UnseenCondition, at + " overrides KernelReady", "monitoring agent runs"}}},
		{"with the agent", func(s *spec.Spec) {
			override("KernelReady", 1)(s)
			s.Cluster.Addons[monitoringAgent] = spec.Addon{}
		}, nil},
		{"turned off", group(func(g *spec.NodeGroup) {
			g.NodeRepair = &spec.NodeRepair{Overrides: map[string]map[string]spec.NodeRepairOverride{"KernelReady": {}}}
		}), nil},
	})
}

func TestWarmPool(t *testing.T) {
	pool := func(w spec.WarmPool) func(*spec.Spec) {
		w.Enabled = true
		return group(func(g *spec.NodeGroup) { g.WarmPool = &w })
	}
	const at = "cluster nodeGroups general warmPool"
	runRules(t, newVPC, []ruleTest{
		{"as EKS does by itself", pool(spec.WarmPool{}), nil},
		{"all settings", pool(spec.WarmPool{MinSize: ptr(2), MaxGroupPreparedCapacity: ptr(5), PoolState: "HIBERNATED", ReuseOnScaleIn: ptr(true)}), nil},
		{"as large as the group", pool(spec.WarmPool{MinSize: ptr(3), MaxGroupPreparedCapacity: ptr(-1)}), nil},
		{"fewer than none", pool(spec.WarmPool{MinSize: ptr(-1)}), []want{{diag.WarmPool, at + " minSize", "-1"}}},
		{"no number", pool(spec.WarmPool{MaxGroupPreparedCapacity: ptr(-2)}), []want{{diag.WarmPool, at + " maxGroupPreparedCapacity", "-2"}}},
		{"fewer than the group", pool(spec.WarmPool{MaxGroupPreparedCapacity: ptr(0)}), []want{{diag.WarmPool, at + " maxGroupPreparedCapacity", "at least 1"}}},
		{"more than in all", pool(spec.WarmPool{MinSize: ptr(4)}), []want{{diag.WarmPool, at + " minSize", "more than the 3"}}},
		{"Spot", func(s *spec.Spec) {
			pool(spec.WarmPool{})(s)
			group(func(g *spec.NodeGroup) { g.CapacityType = spec.Spot })(s)
		}, []want{{diag.WarmPool, at, "SPOT"}}},
		{"turned off beside Spot", group(func(g *spec.NodeGroup) { g.WarmPool, g.CapacityType = &spec.WarmPool{}, spec.Spot }), nil},
		{"image of one's own", func(s *spec.Spec) {
			pool(spec.WarmPool{})(s)
			group(func(g *spec.NodeGroup) { g.Image.ID = "ami-0123456789abcdef0" })(s)
		}, []want{{diag.WarmPool, at, "not its own"}}},
		{"Bottlerocket", func(s *spec.Spec) {
			pool(spec.WarmPool{PoolState: "HIBERNATED", ReuseOnScaleIn: ptr(true)})(s)
			group(func(g *spec.NodeGroup) { g.Image.Family = spec.Bottlerocket })(s)
		}, []want{{diag.WarmPool, at + " poolState", "do not hibernate"}, {diag.WarmPool, at + " reuseOnScaleIn", "do not go back"}}},
		{"hibernated on a plain volume", func(s *spec.Spec) {
			pool(spec.WarmPool{PoolState: "HIBERNATED"})(s)
			group(func(g *spec.NodeGroup) { g.Volume.Encrypted = false })(s)
		}, []want{{diag.WarmPool, at + " poolState", "encrypted"}}},
	})
}
