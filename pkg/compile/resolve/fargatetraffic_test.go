package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Nodes are outside the security group that pods on Fargate are in.
func TestFargateTraffic(t *testing.T) {
	nodes, cluster := peer{Group: "nodes"}, peer{Group: "cluster"}
	apart := func() *spec.Spec {
		s := withFargate()
		s.Cluster.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"nodes": rule("tcp", 443, nodes)}}
		s.Cluster.NodeSecurityGroup = &spec.NodeSecurityGroup{Ingress: rules{
			"kubelet": rule("tcp", 10250, cluster), "dns": rule("udp", 53, nodes), "dns-tcp": rule("tcp", 53, nodes),
			"fargate": rule("udp", 53, cluster), "fargate-tcp": rule("tcp", 53, cluster),
		}}
		return s
	}
	onFargate := func(s *spec.Spec) {
		s.Cluster.FargateProfiles["dns"] = fargateProfile("kube-system")
		s.Cluster.Addons["coredns"] = spec.Addon{Configuration: map[string]any{"computeType": "Fargate"}}
	}
	const at = "cluster nodeSecurityGroup"
	runRules(t, apart, []ruleTest{
		{"all of them", func(*spec.Spec) {}, nil},
		{"without Fargate", func(s *spec.Spec) {
			s.Cluster.FargateProfiles = nil
			delete(s.Cluster.NodeSecurityGroup.Ingress, "fargate")
		}, nil},
		{"no questions from Fargate", func(s *spec.Spec) { delete(s.Cluster.NodeSecurityGroup.Ingress, "fargate") }, []want{
			{diag.NodeTraffic, at, "udp port 53 from group: \"cluster\""}}},
		{"no long ones", func(s *spec.Spec) { delete(s.Cluster.NodeSecurityGroup.Ingress, "fargate-tcp") }, []want{
			{diag.NodeTraffic, at, "pods on Fargate cannot ask CoreDNS on nodes"}}},
		{"no questions to Fargate", onFargate, []want{
			{diag.NodeTraffic, at, "add to cluster.clusterSecurityGroup: ingress of tcp port 53"},
			{diag.NodeTraffic, at, "add to cluster.clusterSecurityGroup: ingress of udp port 53"}}},
		{"questions to Fargate", func(s *spec.Spec) {
			onFargate(s)
			s.Cluster.ClusterSecurityGroup.Ingress["dns"] = rule("udp", 53, nodes)
			s.Cluster.ClusterSecurityGroup.Ingress["dns-tcp"] = rule("tcp", 53, nodes)
		}, nil},
	})
}
