package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestVPCCNI(t *testing.T) {
	const at = "cluster vpcCNI"
	snat := spec.VPCCNI{ExternalSNAT: ptr(true)}
	runRules(t, newVPC, []ruleTest{
		{"settings", cni(spec.VPCCNI{ExternalSNAT: ptr(true), LogLevel: "DEBUG", Env: map[string]string{"CLUSTER_ENDPOINT": ""}}), nil},
		{"SNAT of public nodes", func(s *spec.Spec) {
			cni(snat)(s)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, []want{{diag.SNATSubnets, at + " externalSNAT", `public subnets cannot reach the internet: "general"`}}},
		{"no SNAT of public nodes", func(s *spec.Spec) {
			cni(spec.VPCCNI{ExternalSNAT: ptr(false)})(s)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, nil},
		{"SNAT without NAT", func(s *spec.Spec) {
			cni(snat)(s)
			s.Cluster.Network.NATGateways = "none"
		}, []want{{diag.UnreachableImage, "workloads nginx image", "docker.io"}}},
		{"variable of a field", cni(spec.VPCCNI{Env: map[string]string{"ENABLE_PREFIX_DELEGATION": "true"}}), []want{
			{diag.CNIEnv, at + " env ENABLE_PREFIX_DELEGATION", "use prefixDelegation"}}},
		{"variable name", cni(spec.VPCCNI{Env: map[string]string{"A B": ""}}), []want{{diag.KubernetesName, at + " env A B", "environment variable"}}},
		{"environment from two places", func(s *spec.Spec) {
			cni(snat)(s)
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"env": map[string]any{}}}
		}, []want{{diag.AddonConfig, "cluster addons vpc-cni configuration env", "cluster.vpcCNI"}}},
		{"environment from the add-on", func(s *spec.Spec) {
			s.Cluster.VPCCNI = &spec.VPCCNI{}
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"env": map[string]any{}}}
		}, nil},
	})
}

// cni changes the settings of the VPC CNI plugin.
func cni(v spec.VPCCNI) func(*spec.Spec) {
	return func(s *spec.Spec) { s.Cluster.VPCCNI = &v }
}

// all makes one change of several.
func all(edits ...func(*spec.Spec)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		for _, edit := range edits {
			edit(s)
		}
	}
}

func ipv6(s *spec.Spec) { s.Cluster.IPFamily, s.Cluster.Network.VPC.IPv6 = spec.IPv6, ptr(true) }

func withPodGroups(s *spec.Spec) {
	s.Cluster.PodSecurityGroups = map[string]spec.PodSecurityGroups{"p": {Namespace: "default", PodLabels: map[string]string{}, Groups: []string{"sg-12345678"}}}
	ingress := rules{"udp": rule("udp", 53, peer{SecurityGroup: "sg-12345678"}), "tcp": rule("tcp", 53, peer{SecurityGroup: "sg-12345678"})}
	s.Cluster.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: ingress}
}

// windowsAccess lets nodes with Windows in that something else starts.
func windowsAccess(s *spec.Spec) {
	s.Cluster.Access = map[string]spec.Access{"windows": {Role: "windows-nodes", Type: "EC2_WINDOWS"}}
}

