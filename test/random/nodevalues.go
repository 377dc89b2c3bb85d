package random

import "fmt"

// nodePlausibles are values for the fields of node groups, like plausibles.
var nodePlausibles = []plausibility{
	{"updateConfig.maxUnavailable", of(func(g *generator) int { return g.between(1, 3) })},
	{"updateConfig.maxUnavailablePercentage", percentage},
	{"nodeRepair.maxParallelNodesRepairedPercentage", percentage},
	{"nodeRepair.maxUnhealthyNodeThresholdPercentage", percentage},
	{"volume.size", of(func(g *generator) int { return g.between(20, 200) })},
	{"scaling.min", of(func(g *generator) int { return g.between(0, 2) })},
	{"scaling.desired", of(func(g *generator) int { return g.between(2, 3) })},
	{"scaling.max", of(func(g *generator) int { return g.between(3, 9) })},
	{"maxInstanceLifetime", of(func(g *generator) int { return g.between(86400, 2592000) })},
	{"defaultInstanceWarmup", of(seconds)},
	{"cooldown", of(seconds)},
	{"gracePeriod", of(seconds)},
	{"instanceWarmup", of(seconds)},
	{"checkpointDelay", of(seconds)},
	{"bakeTime", of(seconds)},
	{"heartbeatTimeout", of(func(g *generator) int { return g.between(30, 7200) })},
	{"minHealthyPercentage", of(func(g *generator) int { return g.between(50, 100) })},
	{"maxHealthyPercentage", of(func(g *generator) int { return g.between(101, 150) })},
	{"checkpointPercentages", of(func(*generator) any { return []any{50, 100} })},
	{"maxBatchSize", of(func(g *generator) int { return g.between(1, 3) })},
	{"minInstancesInService", of(func(g *generator) int { return g.between(0, 2) })},
	{"pauseTime", of(func(g *generator) string { return fmt.Sprintf("PT%dM%dS", g.IntN(59), g.IntN(59)) })},
	{"onDemandBase", of(func(g *generator) int { return g.between(0, 2) })},
	{"onDemandPercentageAboveBase", of(func(g *generator) int { return g.IntN(100) })},
	{"spotInstancePools", of(func(*generator) int { return 1 })},
	{"spotMaxPrice", of(func(*generator) string { return "0.25" })},
	{"mixedInstances.weights", of(func(*generator) any { return nil })}, // of types that the generator does not see here
	{"terminationPolicies", of(func(g *generator) any {
		return []any{pick(g, []string{"Default", "AllocationStrategy", "OldestInstance", "OldestLaunchTemplate"})}
	})},
	{"targetGroups.*", of(func(g *generator) string {
		return g.arn("elasticloadbalancing", g.region.Name, "targetgroup/"+pick(g, words)+"/73e2d6bc24d8a067")
	})},
}

var percentage = of(func(g *generator) int { return g.between(1, 100) })
