package random

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// matches reports whether the pattern, names between dots, is how the path
// ends. The name * stands for any.
func matches(pattern string, path []string) bool {
	for last := len(path) - 1; last >= 0; last-- {
		dot := strings.LastIndexByte(pattern, '.')
		if name := pattern[dot+1:]; name != "*" && name != path[last] {
			return false
		}
		if dot < 0 {
			return true
		}
		pattern = pattern[:dot]
	}
	return false
}

var words = []string{"web", "api", "worker", "blue", "green", "team", "data", "edge", "batch", "core"}

// plausibility is a value for the paths that a pattern matches.
type plausibility struct {
	pattern string
	value   func(g *generator, path []string) any
}

// choices are the names in the maps that a pattern matches.
type choices struct {
	pattern string
	names   []string
}

// plausibles are values for fields whose type, documentation and pattern say
// too little about what to write there. The first line that a path matches
// counts; nil leaves the value to what the schema says.
var plausibles = []plausibility{
	{"cluster.name", of(func(g *generator) string {
		return pick(g, words) + pick(g, []string{"-", "_", ""}) + g.digits("0123456789", 2)
	})},
	{"region", of(func(g *generator) string { return g.region.Name })},
	{"account", of(func(g *generator) string { return g.account })},
	{"addons.*.version", of(func(g *generator) string {
		return fmt.Sprintf("v1.%d.%d-eksbuild.%d", g.IntN(30), g.IntN(10), g.between(1, 9))
	})},
	{"version", of(func(g *generator) string { return g.version })},
	{"nodeGroups.*.image.release", of(func(g *generator) string {
		return fmt.Sprintf("%s.%d-202604%02d", g.version, g.IntN(9), g.between(1, 30))
	})},
	{"image.release", of(func(g *generator) string { return fmt.Sprintf("v202604%02d", g.between(1, 30)) })},
	{"image.family", of(func(g *generator) string {
		return pick(g, []string{"AL2023", "AL2023", "AL2023", "Bottlerocket", "Ubuntu2404", "WindowsServer2022Core"})
	})},
	{"image.variant", of(func(g *generator) string { return pick(g, []string{"standard", "standard", "fips", "nvidia"}) })},
	{"keyARN", of(func(g *generator) string {
		return g.arn("kms", g.region.Name, "key/1234abcd-12ab-34cd-56ef-"+g.digits("0123456789abcdef", 12))
	})},
	{"iam.path", of(func(g *generator) string { return "/" + pick(g, words) + "/" })},
	{"permissionsBoundary", of(func(g *generator) string { return g.arn("iam", "", "policy/"+pick(g, words)) })},
	{"access.*.arn", of(func(g *generator) string {
		return g.arn("iam", "", pick(g, []string{"role/", "user/", "role/deep/path/"})+pick(g, words)+g.digits("0123456789", 2))
	})},
	{"role.arn", of(func(g *generator) string { return g.arn("iam", "", "role/"+pick(g, words)) })},
	{"caBundle", of(func(*generator) string { return authority })},
	{"privateCAARN", of(func(g *generator) string {
		return g.arn("acm-pca", g.region.Name, "certificate-authority/"+pick(g, words))
	})},
	{"rolesAnywhere.durationSeconds", of(func(g *generator) int { return g.between(900, 43200) })},
	{"managedPolicies.*", of(managedPolicy)},
	{"targetRoleARN", of(func(g *generator) string {
		return "arn:" + g.region.Partition + ":iam::999999999999:role/" + pick(g, words)
	})},
	{"actions.*", of(func(g *generator) string {
		return pick(g, []string{"s3:GetObject", "s3:PutObject", "ec2:Describe*", "sqs:ReceiveMessage"})
	})},
	{"statements.*.resources.*", of(queue)},
	{"sessionPolicy.*.resources.*", of(queue)},
	{"workloads.*.serviceAccount", of(func(g *generator) string { return pick(g, append([]string{"default"}, words...)) })},
	{"access.*.role", of(func(g *generator) string {
		return pick(g, []string{"", "team/"}) + pick(g, words) + g.digits("0123456789", 2)
	})},
	{"availabilityZones", zones},
	{"availabilityZone", zone},
	{"vpc.cidr", of(func(g *generator) string { return fmt.Sprintf("10.%d.0.0/16", g.vpc) })},
	{"subnets.*.*.cidr", of(func(g *generator) string { g.subnets++; return fmt.Sprintf("10.%d.%d.0/24", g.vpc, g.subnets%256) })},
	{"secondaryCIDRs.*", of(func(g *generator) string { return fmt.Sprintf("100.%d.0.0/16", g.between(64, 127)) })},
	{"tiers.*.cidr", of(func(g *generator) string { return fmt.Sprintf("10.%d.%d.0/24", g.vpc, g.between(248, 255)) })},
	{"tiers.*.prefixLength", of(func(g *generator) int { return g.between(27, 28) })},
	{"flowLogs.aggregationInterval", of(func(g *generator) int { return pick(g, []int{60, 600}) })},
	{"flowLogs.format", of(func(*generator) string { return "${version} ${srcaddr} ${dstaddr} ${action}" })},
	{"cloudWatchLogs.retentionDays", of(func(g *generator) int { return pick(g, []int{1, 30, 365}) })},
	{"fargateLogging.retentionDays", of(func(g *generator) int { return pick(g, []int{1, 30, 365}) })},
	{"fargateProfiles.*.subnets", of(func(g *generator) string {
		return pick(g, []string{"private", "private", "private", "isolated", "pod"})
	})},
	{"selectors.*.namespace", of(func(g *generator) string { return pick(g, []string{"batch", "team-*", "web", "kube-system", "job-?"}) })},
	{"selectors.*.labels.*", of(func(g *generator) string { return pick(g, []string{"fargate", "nightly-?", "*"}) })},
	{"bucketARN", of(func(g *generator) string {
		return "arn:" + g.region.Partition + ":s3:::" + pick(g, words) + "-flow-logs"
	})},
	{"domainNameServers.*", of(address)},
	{"ntpServers.*", of(address)},
	{"vpcEndpoints.existing.*", of(service)},
	{"vpcEndpoints.exclude.*", of(service)},
	{"vpcEndpoints.*.*.policy", of(func(*generator) any {
		return map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}}
	})},
	{"vpcEndpoints.subnets", of(func(*generator) string { return "private" })},
	{"serviceCIDR", of(func(g *generator) string {
		return pick(g, []string{"172.20.0.0/16", "10.100.0.0/16", "192.168.16.0/20", "172.16.0.0/12"})
	})},
	{"natAddresses.*", of(func(g *generator) string { return fmt.Sprintf("198.51.100.%d/32", g.IntN(256)) })},
	{"publicAccessCIDRs.*", of(func(g *generator) string {
		return pick(g, []string{"203.0.113.0/24", "198.51.100.0/24", "192.0.2.7/32"})
	})},
	{"networkACLs.*.*.*.cidr", of(anyBlock)},
	{"ingress.*.cidr", of(func(g *generator) string { return pick(g, []string{"10.0.0.0/8", "192.0.2.7/32", "203.0.113.0/25"}) })},
	{"cidr", of(anyBlock)},
	{"vpcCNI.eniMTU", of(packet)},
	{"vpcCNI.podMTU", of(packet)},
	{"vpcCNI.vethPrefix", of(func(g *generator) string { return pick(g, []string{"eni", "pod", "v1"}) })},
	{"vpcCNI.logFile", of(func(g *generator) string { return pick(g, []string{"stdout", "stderr", "/host/var/log/ipamd.log"}) })},
	{"vpcCNI.pluginLogFile", of(func(g *generator) string { return pick(g, []string{"stderr", "/var/log/plugin.log"}) })},
	{"networkPolicy.logFile", of(func(*generator) string { return "/var/log/agent.log" })},
	{"networkPolicy.conntrackCacheTableSize", of(func(g *generator) int { return 1024 * g.between(32, 1024) })},
	{"excludeSNATCIDRs.*", of(anyBlock)},
	{"externalServiceCIDRs.*", of(anyBlock)},
	{"instanceTypes", instanceTypes},
	{"instanceType", of(func(g *generator) string { return pick(g, knownInstanceTypes()) })},
	{"maxPods", of(func(g *generator) int { return g.between(4, 30) })},
	{"endpoint.public", of(func(g *generator) bool { return g.chance(0.8) })},
	{"endpoint.private", of(func(g *generator) bool { return g.chance(0.8) })},
	{"natGateways", of(func(g *generator) string { return pick(g, []string{"single", "single", "perZone", "perZone", "none"}) })},
	{"networkACLs.*.tier", tier},
	{"networkACLs.*.*.*.protocol", of(func(g *generator) string { return pick(g, []string{"tcp", "tcp", "udp", "udp", "all"}) })},
	{"toPort", of(func(g *generator) int { return g.between(32768, 65535) })},
	{"port", of(func(g *generator) int { return pick(g, []int{22, 53, 80, 443, 1024, 8080, 10250}) })},
	{"ports.*", of(func(g *generator) int { return g.between(1, 65535) })},
	{"namespace", of(func(g *generator) string {
		return pick(g, []string{"default", "default", "default", "kube-system", "web"})
	})},
	{"cpu", of(func(g *generator) string { return pick(g, []string{"100m", "250m", "1", "2", "0.5"}) })},
	{"memory", of(func(g *generator) string { return pick(g, []string{"64Mi", "256Mi", "1Gi", "1e9", "500M"}) })},
	{"kubernetes.manifests.*", manifest},
	{"cluster.stacks", of(stacks)},
	{"cluster.layout", of(func(g *generator) string { return pick(g, []string{"stacks", "stacks", "stacks", "single"}) })},
	{"suppress.*.path", of(func(g *generator) string { return pick(g, []string{"cluster", "cluster.endpoint", "workloads"}) })},
}

