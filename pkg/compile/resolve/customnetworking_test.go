package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// podTier adds pod subnets from a block of their own.
func podTier(s *spec.Spec) {
	s.Cluster.Network.VPC.SecondaryCIDRs = map[string]string{"pods": "100.64.0.0/16"}
	s.Cluster.Network.Tiers.Pod = &spec.Tier{CIDR: "100.64.0.0/16"}
}

// podSubnets adds pod subnets to oldVPC, by zone.
func podSubnets(zones ...string) func(*spec.Spec) {
	return func(s *spec.Spec) {
		s.Cluster.Network.Subnets.Pod = map[string]spec.Subnet{}
		for i, zone := range zones {
			name := string(rune('a' + i))
			s.Cluster.Network.Subnets.Pod[name] = spec.Subnet{ID: "subnet-abcdef0" + name, AvailabilityZone: zone}
		}
	}
}

func networking(n spec.CustomNetworking) func(*spec.Spec) {
	return cni(spec.VPCCNI{CustomNetworking: &n})
}

// letsIn lets somebody reach the API server.
func letsIn(p peer) func(*spec.Spec) {
	return func(s *spec.Spec) {
		s.Cluster.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"pods": rule("tcp", 443, p)}}
	}
}

// asksDNS lets somebody ask CoreDNS.
func asksDNS(p peer) rules { return rules{"tcp": rule("tcp", 53, p), "udp": rule("udp", 53, p)} }

// sharedNodes gives all nodes a group besides the one that EKS makes.
func sharedNodes(ingress rules) func(*spec.Spec) {
	return func(s *spec.Spec) {
		s.Cluster.NodeSecurityGroup = &spec.NodeSecurityGroup{WithClusterSecurityGroup: true, Ingress: ingress}
	}
}

func noAddon(s *spec.Spec) { delete(s.Cluster.Addons, "vpc-cni") }

func TestCustomNetworking(t *testing.T) {
	const at = "cluster vpcCNI customNetworking"
	fault := func(text string) []want { return []want{{diag.CustomNetworking, at, text}} }
	own := networking(spec.CustomNetworking{})
	runRules(t, newVPC, []ruleTest{
		{"pod subnets", all(podTier, own), nil},
		{"no pod subnets", own, fault("no pod subnets")},
		{"IPv6", all(podTier, ipv6, own), fault("IPv6")},
		{"new subnets without the add-on", all(podTier, noAddon, own), fault("only the add-on")},
		{"shared group", all(podTier, networking(spec.CustomNetworking{Groups: []string{"nodes", "cluster"}}), func(s *spec.Spec) {
			s.Cluster.NodeSecurityGroup = &spec.NodeSecurityGroup{WithClusterSecurityGroup: true}
		}), nil},
		{"shared group alone", all(podTier, sharedNodes(nil), networking(spec.CustomNetworking{Groups: []string{"nodes"}})), []want{
			{diag.PodTraffic, at, "tcp port 443"}, {diag.PodTraffic, at, "tcp and udp port 53"}}},
		{"shared group alone, by its name", all(podTier, sharedNodes(asksDNS(peer{Group: "nodes"})), letsIn(peer{Group: "nodes"}), networking(spec.CustomNetworking{Groups: []string{"nodes"}})), nil},
		{"shared group alone, by the blocks of pods", all(podTier, sharedNodes(asksDNS(peer{CIDR: "100.64.0.0/10"})), letsIn(peer{CIDR: "100.64.0.0/16"}), networking(spec.CustomNetworking{Groups: []string{"nodes"}})), nil},
		{"shared group alone, by the blocks of nodes", all(podTier, sharedNodes(asksDNS(peer{Group: "nodes"})), letsIn(peer{CIDR: "10.0.0.0/16"}), networking(spec.CustomNetworking{Groups: []string{"nodes"}})), []want{
			{diag.PodTraffic, at, "tcp port 443"}}},
		{"no shared group", all(podTier, networking(spec.CustomNetworking{Groups: []string{"nodes"}})), []want{
			{diag.CustomNetworking, at + " groups 0", "nodeSecurityGroup"}}},
		{"a group twice", all(podTier, networking(spec.CustomNetworking{Groups: []string{"cluster", "cluster"}})), []want{{diag.GroupTwice, at + " groups 1", "cluster"}}},
		{"a group in a new VPC", all(podTier, networking(spec.CustomNetworking{SecurityGroups: []string{"sg-12345678"}})), []want{
			{diag.SecurityGroupConflict, at + " securityGroups 0", "new one"}}},
		{"subnets that are not looked for", all(podTier, cni(spec.VPCCNI{SubnetDiscovery: ptr(false)})), []want{
			{diag.CustomNetworking, "cluster vpcCNI subnetDiscovery", "nothing then gives"}}},
		{"subnets by ENIConfigs of one's own", all(podTier, cni(spec.VPCCNI{Env: map[string]string{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true"}})), nil},
		{"discovery beside it", all(podTier, cni(spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{}, SubnetDiscovery: ptr(true)})), []want{
			{diag.CNINoEffect, "cluster vpcCNI subnetDiscovery", "ENIConfig"}}},
		{"SNAT of pods on public nodes", all(podTier, cni(spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{}, ExternalSNAT: ptr(true)}),
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })), nil},
		{"the label by variable", all(podTier, cni(spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{}, Env: map[string]string{"ENI_CONFIG_LABEL_DEF": "pool"}})), []want{
			{diag.CNIEnv, "cluster vpcCNI env ENI_CONFIG_LABEL_DEF", "use customNetworking"}}},
		{"subnets by configuration", all(podTier, own, func(s *spec.Spec) {
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"eniConfig": map[string]any{}}}
		}), []want{{diag.AddonConfig, "cluster addons vpc-cni configuration eniConfig", "customNetworking"}}},
	})
}

