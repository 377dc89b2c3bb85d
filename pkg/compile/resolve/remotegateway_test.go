package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestRemoteGateway(t *testing.T) {
	gateway := func(g *spec.RemoteGateway) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Endpoint = spec.Endpoint{Private: true, Ingress: map[string]spec.EndpointIngress{"office": {SecurityGroupPeer: spec.SecurityGroupPeer{CIDR: "10.90.0.0/16"}}}}
			s.Cluster.RemoteNetworks, s.Cluster.Access = hybrid().Cluster.RemoteNetworks, hybrid().Cluster.Access
			s.Cluster.Network.RemoteGateway = g
		}
	}
	const at = "cluster network remoteGateway"
	runRules(t, newVPC, []ruleTest{
		{"transit gateway", gateway(&spec.RemoteGateway{TransitGateway: "tgw-12345678"}), nil},
		{"virtual private gateway", gateway(&spec.RemoteGateway{VPNGateway: "vgw-12345678"}), nil},
		{"none", gateway(nil), []want{{diag.NoRemoteGateway, "cluster remoteNetworks", "no route"}}},
		{"both", gateway(&spec.RemoteGateway{TransitGateway: "tgw-12345678", VPNGateway: "vgw-12345678"}), []want{{diag.RemoteGateway, at, "exactly one"}}},
		{"neither", gateway(&spec.RemoteGateway{}), []want{{diag.RemoteGateway, at, "exactly one"}}},
		{"ids of the other kind", gateway(&spec.RemoteGateway{TransitGateway: "vgw-12345678"}), []want{{diag.InvalidID, at + " transitGateway", "a transit gateway"}}},
		{"no id", gateway(&spec.RemoteGateway{VPNGateway: "vpn"}), []want{{diag.InvalidID, at + " vpnGateway", "a virtual private gateway"}}},
		{"nothing remote", func(s *spec.Spec) { s.Cluster.Network.RemoteGateway = &spec.RemoteGateway{VPNGateway: "vgw-12345678"} }, []want{
			{diag.RemoteGateway, at, "no remote networks"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"of an existing VPC", gateway(&spec.RemoteGateway{VPNGateway: "vgw-12345678"}), []want{{diag.VPCChoice, at, "exists already"}}},
		{"routes of an existing VPC", gateway(nil), nil},
	})
}