// of turns a function that needs no path into one of the table.
func of[T any](value func(g *generator) T) func(*generator, []string) any {
	return func(g *generator, _ []string) any { return value(g) }
}

// allPlausibles are the tables of values, of which the first that matches counts.
var allPlausibles = slices.Concat(bootstrapPlausibles, scalingPlausibles, nodePlausibles, podPlausibles, poolPlausibles, plausibles)

// plausibleAt are the places in allPlausibles of patterns that end in a word.
var plausibleAt = func() map[string][]int {
	at := map[string][]int{}
	for i, v := range allPlausibles {
		last := v.pattern[strings.LastIndexByte(v.pattern, '.')+1:]
		at[last] = append(at[last], i)
	}
	return at
}()

// plausible makes the value that the tables have for path.
func (g *generator) plausible(path []string) (any, bool) {
	if len(path) == 0 {
		return nil, false
	}
	first := len(allPlausibles)
	for _, last := range []string{path[len(path)-1], "*"} {
		for _, i := range plausibleAt[last] {
			if i < first && matches(allPlausibles[i].pattern, path) {
				first = i
			}
		}
	}
	if first == len(allPlausibles) {
		return nil, false
	}
	value := allPlausibles[first].value(g, path)
	return value, value != nil
}

func (g *generator) arn(service, region, resource string) string {
	return strings.Join([]string{"arn", g.region.Partition, service, region, g.account, resource}, ":")
}