func TestCNISettings(t *testing.T) {
	setting := func(field, text string) []want { return []want{{diag.CNISetting, "cluster vpcCNI " + field, text}} }
	policy := func(p spec.CNINetworkPolicy) func(*spec.Spec) { return cni(spec.VPCCNI{NetworkPolicy: &p}) }
	runRules(t, newVPC, []ruleTest{
		{"bounds", cni(spec.VPCCNI{WarmENITarget: ptr(0), MaxENI: ptr(1), IPCooldownPeriod: ptr(0), ENIMTU: ptr(576), PodMTU: ptr(9001)}), nil},
		{"warm interfaces", cni(spec.VPCCNI{WarmENITarget: ptr(-1)}), setting("warmENITarget", "the least is 0")},
		{"warm addresses", cni(spec.VPCCNI{WarmIPTarget: ptr(0)}), setting("warmIPTarget", "the least is 1")},
		{"fewest addresses", cni(spec.VPCCNI{WarmIPTarget: ptr(1), MinimumIPTarget: ptr(0)}), setting("minimumIPTarget", "the least is 1")},
		{"warm prefixes", cni(spec.VPCCNI{PrefixDelegation: ptr(true), WarmPrefixTarget: ptr(0)}), setting("warmPrefixTarget", "the least is 1")},
		{"no interfaces", cni(spec.VPCCNI{MaxENI: ptr(0)}), setting("maxENI", "the least is 1")},
		{"cooldown", cni(spec.VPCCNI{IPCooldownPeriod: ptr(-1)}), setting("ipCooldownPeriod", "the least is 0")},
		{"cooldown of interfaces", all(withPodGroups, cni(spec.VPCCNI{BranchENICooldown: ptr(29)})), setting("branchENICooldown", "the least is 30")},
		{"large packets", cni(spec.VPCCNI{ENIMTU: ptr(9002)}), setting("eniMTU", "576 to 9001")},
		{"small packets", cni(spec.VPCCNI{PodMTU: ptr(575)}), setting("podMTU", "576 to 9001")},
		{"packets of IPv6", all(ipv6, cni(spec.VPCCNI{PodMTU: ptr(1279)})), setting("podMTU", "1280 to 9001")},
		{"interface names", cni(spec.VPCCNI{VethPrefix: "pods1"}), setting("vethPrefix", "pods1")},
		{"names of other interfaces", cni(spec.VPCCNI{VethPrefix: "eth"}), setting("vethPrefix", "other interfaces")},
		{"logs", cni(spec.VPCCNI{LogFile: "stdout", PluginLogFile: "/var/log/plugin.log"}), nil},
		{"log file", cni(spec.VPCCNI{LogFile: "ipamd.log"}), setting("logFile", `"stderr"`)},
		{"log of the plugin", cni(spec.VPCCNI{PluginLogFile: "stdout"}), setting("pluginLogFile", `"stdout"`)},
		{"blocks", cni(spec.VPCCNI{ExcludeSNATCIDRs: []string{"10.0.0.1/8"}, ExternalServiceCIDRs: []string{"fd00::/8"}}), []want{
			{diag.InvalidCIDR, "cluster vpcCNI excludeSNATCIDRs 0", "host bits"}, {diag.InvalidCIDR, "cluster vpcCNI externalServiceCIDRs 0", "IPv6"}}},
		{"tags", cni(spec.VPCCNI{AdditionalENITags: map[string]string{"team": "a", "aws:b": ""}}), []want{{diag.InvalidTag, "cluster vpcCNI additionalENITags aws:b", "aws:"}}},
		{"tags of the plugin", cni(spec.VPCCNI{AdditionalENITags: map[string]string{"node.k8s.amazonaws.com/a": ""}}), setting("additionalENITags node.k8s.amazonaws.com/a", "for itself")},
		{"IP family by variable", cni(spec.VPCCNI{Env: map[string]string{"ENABLE_IPv6": "true"}}), []want{{diag.CNIEnv, "cluster vpcCNI env ENABLE_IPv6", "ipFamily"}}},
		{"custom networking by variable", cni(spec.VPCCNI{Env: map[string]string{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true", "ENI_CONFIG_LABEL_DEF": "pool"}}), nil},
		{"variable of the init container", cni(spec.VPCCNI{Env: map[string]string{"DISABLE_TCP_EARLY_DEMUX": "true"}}), []want{{diag.CNIEnv, "cluster vpcCNI env DISABLE_TCP_EARLY_DEMUX", "use disableTCPEarlyDemux"}}},
		{"policies", policy(spec.CNINetworkPolicy{EnforcingMode: "strict", PolicyEventLogs: ptr(true), CloudWatchLogs: ptr(true), ConntrackCacheTableSize: ptr(32768)}), nil},
		{"table size", policy(spec.CNINetworkPolicy{ConntrackCacheTableSize: ptr(1048577)}), setting("networkPolicy conntrackCacheTableSize", "32768 to 1048576")},
		{"cleanup", policy(spec.CNINetworkPolicy{ConntrackCacheCleanupPeriod: ptr(0)}), setting("networkPolicy conntrackCacheCleanupPeriod", "the least is 1")},
		{"ports", policy(spec.CNINetworkPolicy{MetricsPort: ptr(0), HealthProbePort: ptr(65536)}), []want{
			{diag.CNISetting, "cluster vpcCNI networkPolicy metricsPort", "1 to 65535"}, {diag.CNISetting, "cluster vpcCNI networkPolicy healthProbePort", "1 to 65535"}}},
		{"one port", policy(spec.CNINetworkPolicy{MetricsPort: ptr(8163)}), setting("networkPolicy", "share the port 8163")},
		{"log of the agent", policy(spec.CNINetworkPolicy{LogFile: "stdout"}), setting("networkPolicy logFile", "stdout")},
		{"bandwidth and policies", cni(spec.VPCCNI{BandwidthPlugin: ptr(true), NetworkPolicy: &spec.CNINetworkPolicy{}}), setting("bandwidthPlugin", "networkPolicy")},
		{"Windows", all(windowsAccess, cni(spec.VPCCNI{Windows: &spec.WindowsIPAM{WarmIPTarget: ptr(0), MinimumIPTarget: ptr(-1)}})), []want{
			{diag.CNISetting, "cluster vpcCNI windows warmIPTarget", ""}, {diag.CNISetting, "cluster vpcCNI windows minimumIPTarget", ""}}},
		{"no prefixes in IPv6", all(ipv6, cni(spec.VPCCNI{PrefixDelegation: ptr(false)})), setting("prefixDelegation", "IPv6")},
	})
}

func TestCNIEffects(t *testing.T) {
	idle := func(field, text string) []want { return []want{{diag.CNINoEffect, "cluster vpcCNI " + field, text}} }
	windows := func(w spec.WindowsIPAM) func(*spec.Spec) { return all(windowsAccess, cni(spec.VPCCNI{Windows: &w})) }
	runRules(t, newVPC, []ruleTest{
		{"interfaces and addresses", cni(spec.VPCCNI{WarmENITarget: ptr(2), WarmIPTarget: ptr(1)}), idle("warmENITarget", "take its place")},
		{"prefixes without them", cni(spec.VPCCNI{WarmPrefixTarget: ptr(1)}), idle("warmPrefixTarget", "without prefixDelegation")},
		{"prefixes", cni(spec.VPCCNI{WarmPrefixTarget: ptr(1), PrefixDelegation: ptr(true)}), nil},
		{"prefixes and addresses", cni(spec.VPCCNI{PrefixDelegation: ptr(true), WarmPrefixTarget: ptr(1), WarmIPTarget: ptr(1)}), idle("warmPrefixTarget", "take its place")},
		{"no warm addresses", cni(spec.VPCCNI{MinimumIPTarget: ptr(10)}), []want{{diag.NoWarmAddresses, "cluster vpcCNI minimumIPTarget", "warmIPTarget"}}},
		{"excluded from nothing", cni(spec.VPCCNI{ExternalSNAT: ptr(true), ExcludeSNATCIDRs: []string{"10.0.0.0/8"}, RandomizeSNAT: "none"}), []want{
			{diag.CNINoEffect, "cluster vpcCNI excludeSNATCIDRs", "externalSNAT"}, {diag.CNINoEffect, "cluster vpcCNI randomizeSNAT", "externalSNAT"}}},
		{"excluded", cni(spec.VPCCNI{ExternalSNAT: ptr(false), ExcludeSNATCIDRs: []string{"10.0.0.0/8"}, RandomizeSNAT: "none"}), nil},
		{"no pod groups", cni(spec.VPCCNI{BranchENICooldown: ptr(60), DisableTCPEarlyDemux: ptr(true)}), []want{
			{diag.CNINoEffect, "cluster vpcCNI branchENICooldown", "no pods have"}, {diag.CNINoEffect, "cluster vpcCNI disableTCPEarlyDemux", "no pods have"}}},
		{"pod groups", all(withPodGroups, cni(spec.VPCCNI{BranchENICooldown: ptr(60), DisableTCPEarlyDemux: ptr(true)})), nil},
		{"probes in standard mode", all(withPodGroups, cni(spec.VPCCNI{PodSecurityGroupEnforcingMode: "standard", DisableTCPEarlyDemux: ptr(true)})), idle("disableTCPEarlyDemux", "standard")},
		{"egress to IPv4", cni(spec.VPCCNI{V4Egress: ptr(true)}), idle("v4Egress", "IPv4")},
		{"egress from IPv6", all(ipv6, cni(spec.VPCCNI{V4Egress: ptr(false)})), nil},
		{"IPv4 in IPv6", all(ipv6, cni(spec.VPCCNI{WarmENITarget: ptr(1), ExternalSNAT: ptr(false)})), []want{
			{diag.CNINoEffect, "cluster vpcCNI warmENITarget", "IPv6 cluster"}, {diag.CNINoEffect, "cluster vpcCNI externalSNAT", "IPv6 cluster"}}},
		{"logs of nothing", cni(spec.VPCCNI{NetworkPolicy: &spec.CNINetworkPolicy{CloudWatchLogs: ptr(true)}}), idle("networkPolicy cloudWatchLogs", "policyEventLogs")},
		{"Windows of nobody", cni(spec.VPCCNI{Windows: &spec.WindowsIPAM{}}), idle("windows", "no nodes with Windows")},
		{"Windows of an access", windows(spec.WindowsIPAM{}), nil},
		{"Windows without prefixes", windows(spec.WindowsIPAM{WarmPrefixTarget: ptr(1)}), idle("windows warmPrefixTarget", "prefixDelegation")},
		{"Windows with addresses", windows(spec.WindowsIPAM{PrefixDelegation: ptr(true), WarmPrefixTarget: ptr(1), WarmIPTarget: ptr(1)}), idle("windows warmPrefixTarget", "take its place")},
		{"Windows with prefixes", windows(spec.WindowsIPAM{PrefixDelegation: ptr(true), WarmPrefixTarget: ptr(1)}), nil},
	})
}

func TestCNIInstalled(t *testing.T) {
	notInstalled := func(s *spec.Spec) {
		delete(s.Cluster.Addons, "vpc-cni")
		s.Cluster.BootstrapSelfManagedAddons = ptr(false)
	}
	missing := want{diag.NoNetworkAddon, "cluster bootstrapSelfManagedAddons", "vpc-cni"}
	types := func(names ...string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.InstanceTypes = names })
	}
	prefixes := cni(spec.VPCCNI{PrefixDelegation: ptr(true)})
	onWindows := func(names ...string) func(*spec.Spec) {
		return all(besideLinux, group(func(g *spec.NodeGroup) {
			g.Image.Family, g.InstanceTypes, g.Volume.Size = "WindowsServer2022Core", names, ptr(50)
		}))
	}
	runRules(t, newVPC, []ruleTest{
		{"by EKS", all(func(s *spec.Spec) { delete(s.Cluster.Addons, "vpc-cni") }, cni(spec.VPCCNI{})), nil},
		{"by nobody", all(notInstalled, cni(spec.VPCCNI{LogLevel: "INFO"})), []want{missing, {diag.NoCNI, "cluster vpcCNI", "nothing installs"}}},
		{"by nobody, for groups", all(notInstalled, withPodGroups), []want{missing, {diag.NoCNI, "cluster podSecurityGroups", "nothing installs"}}},
		{"by nobody, unasked", notInstalled, []want{missing}},
		{"Nitro", all(prefixes, types("m5.large", "c5.metal")), nil},
		{"Xen", all(prefixes, types("m5.large", "m4.large")), []want{{diag.NoPrefixes, "cluster nodeGroups general instanceTypes 1", "no effect"}}},
		{"Xen without prefixes", types("m4.large"), nil},
		{"Xen with Windows", all(cni(spec.VPCCNI{PrefixDelegation: ptr(true)}), onWindows("m4.large")), nil},
		{"Xen with prefixes of Windows", all(cni(spec.VPCCNI{Windows: &spec.WindowsIPAM{PrefixDelegation: ptr(true)}}), onWindows("m4.large")), []want{
			{diag.NoPrefixes, "cluster nodeGroups general instanceTypes 0", "no effect"}}},
		{"Xen in IPv6", all(ipv6, types("m4.large")), []want{{diag.NoPrefixes, "cluster nodeGroups general instanceTypes 0", "IPv6"}}},
	})
}

func TestCNIConfiguration(t *testing.T) {
	configured := func(v spec.VPCCNI, configuration map[string]any) func(*spec.Spec) {
		return func(s *spec.Spec) {
			cni(v)(s)
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: configuration}
		}
	}
	twice := func(keys, text string) want {
		return want{diag.AddonConfig, "cluster addons vpc-cni configuration " + keys, text}
	}
	policies, agent := spec.VPCCNI{NetworkPolicy: &spec.CNINetworkPolicy{}}, map[string]any{"enabled": false, "resources": map[string]any{}}
	runRules(t, newVPC, []ruleTest{
		{"the agent", configured(policies, map[string]any{"enableNetworkPolicy": "true", "nodeAgent": agent}), []want{
			twice("enableNetworkPolicy", "networkPolicy"), twice("nodeAgent enabled", "networkPolicy")}},
		{"the agent without policies", configured(spec.VPCCNI{}, map[string]any{"enableNetworkPolicy": "true", "nodeAgent": agent}), nil},
		{"Windows", all(windowsAccess, configured(spec.VPCCNI{Windows: &spec.WindowsIPAM{}}, map[string]any{"warmWindowsIPTarget": 1})), []want{twice("warmWindowsIPTarget", "windows")}},
		{"the init container", configured(spec.VPCCNI{V6Egress: ptr(true)}, map[string]any{"init": map[string]any{"env": map[string]any{}}}), []want{twice("init env", "init container")}},
	})
}
