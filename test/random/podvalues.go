package random

import "strings"

// podPlausibles are values for the fields of workloads.
var podPlausibles = []plausibility{
	{"ephemeralStorage", of(func(g *generator) string { return pick(g, []string{"64Mi", "1Gi"}) })},
	{"sizeLimit", of(func(g *generator) string { return pick(g, []string{"64Mi", "1Gi"}) })},
	{"storage", of(func(g *generator) string { return pick(g, []string{"10Gi", "100Gi"}) })},
	{"storageClassName", of(func(g *generator) string { return pick(g, []string{"gp2", "gp2", "web"}) })},
	{"provisioner", of(func(g *generator) string { return pick(g, []string{"csi.example.com", "ebs.csi.aws.com"}) })},
	{"extended.*", of(func(g *generator) string { return pick(g, []string{"1", "2"}) })},
	{"workingDir", of(func(g *generator) string { return "/" + pick(g, words) })},
	{"subPath", of(func(g *generator) string { return pick(g, words) })},
	{"volumeMounts.*.volume", of(func(g *generator) string { return pick(g, words[:3]) })},
	{"hostPath.path", of(func(g *generator) string { return "/var/" + pick(g, words) })},
	{"httpGet.path", of(func(g *generator) string { return "/" + pick(g, words) })},
	{"httpGet.port", of(portName)},
	{"tcpSocket.port", of(portName)},
	{"grpc.port", of(portName)},
	{"volumes.*.downwardAPI.fieldRef.*", of(func(g *generator) string { return pick(g, []string{"metadata.name", "metadata.labels"}) })},
	{"sources.*.downwardAPI.fieldRef.*", of(func(g *generator) string { return pick(g, []string{"metadata.name", "metadata.labels"}) })},
	{"fieldRef.*", of(func(g *generator) string { return pick(g, []string{"metadata.name", "status.podIP", "spec.nodeName"}) })},
	{"resourceFieldRef.*", of(func(g *generator) string { return pick(g, []string{"limits.memory", "requests.cpu"}) })},
	{"initContainers.*.name", of(func(g *generator) string { return pick(g, words) })},
	{"add.*", of(func(g *generator) string { return pick(g, []string{"CHOWN", "NET_BIND_SERVICE"}) })},
	{"drop.*", of(func(g *generator) string { return pick(g, []string{"NET_RAW", "ALL"}) })},
	{"sleepSeconds", of(func(g *generator) int { return g.between(1, 30) })},
	{"expirationSeconds", of(func(g *generator) int { return g.between(600, 7200) })},
	{"successThreshold", of(func(g *generator) int { return 1 })},
	{"initContainers.*.image", of(image)},
	{"sidecars.*.image", of(image)},
	{"patch", of(func(g *generator) any {
		return map[string]any{"metadata": map[string]any{"annotations": map[string]any{"example.com/note": pick(g, words)}}}
	})},
	{"resourceQuota.*", of(func(g *generator) string { return pick(g, []string{"500", "1000"}) })},
	{"networkPolicies.*.workload", of(func(g *generator) string { return pick(g, words[:3]) })},
	{"networkPolicies.*.*.*.workloads.*", of(func(g *generator) string { return pick(g, words[:3]) })},
	{"networkPolicies.*.*.*.namespaces.*", of(func(g *generator) string { return pick(g, []string{"default", "kube-system"}) })},
	{"cidrs.*", of(func(g *generator) string { return pick(g, []string{"10.0.0.0/8", "192.0.2.7/32"}) })},
	{"udpPorts.*", of(func(g *generator) int { return g.between(1, 65535) })},
	{"minReplicas", of(func(g *generator) int { return g.between(1, 3) })},
	{"maxReplicas", of(func(g *generator) int { return g.between(3, 9) })},
	{"cpuUtilization", of(func(g *generator) int { return g.between(50, 90) })},
	{"memoryUtilization", of(func(g *generator) int { return g.between(50, 90) })},
	{"averageValue", of(func(g *generator) string { return pick(g, []string{"100", "30"}) })},
	{"externalMetrics.*.value", of(func(g *generator) string { return pick(g, []string{"100", "30"}) })},
	{"stabilizationWindowSeconds", of(func(g *generator) int { return g.between(0, 3600) })},
	{"policies.*.value", of(func(g *generator) int { return g.between(1, 9) })},
	{"policies.*.periodSeconds", of(func(g *generator) int { return g.between(1, 1800) })},
	{"minAvailable", of(func(g *generator) string { return pick(g, []string{"50%", "1"}) })},
	{"podDisruptionBudget.maxUnavailable", of(func(g *generator) string { return pick(g, []string{"50%", "1"}) })},
	{"workloads.*.image", of(image)},
	{"statefulSets.*.image", of(image)},
	{"daemonSets.*.image", of(image)},
	{"jobs.*.image", of(image)},
	{"cronJobs.*.image", of(image)},
	{"schedule", of(func(g *generator) string { return pick(g, []string{"30 2 * * *", "@daily", "*/15 8-18 * * mon-fri"}) })},
	{"timeZone", of(func(g *generator) string { return pick(g, []string{"Europe/Berlin", "Etc/UTC"}) })},
	{"completions", of(func(g *generator) int { return g.between(3, 5) })},
	{"parallelism", of(func(g *generator) int { return g.between(1, 3) })},
	{"minReadySeconds", of(func(g *generator) int { return g.between(0, 30) })},
	{"progressDeadlineSeconds", of(func(g *generator) int { return g.between(60, 900) })},
	{"nameservers.*", of(address)},
	{"searches.*", of(func(g *generator) string { return pick(g, words) + ".example.com" })},
	{"hostAliases.*.*", of(func(g *generator) string { return pick(g, words) + ".example.com" })},
	{"maxSurge", of(func(g *generator) string { return pick(g, []string{"1", "25%"}) })},
	{"strategy.maxUnavailable", of(func(g *generator) string { return pick(g, []string{"1", "25%"}) })},
	{"updateStrategy.maxUnavailable", of(func(g *generator) string { return pick(g, []string{"0", "1", "25%"}) })},
}

// podKeys are the names in the maps of workloads.
var podKeys = []choices{
	{"udpPorts", []string{"dns", "beacon"}},
	{"secretKeyRef", []string{"PASSWORD", "TOKEN"}},
	{"configMapKeyRef", []string{"THEME", "MODE"}},
	{"valueFrom.fieldRef", []string{"POD", "NODE"}},
	{"valueFrom.resourceFieldRef", []string{"CPUS", "MEMORY"}},
	{"extended", []string{"nvidia.com/gpu", "example.com/disk"}},
	{"volumeMounts", []string{"/data", "/cache", "/etc/app"}},
	{"nodeSelector", []string{"disk", "example.com/tier"}},
	{"tolerations", []string{"dedicated", "*"}},
	{"nodeAffinity.*", []string{"disk", "topology.kubernetes.io/zone"}},
	{"hostAliases", []string{"10.0.0.8", "10.0.0.9"}},
	{"options", []string{"ndots", "timeout"}},
	{"resourceQuota", []string{"pods", "services", "count/jobs.batch"}},
	{"volumeClaimTemplates", words[:3]},
	{"volumes", words[:3]},
	{"httpHeaders", []string{"X-Probe", "Accept"}},
}

func image(g *generator) string {
	return pick(g, []string{"nginx:1.29", "registry.example.com:5000/team/app:1.0", "nginx", "ghcr.io/a/b@sha256:" + strings.Repeat("0a", 32)})
}

func portName(g *generator) string { return pick(g, []string{"http", "metrics", "grpc", "https"}) }
