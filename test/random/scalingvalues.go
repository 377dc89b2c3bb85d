package random

import "fmt"

// scalingPlausibles are plausible values for Auto Scaling groups and the Cluster
// Autoscaler.
var scalingPlausibles = []plausibility{
	{"clusterAutoscaler.image", of(func(g *generator) string {
		return "registry.example.com/autoscaling/cluster-autoscaler:v" + g.version + ".0"
	})},
	{"clusterAutoscaler.serviceAccount", of(func(g *generator) string { return pick(g, []string{"cluster-autoscaler", "scaler"}) })},
	{"clusterAutoscaler.namespace", of(func(*generator) string { return "kube-system" })},
	{"clusterAutoscaler.replicas", of(func(g *generator) int { return g.between(1, 2) })},
	{"clusterAutoscaler.priorities", of(func(g *generator) any {
		return map[string]any{"10": []any{".*"}, "20": []any{"^eks-", "\\d+-" + pick(g, words)}}
	})},
	{"clusterAutoscaler.flags", of(func(g *generator) any { return map[string]any{"v": "4", "new-pod-scale-up-delay": "30s"} })},
	{"clusterAutoscaler.nodeSelector", of(func(*generator) any { return map[string]any{"kubernetes.io/arch": "arm64"} })},
	{"clusterAutoscaler.tolerations", of(func(g *generator) any {
		return map[string]any{"example.com/" + pick(g, words): map[string]any{"effect": "NoSchedule"}}
	})},
	{"utilizationThreshold", of(func(*generator) string { return "0.6" })},
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
	{"classicLoadBalancers.*", of(func(g *generator) string { return pick(g, words) })},
	{"notificationTarget", of(queueOrTopic)},
	{"notificationRole", of(func(g *generator) string { return g.arn("iam", "", "role/"+pick(g, words)) })},
	{"notifications.*.topic", of(func(g *generator) string { return g.arn("sns", g.region.Name, pick(g, words)) })},
	{"scheduledActions.*.recurrence", of(func(g *generator) string {
		return fmt.Sprintf("%d %d * * %s", g.IntN(60), g.IntN(24), pick(g, []string{"*", "MON-FRI", "6,0"}))
	})},
	{"scheduledActions.*.timeZone", of(func(g *generator) string { return pick(g, []string{"Europe/Berlin", "Etc/UTC", "Asia/Seoul"}) })},
	{"scheduledActions.*.startTime", of(func(g *generator) string { return fmt.Sprintf("2027-01-%02dT07:00:00Z", g.between(1, 28)) })},
	{"scheduledActions.*.endTime", of(func(g *generator) string { return fmt.Sprintf("2027-02-%02dT07:00:00Z", g.between(1, 28)) })},
	{"scheduledActions.*.min", of(func(g *generator) int { return g.between(0, 2) })},
	{"scheduledActions.*.desired", of(func(g *generator) int { return g.between(2, 3) })},
	{"scheduledActions.*.max", of(func(g *generator) int { return g.between(3, 9) })},
	{"warmPool.minSize", of(func(g *generator) int { return g.between(0, 2) })},
	{"maxGroupPreparedCapacity", of(func(g *generator) int { return g.between(2, 5) })},
}

func seconds(g *generator) int { return g.IntN(900) }

func queueOrTopic(g *generator) string {
	return g.arn(pick(g, []string{"sns", "sqs"}), g.region.Name, pick(g, words))
}