func TestCustomNetworkingInExistingVPC(t *testing.T) {
	const at = "cluster vpcCNI customNetworking"
	zones := []string{"ap-northeast-2a", "ap-northeast-2c"}
	groups := func(ids ...string) func(*spec.Spec) { return networking(spec.CustomNetworking{SecurityGroups: ids}) }
	own := networking(spec.CustomNetworking{})
	runRules(t, oldVPC, []ruleTest{
		{"one in each zone", all(noAddon, podSubnets(zones...), own), nil},
		{"a zone without", all(podSubnets(zones[0]), own), []want{{diag.CustomNetworking, at, zones[1]}}},
		{"a zone with two", all(podSubnets(zones[0], zones[1], zones[1]), own), []want{{diag.CustomNetworking, "cluster network subnets pod c", `"b" already`}}},
		{"existing groups", all(podSubnets(zones...), groups("sg-12345678", "sg-87654321"), letsIn(peer{SecurityGroup: "sg-87654321"})), nil},
		{"existing groups that nobody lets in", all(podSubnets(zones...), groups("sg-12345678"), letsIn(peer{SecurityGroup: "sg-87654321"})), []want{
			{diag.PodTraffic, at, "tcp port 443"}}},
		{"existing groups by addresses that are not known", all(podSubnets(zones...), groups("sg-12345678"), letsIn(peer{CIDR: "10.0.0.0/8"})), nil},
		{"existing groups of both", all(podSubnets(zones...), groups("sg-12345678"), func(s *spec.Spec) { s.Cluster.AdditionalSecurityGroups = []string{"sg-87654321"} }), nil},
		{"a group twice", all(podSubnets(zones...), groups("sg-12345678", "sg-12345678")), []want{{diag.GroupTwice, at + " securityGroups 1", "twice"}}},
		{"no group", all(podSubnets(zones...), groups("web")), []want{{diag.InvalidID, at + " securityGroups 0", "web"}}},
		{"a new group without the add-on", all(noAddon, podSubnets(zones...), networking(spec.CustomNetworking{Groups: []string{"cluster"}})), []want{
			{diag.CustomNetworking, at + " groups 0", "only the add-on"}}},
		{"an existing shared group without the add-on", all(noAddon, podSubnets(zones...), networking(spec.CustomNetworking{Groups: []string{"nodes"}}), func(s *spec.Spec) {
			s.Cluster.NodeSecurityGroup = &spec.NodeSecurityGroup{ID: "sg-12345678", WithClusterSecurityGroup: true}
		}, letsIn(peer{Group: "nodes"})), nil},
	})
}