func packet(g *generator) int { return g.between(1280, 9001) }

func address(g *generator) string { return fmt.Sprintf("10.%d.0.%d", g.vpc, g.between(10, 250)) }

// service is one that a private cluster may use.
func service(g *generator) string {
	return pick(g, []string{"autoscaling", "ec2", "ecr.api", "eks", "logs", "sqs", "sts"})
}

func managedPolicy(g *generator) string {
	if g.chance(0.3) {
		return g.arn("iam", "", "policy/"+pick(g, words))
	}
	return pick(g, managedPolicies())
}

func queue(g *generator) string { return g.arn("sqs", g.region.Name, pick(g, words)+"-*") }

func zones(g *generator, _ []string) any {
	var list []any
	for _, i := range g.Perm(len(g.region.Zones))[:g.between(2, 3)] {
		list = append(list, g.region.Zones[i])
	}
	return list
}

// zone is the one that the name of the subnet at path says.
func zone(g *generator, path []string) any {
	name := g.region.Name + path[len(path)-2]
	if slices.Contains(g.region.Zones, name) {
		return name
	}
	return pick(g, g.region.Zones)
}

func anyBlock(g *generator) string {
	return pick(g, []string{"10.0.0.0/8", "0.0.0.0/0", "192.0.2.7/32", "203.0.113.0/25"})
}

