package random

// bootstrapPlausibles are values for what nodes are told, like plausibles.
var bootstrapPlausibles = []plausibility{
	{"kubelet.evictionSoft", of(func(*generator) any { return nil })}, // needs a grace period for each signal
	{"kubelet.evictionSoftGracePeriod", of(func(*generator) any { return nil })},
	{"kubelet.systemReserved.*", of(func(g *generator) string { return pick(g, []string{"1", "200"}) })},
	{"kubelet.kubeReserved.*", of(func(g *generator) string { return pick(g, []string{"1", "200"}) })},
	{"kubelet.evictionHard.*", of(func(g *generator) string { return pick(g, []string{"5%", "100Mi"}) })},
	{"imageGCHighThresholdPercent", of(func(g *generator) int { return g.between(86, 95) })},
	{"imageGCLowThresholdPercent", of(func(g *generator) int { return g.between(50, 80) })},
	{"maxParallelImagePulls", of(func(*generator) int { return 1 })},
	{"containerLogMaxFiles", of(func(g *generator) int { return g.between(2, 9) })},
	{"containerLogMaxSize", of(func(g *generator) string { return pick(g, []string{"10Mi", "1Gi"}) })},
	{"kubelet.podPidsLimit", of(func(g *generator) int { return g.between(100, 9999) })},
	{"kubelet.clusterDNS.*", of(address)},
	{"kubelet.shutdownGracePeriod", of(func(*generator) string { return "30s" })},
	{"kubelet.shutdownGracePeriodCriticalPods", of(func(*generator) string { return "0s" })},
	{"kubelet.flags.*", of(func(g *generator) string { return pick(g, []string{"--v=4", "--a=${b}"}) })},
	{"before.*.contentType", of(func(g *generator) string { return pick(g, []string{"text/x-shellscript", "text/cloud-boothook"}) })},
	{"after.*.contentType", of(func(*generator) string { return "application/node.eks.aws" })},
	{"before.*.content", of(func(g *generator) string {
		return "#!/bin/bash\n" + pick(g, []string{"echo ${HOME}", "--NODECONFIG", "true\n", "echo '\"'"})
	})},
	{"after.*.content", of(func(*generator) string { return "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n" })},
	{"containerd.config", of(func(*generator) string { return "version = 3\n" })},
	{"localStorage.mountPath", of(func(*generator) string { return "/mnt/fast" })},
	{"disabledMounts.*", of(func(g *generator) string { return pick(g, []string{"Containerd", "PodLogs"}) })},
}
