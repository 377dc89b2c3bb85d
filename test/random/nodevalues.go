package random

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
}

var percentage = of(func(g *generator) int { return g.between(1, 100) })