// tier is the one that the name of the network ACL at path says.
func tier(g *generator, path []string) any {
	if name := path[len(path)-2]; name == "public" {
		return name
	}
	return "private"
}

// knownInstanceTypes are those of families that outside tools know too.
var knownInstanceTypes = sync.OnceValue(func() []string {
	families := []string{"c5", "c6g", "g4dn", "inf1", "m5", "m6g", "m7g", "r5", "t3", "t4g"}
	return slices.DeleteFunc(catalog.InstanceTypes(), func(name string) bool {
		family, _, _ := strings.Cut(name, ".")
		return !slices.Contains(families, family)
	})
})

var managedPolicies = sync.OnceValue(catalog.ManagedPolicies)

// instanceTypes are some of one architecture.
func instanceTypes(g *generator, _ []string) any {
	all := knownInstanceTypes()
	first, _ := catalog.LookupInstanceType(pick(g, all))
	list := []any{first.Name}
	for range g.IntN(3) {
		other, _ := catalog.LookupInstanceType(pick(g, all))
		if other.Architecture == first.Architecture && !slices.Contains(list, any(other.Name)) {
			list = append(list, other.Name)
		}
	}
	return list
}

// presences say how likely optional fields are, where it depends on others.
var presences = []struct {
	pattern string
	chance  func(g *generator) float64
}{
	{"vpc.id", given(1, 0)},
	{"vpc.cidr", given(0.5, 1)},
	{"availabilityZones", given(0, 1)},
	{"network.subnets", given(1, 0.2)},
	{"network.remoteGateway", given(0, 0.1)},
	{"vpc.ipv6", given(0, 0.3)},
	{"vpc.instanceTenancy", given(0, 0.1)},
	{"network.hostnameType", given(0, 0.2)},
	{"network.dhcpOptions", given(0, 0.2)},
	{"network.karpenterDiscovery", given(0, 0.2)},
	{"subnets.*.*.ipv6Index", given(0.05, 0.15)},
	{"network.vpcEndpoints", given(0.1, 0.2)},
	{"vpcEndpoints.securityGroup", given(0.3, 0)},
	{"subnets.*.*.routeTable", given(0.9, 0)},
	{"network.tiers", given(0, 0.2)},
	{"network.tiers.pod", given(0, 0.1)},
	{"network.vpc.internetGateway", given(0, 0.1)},
	{"network.natGateways", given(0, 0.6)},
	{"network.natAddresses", given(0.3, 0)},
	{"network.subnets.private", given(0.9, 1)},
	{"network.subnets.public", given(0.9, 1)},
	{"network.subnets.isolated", given(0.2, 0.2)},
	{"network.subnets.pod", given(0.2, 0.2)},
	{"subnets.*.*.id", given(1, 0)},
	{"subnets.*.*.cidr", given(0.5, 1)},
	{"networkACLs.*.*.*.port", given(0.9, 0.9)},
	{"image.id", given(0.1, 0.1)},
	{"nodeConfig", given(0.1, 0.1)},
	{"bottlerocket", given(0.1, 0.1)},
	{"userData.after", given(0.2, 0.2)},
	{"kubelet", given(0.2, 0.2)},
	{"image.release", given(0.2, 0.2)},
	{"image.variant", given(0.2, 0.2)},
	{"role.name", given(0.1, 0.1)},
	{"cluster.fargateProfiles", given(0.2, 0.2)},
	{"cluster.fargateLogging", given(0.1, 0.1)},
	{"access.*.namespaces", given(0.2, 0.2)},
	{"service.ports", given(0.2, 0.2)},
	{"vpcCNI.externalSNAT", given(0.2, 0.2)},
	{"vpcCNI.branchENICooldown", given(0.1, 0.1)},
	{"vpcCNI.disableTCPEarlyDemux", given(0.1, 0.1)},
	{"vpcCNI.v4Egress", given(0.1, 0.1)},
	{"vpcCNI.windows", given(0.1, 0.1)},
	{"cluster.stacks", given(0.2, 0.2)},
	{"cluster.gitSync", given(0.1, 0.1)},
	{"lint", given(0.05, 0.05)},
	{"cluster.karpenter", given(0.15, 0.15)},
	{"karpenter.nodeClasses.*.instanceProfile", given(0.05, 0.05)},
	{"karpenter.nodeClasses.*.amiFamily", given(0.3, 0.3)},
}

