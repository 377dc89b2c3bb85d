package resolve

import (
	"fmt"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// workers changes the self-managed node group of oldVPC.
func workers(f func(g *spec.SelfManagedNodeGroup)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		g := s.Cluster.SelfManagedNodeGroups["workers"]
		f(&g)
		s.Cluster.SelfManagedNodeGroups["workers"] = g
	}
}

const workersAt = "cluster selfManagedNodeGroups workers"

func TestGroupSettings(t *testing.T) {
	policies := func(list ...string) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) { g.TerminationPolicies = list })
	}
	maintenance := func(low, high int) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) {
			g.InstanceMaintenancePolicy = &spec.InstanceMaintenancePolicy{MinHealthyPercentage: low, MaxHealthyPercentage: high}
		})
	}
	const at = workersAt
	runRules(t, oldVPC, []ruleTest{
		{"a day", workers(func(g *spec.SelfManagedNodeGroup) { g.MaxInstanceLifetime = ptr(86400) }), nil},
		{"less than a day", workers(func(g *spec.SelfManagedNodeGroup) { g.MaxInstanceLifetime = ptr(86399) }), []want{{diag.GroupSetting, at + " maxInstanceLifetime", "86400 seconds"}}},
		{"no warm-up", workers(func(g *spec.SelfManagedNodeGroup) { g.DefaultInstanceWarmup = ptr(0) }), nil},
		{"negative times", workers(func(g *spec.SelfManagedNodeGroup) {
			g.DefaultInstanceWarmup, g.Cooldown, g.HealthCheck = ptr(-1), ptr(-2), &spec.HealthCheck{GracePeriod: ptr(-3)}
		}), []want{
			{diag.GroupSetting, at + " cooldown", "-2 seconds"}, {diag.GroupSetting, at + " defaultInstanceWarmup", "-1 seconds"},
			{diag.GroupSetting, at + " healthCheck gracePeriod", "-3 seconds"}}},
		{"rebalancing without Spot", workers(func(g *spec.SelfManagedNodeGroup) { g.CapacityRebalance = ptr(true) }), []want{{diag.GroupSetting, at + " capacityRebalance", "no Spot"}}},
		{"rebalancing of Spot", workers(func(g *spec.SelfManagedNodeGroup) { g.CapacityRebalance, g.CapacityType = ptr(false), "SPOT" }), nil},
		{"metric twice", workers(func(g *spec.SelfManagedNodeGroup) { g.Metrics = []string{"GroupMinSize", "GroupMinSize"} }), []want{{diag.GroupSetting, at + " metrics 1", "twice"}}},

		{"termination policies", policies("AllocationStrategy", "arn:aws:lambda:ap-northeast-2:111122223333:function:choose:prod"), nil},
		{"termination policy unknown", policies("OldestInstances"), []want{{diag.GroupSetting, at + " terminationPolicies 0", `did you mean "OldestInstance"`}}},
		{"termination policy of launch configurations", policies("Random"), []want{{diag.GroupSetting, at + " terminationPolicies 0", `or "OldestLaunchTemplate"`}}},
		{"termination policy twice", policies("Default", "Default"), []want{{diag.GroupSetting, at + " terminationPolicies 1", "twice"}}},
		{"termination policy of another service", policies("arn:aws:sns:ap-northeast-2:111122223333:choose"), []want{{diag.InvalidARN, at + " terminationPolicies 0", "a Lambda function"}}},

		{"maintenance", maintenance(50, 150), nil},
		{"maintenance too low", maintenance(-1, 110), []want{{diag.GroupSetting, at + " instanceMaintenancePolicy minHealthyPercentage", "0 to 100"}}},
		{"maintenance too high", maintenance(100, 201), []want{{diag.GroupSetting, at + " instanceMaintenancePolicy maxHealthyPercentage", "100 to 200"}}},
		{"maintenance too wide", maintenance(90, 191), []want{{diag.GroupSetting, at + " instanceMaintenancePolicy maxHealthyPercentage", "101 more"}}},
		{"maintenance of nothing", maintenance(100, 100), []want{{diag.GroupSetting, at + " instanceMaintenancePolicy maxHealthyPercentage", "none can be replaced"}}},
	})
}

