package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestPodSecurityGroups(t *testing.T) {
	const id = "sg-12345678"
	all := map[string]string{}
	dns := func(p peer) rules { return rules{"udp": rule("udp", 53, p), "tcp": rule("tcp", 53, p)} }
	pods := func(edit func(*spec.Cluster, *spec.PodSecurityGroups)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			p := spec.PodSecurityGroups{Namespace: "default", PodLabels: all, Groups: []string{id}}
			s.Cluster.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: dns(peer{SecurityGroup: id})}
			edit(&s.Cluster, &p)
			s.Cluster.PodSecurityGroups = map[string]spec.PodSecurityGroups{"p": p}
		}
	}
	instances := func(types ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			pods(func(*spec.Cluster, *spec.PodSecurityGroups) {})(s)
			group(func(g *spec.NodeGroup) { g.InstanceTypes = types })(s)
		}
	}
	const at = "cluster podSecurityGroups"
	runRules(t, newVPC, []ruleTest{
		{"all pods", pods(func(*spec.Cluster, *spec.PodSecurityGroups) {}), nil},
		{"service accounts", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.PodLabels, p.ServiceAccountLabels = nil, all }), nil},
		{"both selectors", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.ServiceAccountLabels = all }), []want{{diag.PodSecurityGroups, at + " p", "both"}}},
		{"no selector", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.PodLabels = nil }), []want{{diag.PodSecurityGroups, at + " p", "neither"}}},
		{"no group", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.Groups = nil }), []want{{diag.PodSecurityGroups, at + " p groups", "1 to 5"}}},
		{"a group twice", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.Groups = []string{id, id} }), []want{{diag.GroupTwice, at + " p groups 1", "twice"}}},
		{"no id", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.Groups = []string{id, "web"} }), []want{{diag.InvalidID, at + " p groups 1", "web"}}},
		{"a namespace that is not there", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.Namespace = "shop" }), []want{
			{diag.UnknownNamespace, at + " p namespace", "shop"}}},
		{"a label that is none", pods(func(_ *spec.Cluster, p *spec.PodSecurityGroups) { p.PodLabels = map[string]string{"a b": "c"} }), []want{
			{diag.InvalidLabel, at + " p podLabels a b", ""}}},
		{"no DNS", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) { c.ClusterSecurityGroup = nil }), []want{
			{diag.PodDNS, at + " p", "tcp and udp port 53"}}},
		{"DNS over UDP alone", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) { delete(c.ClusterSecurityGroup.Ingress, "tcp") }), []want{
			{diag.PodDNS, at + " p", "on tcp port 53"}}},
		{"DNS for another group", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) {
			c.ClusterSecurityGroup.Ingress = dns(peer{SecurityGroup: "sg-87654321"})
		}), []want{
			{diag.PodDNS, at + " p", "cluster.clusterSecurityGroup"}}},
		{"DNS for the VPC", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) {
			c.ClusterSecurityGroup.Ingress = dns(peer{CIDR: "10.0.0.0/8"})
		}), nil},
		{"burstable nodes", instances("t3.large"), []want{{diag.TrunkInstances, at, "t3.large"}}},
		{"nodes without Nitro", instances("m4.large"), []want{{diag.TrunkInstances, at, "m4.large"}}},
		{"some nodes with Nitro", instances("t3.large", "m5.large"), nil},
		{"nodes in public subnets", func(s *spec.Spec) {
			instances("m5.large")(s)
			group(func(g *spec.NodeGroup) { g.Subnets = "public" })(s)
		}, []want{{diag.TrunkInstances, at, "in private subnets"}}},
		{"a mode for no pods", func(s *spec.Spec) { s.Cluster.VPCCNI = &spec.VPCCNI{PodSecurityGroupEnforcingMode: "strict"} }, []want{
			{diag.PodSecurityGroups, "cluster vpcCNI podSecurityGroupEnforcingMode", "no pods"}}},
		{"ipvs", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) {
			c.Addons["kube-proxy"] = spec.Addon{Configuration: map[string]any{"mode": "ipvs"}}
		}), []want{{diag.PodProxyMode, "cluster addons kube-proxy configuration mode", "standard"}}},
		{"ipvs in standard mode", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) {
			c.Addons["kube-proxy"] = spec.Addon{Configuration: map[string]any{"mode": "ipvs"}}
			c.VPCCNI = &spec.VPCCNI{PodSecurityGroupEnforcingMode: "standard"}
		}), nil},
		{"the variable said twice", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) {
			c.VPCCNI = &spec.VPCCNI{Env: map[string]string{"ENABLE_POD_ENI": "true"}}
		}), []want{{diag.CNIEnv, "cluster vpcCNI env ENABLE_POD_ENI", "podSecurityGroups"}}},
		{"the environment said twice", pods(func(c *spec.Cluster, _ *spec.PodSecurityGroups) {
			c.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"env": map[string]any{}}}
		}), []want{{diag.AddonConfig, "cluster addons vpc-cni configuration env", ""}}},
	})
}