// given is a chance in an existing VPC, and one in a new VPC.
func given(existing, created float64) func(*generator) float64 {
	return func(g *generator) float64 {
		if g.existing {
			return existing
		}
		return created
	}
}

// keys are the names in maps where not every word will do.
var keys = []choices{
	{"addons", catalog.Addons()},
	{"vpcEndpoints.interface", []string{"autoscaling", "ecr.api", "logs", "sqs", "sts"}},
	{"vpcEndpoints.gateway", []string{"dynamodb", "s3"}},
	{"subnets.private", []string{"a", "b", "c", "d"}},
	{"subnets.public", []string{"a", "b", "c", "d"}},
	{"subnets.isolated", []string{"a", "b", "c", "d"}},
	{"subnets.pod", []string{"a", "b", "c", "d"}},
	{"kubelet.evictionHard", []string{"memory.available", "nodefs.available", "pid.available"}},
	{"kubelet.systemReserved", []string{"cpu", "memory", "pid"}},
	{"kubelet.kubeReserved", []string{"cpu", "memory", "pid"}},
	{"labels", []string{"team", "app.example.com/tier", "tier", "a.b/c_d.e", "X"}},
	{"annotations", []string{"note", "example.com/owner", "a/b"}},
	{"access.*.policies", catalog.AccessPolicies()},
	{"conditions", []string{"StringEquals", "ForAnyValue:StringLike"}},
	{"conditions.*", []string{"aws:ResourceTag/team", "aws:TagKeys"}},
	{"taints", []string{"dedicated", "example.com/gpu", "spot"}},
	{"tags", []string{"project", "Cost Center", "env:stage", "owner"}},
	{"env", []string{"LEVEL", "LOG_LEVEL", "A1", "CLUSTER_ENDPOINT", "lower.case"}},
	{"ports", []string{"http", "metrics", "grpc", "https"}},
	{"kubernetes.namespaces", []string{"web", "apps", "team-a"}},
	{"networkACLs", []string{"public", "private"}},
	{"selfManagedNodeGroups", []string{"self", "own-1", "legacy_2"}},
	{"fargateProfiles", []string{"apps", "Batch", "night_1"}},
}

// key makes a name in the map at path.
// allKeys are the tables of names, of which the first that matches counts.
var allKeys = slices.Concat(nodeKeys, podKeys, poolKeys, keys)

func (g *generator) key(path []string) string {
	if g.mood == odd && g.chance(0.04) {
		return strings.ReplaceAll(pick(g, oddTexts), "e\u0301", "é") // as CUE does in names
	}
	for _, k := range allKeys {
		if matches(k.pattern, path) {
			return pick(g, k.names)
		}
	}
	return pick(g, words)
}

// fewest is how many entries a map has at least, if it is there.
func fewest(path []string) int {
	if matches("network.subnets.*", path) {
		return 3
	}
	return 1
}