func TestLoadBalancing(t *testing.T) {
	const own = "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/web/73e2d6bc24d8a067"
	groups := func(arns ...string) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) { g.TargetGroups = arns })
	}
	const at = workersAt + " targetGroups 0"
	runRules(t, oldVPC, []ruleTest{
		{"target group", groups(own), nil},
		{"target group twice", groups(own, own), []want{{diag.LoadBalancing, workersAt + " targetGroups 1", "twice"}}},
		{"load balancer", groups("arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/net/web/50dc6c495c0c9188"), []want{{diag.InvalidARN, at, "an Elastic Load Balancing targetgroup"}}},
		{"another region", groups("arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1"), []want{{diag.InvalidARN, at, `in "eu-west-1"`}}},
		{"another account", groups("arn:aws:elasticloadbalancing:ap-northeast-2:999999999999:targetgroup/web/1"), []want{{diag.InvalidARN, at, `in the account "999999999999"`}}},
		{"classic", workers(func(g *spec.SelfManagedNodeGroup) {
			g.ClassicLoadBalancers, g.HealthCheck = []string{"web"}, &spec.HealthCheck{Types: []string{"ELB", "EBS"}}
		}), nil},
		{"classic of a wrong name", workers(func(g *spec.SelfManagedNodeGroup) { g.ClassicLoadBalancers = []string{"web_1"} }), []want{
			{diag.InvalidName, workersAt + " classicLoadBalancers 0", "web_1"}}},
		{"health of nothing", workers(func(g *spec.SelfManagedNodeGroup) { g.HealthCheck = &spec.HealthCheck{Types: []string{"ELB"}} }), []want{
			{diag.LoadBalancing, workersAt + " healthCheck types", "no load balancer"}}},
		{"health twice", workers(func(g *spec.SelfManagedNodeGroup) { g.HealthCheck = &spec.HealthCheck{Types: []string{"EBS", "EBS"}} }), []want{
			{diag.LoadBalancing, workersAt + " healthCheck types 1", "twice"}}},
	})
}

func TestScalingWarmPool(t *testing.T) {
	pool := func(p spec.AutoScalingWarmPool) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) { g.WarmPool = &p })
	}
	const at = workersAt + " warmPool"
	runRules(t, oldVPC, []ruleTest{
		{"pool", pool(spec.AutoScalingWarmPool{State: "Stopped", MinSize: 1, MaxGroupPreparedCapacity: ptr(1)}), nil},
		{"pool of Spot", workers(func(g *spec.SelfManagedNodeGroup) {
			g.CapacityType, g.WarmPool = "SPOT", &spec.AutoScalingWarmPool{State: "Stopped"}
		}), []want{{diag.ScalingWarmPool, at, "Spot instances cannot wait"}}},
		{"pool of less than nothing", pool(spec.AutoScalingWarmPool{MinSize: -1}), []want{{diag.ScalingWarmPool, at + " minSize", "-1"}}},
		{"pool that cannot hold its least", pool(spec.AutoScalingWarmPool{MinSize: 2, MaxGroupPreparedCapacity: ptr(1)}), []want{
			{diag.ScalingWarmPool, at + " maxGroupPreparedCapacity", "less than minSize, 2"}}},
	})
}

