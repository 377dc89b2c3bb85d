package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestPrivateEndpoint(t *testing.T) {
	private := func(edit func(*spec.Cluster)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Endpoint = spec.Endpoint{Private: true}
			edit(&s.Cluster)
		}
	}
	ingress := func(p peer) func(*spec.Spec) {
		return private(func(c *spec.Cluster) {
			c.Endpoint.Ingress = map[string]spec.EndpointIngress{"vpn": {SecurityGroupPeer: p}}
		})
	}
	cluster := func(r spec.SecurityGroupRule) func(*spec.Spec) {
		return private(func(c *spec.Cluster) { c.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"vpn": r}} })
	}
	closed := []want{{diag.ClosedEndpoint, "cluster endpoint", "nodes alone"}}
	const at = "cluster endpoint ingress"
	runRules(t, oldVPC, []ruleTest{
		{"for nodes alone", private(func(*spec.Cluster) {}), closed},
		{"for a block", ingress(peer{CIDR: "10.20.0.0/16"}), nil},
		{"for a group", ingress(peer{SecurityGroup: "sg-12345678"}), nil},
		{"for nobody", ingress(peer{}), []want{{diag.RulePeer, at + " vpn", "does not say who"}}},
		{"for a wrong block", ingress(peer{CIDR: "10.20.0.1/16"}), []want{{diag.InvalidCIDR, at + " vpn cidr", "host bits"}}},
		{"through a group that exists", private(func(c *spec.Cluster) { c.SecurityGroup = &spec.SecurityGroup{ID: "sg-12345678"} }), nil},
		{"through the control plane's group", private(func(c *spec.Cluster) {
			c.SecurityGroup = &spec.SecurityGroup{Ingress: rules{"vpn": rule("tcp", 443, peer{CIDR: "10.20.0.0/16"})}}
		}), nil},
		{"through the group that EKS makes", cluster(rule("tcp", 443, peer{CIDR: "10.20.0.0/16"})), nil},
		{"for another port", cluster(rule("tcp", 80, peer{CIDR: "10.20.0.0/16"})), closed},
		{"for node groups", cluster(rule("tcp", 443, peer{NodeGroup: "workers"})), closed},
		{"turned off", func(s *spec.Spec) {
			ingress(peer{CIDR: "10.20.0.0/16"})(s)
			s.Cluster.Endpoint.Private, s.Cluster.Endpoint.Public = false, true
		}, []want{{diag.EndpointIngress, at, "turn private on"}}},
		{"group of the control plane", func(s *spec.Spec) {
			ingress(peer{CIDR: "10.20.0.0/16"})(s)
			s.Cluster.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"a": rule("tcp", 443, peer{Group: "controlPlane"})}}
		}, nil},
	})
}

func TestPublicAccessOverIPv6(t *testing.T) {
	limited := func(family spec.IPFamily, cidrs ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.IPFamily = family
			s.Cluster.Endpoint = spec.Endpoint{Public: true, Private: true, PublicAccessCIDRs: cidrs}
		}
	}
	const at = "cluster endpoint publicAccessCIDRs "
	runRules(t, oldVPC, []ruleTest{
		{"in an IPv6 cluster", limited(spec.IPv6, "2600:1f18::/32", "203.0.113.0/24"), nil},
		{"in an IPv4 cluster", limited(spec.IPv4, "2600:1f18::/32"), []want{{diag.InvalidCIDR, at + "0", `set cluster.ipFamily to "ipv6"`}}},
		{"everybody", limited(spec.IPv6, "::/0"), []want{{diag.OpenEndpoint, at + "0", "::/0 lets everybody in"}}},
		{"private", limited(spec.IPv6, "fd00::/8"), []want{{diag.PublicAccessCIDRs, at + "0", "private or reserved"}}},
		{"host bits", limited(spec.IPv6, "2600:1f18::1/32"), []want{{diag.InvalidCIDR, at + "0", "host bits"}}},
	})
}
