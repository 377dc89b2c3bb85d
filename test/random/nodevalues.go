package random

// nodePlausibles are values for the fields of node groups, like plausibles.
var nodePlausibles = []plausibility{
	{"updateConfig.maxUnavailable", of(func(g *generator) int { return g.between(1, 3) })},
	{"updateConfig.maxUnavailablePercentage", percentage},
	{"nodeRepair.maxParallelNodesRepairedPercentage", percentage},
	{"nodeRepair.maxUnhealthyNodeThresholdPercentage", percentage},
	{"volume.throughput", of(func(g *generator) int { return g.between(125, 750) })},
	{"volume.type", of(func(g *generator) string { return pick(g, []string{"gp3", "gp3", "gp2"}) })},
	{"volumes.*.iops", of(func(g *generator) int { return g.between(3000, 3400) })},
	{"volumes.*.throughput", of(func(g *generator) int { return g.between(125, 750) })},
	{"volumes.*.type", of(func(*generator) string { return "gp3" })},
	{"nodeGroups.*.volumes.*.size", of(func(g *generator) int { return g.between(125, 500) })},
	{"selfManagedNodeGroups.*.volumes.*.size", of(func(g *generator) int { return g.between(125, 500) })},
	{"snapshot", of(func(g *generator) string { return "snap-" + g.digits("0123456789abcdef", 17) })},
	{"launchTemplate.id", of(func(g *generator) string { return "lt-" + g.digits("0123456789abcdef", 17) })},
	{"launchTemplate.version", of(func(g *generator) int { return g.between(1, 9) })},
	{"capacityReservation.id", of(func(g *generator) string { return "cr-" + g.digits("0123456789abcdef", 17) })},
	{"resourceGroupARN", of(func(g *generator) string { return g.arn("resource-groups", g.region.Name, "group/"+pick(g, words)) })},
	{"hopLimit", of(func(g *generator) int { return g.between(1, 3) })},
	{"coreCount", of(func(g *generator) int { return 1 })},
	{"threadsPerCore", of(func(g *generator) int { return g.between(1, 2) })},
	{"partitionCount", of(func(g *generator) int { return g.between(1, 7) })},
	{"volume.size", of(func(g *generator) int { return g.between(20, 200) })},
	{"scaling.min", of(func(g *generator) int { return g.between(0, 2) })},
	{"scaling.desired", of(func(g *generator) int { return g.between(2, 3) })},
	{"scaling.max", of(func(g *generator) int { return g.between(3, 9) })},
}

var percentage = of(func(g *generator) int { return g.between(1, 100) })

// nodePresences say how likely fields of node groups are, like presences.
var nodePresences = []struct {
	pattern string
	chance  func(g *generator) float64
}{
	{"nodeGroups.*.availabilityZones", given(0.05, 0.05)},
	{"selfManagedNodeGroups.*.availabilityZones", given(0.05, 0.05)},
	{"nodeGroups.*.volumes", given(0.1, 0.1)},
	{"selfManagedNodeGroups.*.volumes", given(0.1, 0.1)},
	{"launchTemplate", given(0.05, 0.05)},
	{"volume.iops", given(0, 0)},
	{"keyARN", given(0.1, 0.1)},
	{"efa", given(0.05, 0.05)},
	{"cpuCredits", given(0.05, 0.05)},
	{"nitroEnclaves", given(0.05, 0.05)},
	{"publicIPAddress", given(0.05, 0.05)},
	{"placement", given(0.1, 0.1)},
	{"capacityReservation", given(0.1, 0.1)},
}

// nodeKeys are the names in maps of node groups, like keys.
var nodeKeys = []choices{
	{"nodeGroups.*.volumes", []string{"/dev/sdf", "/dev/sdg", "/dev/sdh"}},
	{"selfManagedNodeGroups.*.volumes", []string{"/dev/sdf", "/dev/sdg", "/dev/sdh"}},
}
