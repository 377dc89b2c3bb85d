package resolve

import (
	"fmt"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// hybrid is newVPC with hybrid nodes, which reach the public endpoint.
func hybrid() *spec.Spec {
	s := newVPC()
	s.Cluster.Endpoint = spec.Endpoint{Public: true}
	s.Cluster.RemoteNetworks = &spec.RemoteNetworks{Nodes: []string{"10.80.0.0/16"}, Pods: []string{"100.64.0.0/16"}}
	s.Cluster.Network.RemoteGateway = &spec.RemoteGateway{TransitGateway: "tgw-12345678"}
	s.Cluster.Access = map[string]spec.Access{"machines": {Role: "machines", Type: "HYBRID_LINUX"}}
	return s
}

func TestRemoteNetworks(t *testing.T) {
	nodes := func(blocks ...string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.RemoteNetworks.Nodes = blocks }
	}
	pods := func(blocks ...string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.RemoteNetworks.Pods = blocks }
	}
	var many []string
	for i := range 16 {
		many = append(many, fmt.Sprintf("10.80.%d.0/24", i))
	}
	const nodesPath, podsPath = "cluster remoteNetworks nodes", "cluster remoteNetworks pods"
	runRules(t, hybrid, []ruleTest{
		{"nodes and pods", func(*spec.Spec) {}, nil},
		{"nodes alone", pods(), nil},
		{"one machine", nodes("192.168.7.9/32"), nil},
		{"as the only nodes", func(s *spec.Spec) { s.Cluster.NodeGroups = nil }, nil},
		{"no nodes", nodes(), []want{{diag.RemoteNetwork, nodesPath, "no network"}}},
		{"too many", nodes(many...), []want{{diag.RemoteNetwork, nodesPath, "16 blocks; EKS allows 15"}}},
		{"public addresses", nodes("203.0.113.0/24"), []want{{diag.RemoteNetwork, nodesPath + " 0", "where EKS wants it"}}},
		{"more than private addresses", nodes("172.0.0.0/8"), []want{
			{diag.RemoteNetwork, nodesPath + " 0", "where EKS wants it"},
			{diag.RemoteNetwork, nodesPath + " 0", "overlaps the services' block 172.20.0.0/16"}}},
		{"host bits", nodes("10.80.1.0/16"), []want{{diag.RemoteNetwork, nodesPath + " 0", `did you mean "10.80.0.0/16"?`}}},
		{"IPv6", nodes("fd00::/8"), []want{{diag.RemoteNetwork, nodesPath + " 0", "IPv6"}}},
		{"in the VPC", nodes("10.0.128.0/20"), []want{{diag.RemoteNetwork, nodesPath + " 0", "overlaps the VPC's block 10.0.0.0/16"}}},
		{"in the services", pods("172.20.8.0/24"), []want{{diag.RemoteNetwork, podsPath + " 0", "overlaps the services' block"}}},
		{"pods among nodes", pods("10.80.4.0/24"), []want{{diag.RemoteNetwork, podsPath + " 0", "10.80.4.0/24 overlaps 10.80.0.0/16"}}},
		{"twice", nodes("10.80.0.0/16", "10.80.0.0/16"), []want{{diag.RemoteNetwork, nodesPath + " 1", "overlaps"}}},
		{"without access entries", func(s *spec.Spec) { s.Cluster.AuthenticationMode = spec.AuthConfigMap }, []want{
			{diag.AccessConfigMap, "cluster access machines type", "HYBRID_LINUX"},
			{diag.RemoteNetwork, "cluster authenticationMode", "CONFIG_MAP"}}},
		{"both endpoints", func(s *spec.Spec) { s.Cluster.Endpoint.Private = true }, []want{
			{diag.HybridEndpoint, "cluster endpoint", "turn public off"}}},
	})
}