func TestMixedInstances(t *testing.T) {
	mix := func(capacity string, m spec.MixedInstances, types ...string) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) {
			g.CapacityType, g.MixedInstances, g.InstanceTypes = capacity, &m, types
		})
	}
	spot := func(m spec.MixedInstances) func(*spec.Spec) { return mix("SPOT", m, "t3.small", "t3a.small") }
	weights := func(w map[string]int) func(*spec.Spec) {
		return mix("ON_DEMAND", spec.MixedInstances{Weights: w}, "t3.small", "t3a.small")
	}
	const at = workersAt + " mixedInstances"
	runRules(t, oldVPC, []ruleTest{
		{"on-demand choice", mix("ON_DEMAND", spec.MixedInstances{OnDemandAllocationStrategy: "lowest-price"}, "t3.small", "t3a.small"), nil},
		{"nothing to choose", mix("ON_DEMAND", spec.MixedInstances{OnDemandAllocationStrategy: "lowest-price"}, "t3.small"), []want{{diag.MixedInstances, at, "one instance type"}}},
		{"one type of Spot", mix("SPOT", spec.MixedInstances{OnDemandBase: ptr(1)}, "t3.small"), nil},
		{"share without Spot", mix("ON_DEMAND", spec.MixedInstances{OnDemandBase: ptr(1), OnDemandPercentageAboveBase: ptr(50)}, "t3.small", "t3a.small"), []want{
			{diag.MixedInstances, at + " onDemandBase", "on demand"}, {diag.MixedInstances, at + " onDemandPercentageAboveBase", "on demand"}}},
		{"choice without Spot", mix("ON_DEMAND", spec.MixedInstances{SpotAllocationStrategy: "lowest-price", SpotInstancePools: ptr(2), SpotMaxPrice: "1"}, "t3.small", "t3a.small"), []want{
			{diag.MixedInstances, at + " spotAllocationStrategy", "on demand"}, {diag.MixedInstances, at + " spotInstancePools", "on demand"},
			{diag.MixedInstances, at + " spotMaxPrice", "on demand"}}},
		{"base of all", spot(spec.MixedInstances{OnDemandBase: ptr(1), OnDemandPercentageAboveBase: ptr(99)}), nil},
		{"base above max", spot(spec.MixedInstances{OnDemandBase: ptr(4)}), []want{{diag.MixedInstances, at + " onDemandBase", "at most 3 nodes"}}},
		{"base below nothing", spot(spec.MixedInstances{OnDemandBase: ptr(-1)}), []want{{diag.MixedInstances, at + " onDemandBase", "-1"}}},
		{"all on demand", spot(spec.MixedInstances{OnDemandPercentageAboveBase: ptr(100)}), []want{{diag.MixedInstances, at + " onDemandPercentageAboveBase", "no node is Spot"}}},
		{"no percentage", spot(spec.MixedInstances{OnDemandPercentageAboveBase: ptr(101)}), []want{{diag.MixedInstances, at + " onDemandPercentageAboveBase", "0 to 99"}}},
		{"pools", spot(spec.MixedInstances{SpotAllocationStrategy: "lowest-price", SpotInstancePools: ptr(2)}), nil},
		{"pools of another strategy", spot(spec.MixedInstances{SpotInstancePools: ptr(2)}), []want{{diag.MixedInstances, at + " spotInstancePools", "only the strategy lowest-price"}}},
		{"too many pools", spot(spec.MixedInstances{SpotAllocationStrategy: "lowest-price", SpotInstancePools: ptr(21)}), []want{{diag.MixedInstances, at + " spotInstancePools", "1 to 20"}}},
		{"more pools than types", spot(spec.MixedInstances{SpotAllocationStrategy: "lowest-price", SpotInstancePools: ptr(3)}), []want{{diag.MixedInstances, at + " spotInstancePools", "2 pools for 2 instance types"}}},
		{"price of nothing", spot(spec.MixedInstances{SpotMaxPrice: "0.0005"}), []want{{diag.MixedInstances, at + " spotMaxPrice", "0.001 dollars"}}},
		{"price beyond numbers", spot(spec.MixedInstances{SpotMaxPrice: "1" + fmt.Sprintf("%0400d", 0)}), []want{{diag.MixedInstances, at + " spotMaxPrice", "dollars"}}},
		{"weights", weights(map[string]int{"t3.small": 1, "t3a.small": 999}), nil},
		{"weight missing", weights(map[string]int{"t3.small": 1}), []want{{diag.MixedInstances, at + " weights", `"t3a.small" has no weight`}}},
		{"weight of another type", weights(map[string]int{"t3.small": 1, "t3a.small": 1, "t4g.small": 1}), []want{{diag.MixedInstances, at + " weights t4g.small", "not among"}}},
		{"weight out of range", weights(map[string]int{"t3.small": 0, "t3a.small": 1000}), []want{
			{diag.MixedInstances, at + " weights t3.small", "not 0"}, {diag.MixedInstances, at + " weights t3a.small", "not 1000"}}},
		{"too many types", workers(func(g *spec.SelfManagedNodeGroup) {
			g.InstanceTypes = nil
			for i := range 41 {
				g.InstanceTypes = append(g.InstanceTypes, fmt.Sprintf("x%d.large", i))
			}
		}), append(unknownTypes(41), want{diag.MixedInstances, workersAt + " instanceTypes", "41 instance types"})},
	})
}

// unknownTypes are the warnings of so many types that the catalog lacks.
func unknownTypes(n int) []want {
	var wants []want
	for i := range n {
		wants = append(wants, want{diag.UnknownInstance, fmt.Sprint(workersAt, " instanceTypes ", i), "not known"})
	}
	return wants
}
