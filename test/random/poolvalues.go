package random

// poolPlausibles are values for fields of Karpenter, and of node pools and node
// classes.
var poolPlausibles = []plausibility{
	{"karpenter.version", of(func(*generator) string { return "1.14.1" })},
	{"amiSelectorTerms", of(imageTerms)},
	{"amiFamily", of(func(*generator) string { return "AL2023" })},
	{"*.nodeClass", of(func(g *generator) string { return pick(g, nodeClasses) })},
	{"karpenter.nodeClasses.*.role", of(func(g *generator) string { return pick(g, words) + "-nodes" })},
	{"autoMode.nodeClasses.*.role", of(func(g *generator) string { return pick(g, words) + "-auto" })},
	{"subnetSelectorTerms.*.id", of(func(g *generator) string { return "subnet-" + g.digits("0123456789abcdef", 17) })},
	{"podSubnetSelectorTerms.*.id", of(func(g *generator) string { return "subnet-" + g.digits("0123456789abcdef", 17) })},
	{"securityGroupSelectorTerms.*.id", of(func(g *generator) string { return "sg-" + g.digits("0123456789abcdef", 17) })},
	{"podSecurityGroupSelectorTerms.*.id", of(func(g *generator) string { return "sg-" + g.digits("0123456789abcdef", 17) })},
	{"capacityReservationSelectorTerms.*.id", of(func(g *generator) string { return "cr-" + g.digits("0123456789abcdef", 17) })},
	{"ephemeralStorage.size", of(func(*generator) string { return "160Gi" })},
	{"ephemeralStorage.iops", of(func(g *generator) int { return g.between(3000, 16000) })},
	{"ephemeralStorage.throughput", of(func(g *generator) int { return g.between(125, 1000) })},
	{"httpsProxy", of(func(*generator) string { return "http://192.0.2.4:3128" })},
	{"certificateBundles.*", of(func(*generator) string { return "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t" })},
	{"volumeSize", of(func(*generator) string { return "100Gi" })},
	{"volumeInitializationRate", of(func(g *generator) int { return g.between(100, 300) })},
	{"blockDeviceMappings.*.iops", of(func(g *generator) int { return g.between(3000, 16000) })},
	{"httpPutResponseHopLimit", of(func(g *generator) int { return g.between(1, 3) })},
	{"kubelet.clusterDNS.*", of(address)},
	{"imageGCHighThresholdPercent", of(func(g *generator) int { return g.between(70, 90) })},
	{"imageGCLowThresholdPercent", of(func(g *generator) int { return g.between(40, 69) })},
	{"evictionHard.*", of(func(*generator) string { return "5%" })},
	{"evictionSoft.*", of(func(*generator) string { return "10%" })},
	{"evictionSoftGracePeriod.*", of(func(*generator) string { return "1m" })},
	{"kubeReserved.*", of(func(*generator) string { return "100Mi" })},
	{"systemReserved.*", of(func(*generator) string { return "100Mi" })},
	{"requirements", of(requirements)},
	{"expireAfter", of(func(g *generator) string { return pick(g, []string{"168h", "1h30m"}) })},
	{"terminationGracePeriod", of(func(g *generator) string { return pick(g, []string{"24h", "90m"}) })},
	{"consolidateAfter", of(func(g *generator) string { return pick(g, []string{"0s", "5m", "Never"}) })},
	{"budgets.*", of(budget)},
	{"limits.nodes", of(func(g *generator) string { return pick(g, []string{"5", "100"}) })},
	{"nodePools.*.weight", of(func(g *generator) int { return g.between(1, 100) })},
	{"customNodePools.*.weight", of(func(g *generator) int { return g.between(1, 100) })},
}

// poolKeys are the names in their maps.
var poolKeys = []choices{
	{"nodeClasses", nodeClasses},
	{"blockDeviceMappings", []string{"/dev/xvda", "/dev/xvdb"}},
	{"kubeReserved", []string{"memory", "ephemeral-storage"}},
	{"systemReserved", []string{"memory", "ephemeral-storage"}},
	{"evictionHard", []string{"memory.available", "nodefs.available"}},
	{"evictionSoft", []string{"memory.available"}},
	{"evictionSoftGracePeriod", []string{"memory.available"}},
	{"nodePools.*.limits", []string{"nodes"}},
	{"customNodePools.*.limits", []string{"nodes"}},
	{"startupTaints", []string{"example.com/agent"}},
}

// nodeClasses are the names of node classes, few so that pools find them.
var nodeClasses = []string{"default", "data"}

func imageTerms(g *generator) []any {
	return []any{map[string]any{"alias": pick(g, []string{"al2023@v20260415", "al2023@v20260101"})}}
}

// requirements are what nodes of both families can meet.
func requirements(g *generator) map[string]any {
	return map[string]any{
		"kubernetes.io/arch":         map[string]any{"in": []any{pick(g, []string{"amd64", "arm64"})}},
		"karpenter.sh/capacity-type": map[string]any{"in": []any{"on-demand", "spot"}, "minValues": g.between(1, 2)},
		"example.com/team":           map[string]any{"notIn": []any{pick(g, words)}},
		"example.com/rank":           map[string]any{"gt": g.between(1, 4), "lt": g.between(6, 9)},
	}
}

func budget(g *generator) map[string]any {
	if g.chance(0.5) {
		return map[string]any{"nodes": pick(g, []string{"0", "20%"}), "schedule": "0 9 * * mon-fri", "duration": "8h", "reasons": []any{"Empty"}}
	}
	return map[string]any{"nodes": "5"}
}
