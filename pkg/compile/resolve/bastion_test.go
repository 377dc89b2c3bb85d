package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestBastion(t *testing.T) {
	bastion := func(edit func(*spec.Cluster, *spec.Bastion)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			b := &spec.Bastion{InstanceType: "t4g.nano", Subnets: "private", Policy: "clusterAdmin"}
			s.Cluster.Endpoint.Public = false
			s.Cluster.Bastion = b
			edit(&s.Cluster, b)
		}
	}
	const at = "cluster bastion"
	runRules(t, newVPC, []ruleTest{
		{"the one way in", bastion(func(*spec.Cluster, *spec.Bastion) {}), nil},
		{"named in rules", bastion(func(c *spec.Cluster, _ *spec.Bastion) {
			c.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"ssh": rule("tcp", 22, peer{Group: "bastion"})}}
		}), nil},
		{"no bastion", func(s *spec.Spec) {
			s.Cluster.ClusterSecurityGroup = &spec.ClusterSecurityGroup{Ingress: rules{"ssh": rule("tcp", 22, peer{Group: "bastion"})}}
		}, []want{{diag.UnknownGroup, "cluster clusterSecurityGroup ingress ssh group", "there is no bastion"}}},
		{"no private endpoint", bastion(func(c *spec.Cluster, _ *spec.Bastion) { c.Endpoint = spec.Endpoint{Public: true} }), []want{
			{diag.BastionEndpoint, at, "private endpoint is off"}}},
		{"no rights", bastion(func(_ *spec.Cluster, b *spec.Bastion) { b.Policy = "" }), []want{{diag.AccessNothing, at, "may do nothing"}}},
		{"groups alone", bastion(func(_ *spec.Cluster, b *spec.Bastion) { b.Policy, b.Groups = "", []string{"operators"} }), nil},
		{"reserved group", bastion(func(_ *spec.Cluster, b *spec.Bastion) { b.Groups = []string{"system:masters"} }), []want{
			{diag.AccessGroup, at + " groups 0", "reserved"}}},
		{"policy in aws-auth", bastion(func(c *spec.Cluster, b *spec.Bastion) { c.AuthenticationMode, b.Policy = spec.AuthConfigMap, "view" }), []want{
			{diag.AccessConfigMap, at + " policy", "no access policies"}}},
		{"open SSH", bastion(func(_ *spec.Cluster, b *spec.Bastion) {
			b.Ingress = rules{"ssh": rule("tcp", 22, peer{CIDR: "0.0.0.0/0"})}
		}), []want{
			{diag.OpenSSH, at + " ingress ssh", "SSH"}}},
		{"wrong egress", bastion(func(_ *spec.Cluster, b *spec.Bastion) {
			b.Egress = rules{"x": rule("tcp", 70000, peer{CIDR: "10.0.0.0/8"})}
		}), []want{
			{diag.InvalidPort, at + " egress x port", "70000"}}},
		{"no NAT, but endpoints for nodes", bastion(func(c *spec.Cluster, b *spec.Bastion) { c.Network.NATGateways = "none" }), []want{
			{diag.UnreachableImage, "workloads nginx image", ""}}},
		{"kubectl from nowhere", bastion(func(c *spec.Cluster, b *spec.Bastion) { c.Network.NATGateways, b.InstallKubectl = "none", ptr(true) }), []want{
			{diag.BastionWayOut, at + " installKubectl", "package repository"}, {diag.UnreachableImage, "workloads nginx image", ""}}},
		{"the access list names its role", bastion(func(c *spec.Cluster, _ *spec.Bastion) {
			c.Access = map[string]spec.Access{"b": {Role: "demo-bastion-ap-northeast-2", Policy: "view"}}
		}), []want{{diag.AccessPrincipal, "cluster access b", "cluster.bastion"}}},
		{"role of a node group", bastion(func(_ *spec.Cluster, b *spec.Bastion) { b.Role.Name = "demo-general-ap-northeast-2" }), []want{
			{diag.RoleTaken, "cluster nodeGroups general role name", "cluster.bastion.role"}}},
		{"a node group of its name", func(s *spec.Spec) {
			bastion(func(*spec.Cluster, *spec.Bastion) {})(s)
			s.Cluster.NodeGroups["bastion"] = s.Cluster.NodeGroups["general"]
		}, []want{{diag.RoleTaken, "cluster nodeGroups bastion role name", "cluster.bastion.role"}}},
		{"key pair", bastion(func(_ *spec.Cluster, b *spec.Bastion) { b.KeyPair = "é" }), []want{{diag.InvalidName, at + " keyPair", "key pair"}}},
		{"policy that is none", bastion(func(_ *spec.Cluster, b *spec.Bastion) { b.Role.ManagedPolicies = []string{"Nothing"} }), []want{
			{diag.UnknownPolicy, at + " role managedPolicies 0", "Nothing"}}},
	})
	runRules(t, oldVPC, []ruleTest{
		{"no such subnets", bastion(func(c *spec.Cluster, b *spec.Bastion) { b.Subnets, c.Network.Subnets.Public = "public", nil }), []want{
			{diag.EmptyTier, at + " subnets", "no public subnets"}}},
	})
}

func TestBastionDefaults(t *testing.T) {
	for _, test := range []struct {
		nat, subnets string
		kubectl      bool
	}{{"single", "private", true}, {"none", "private", false}, {"none", "public", true}} {
		s := newVPC()
		s.Workloads = nil
		s.Cluster.Network.NATGateways = test.nat
		s.Cluster.Bastion = &spec.Bastion{InstanceType: "t4g.nano", Subnets: test.subnets, Policy: "view"}
		compare(t, Resolve(s), nil)
		if b := s.Cluster.Bastion; *b.InstallKubectl != test.kubectl || b.Role.Name != "demo-bastion-ap-northeast-2" {
			t.Errorf("NAT %s, %s subnets: installKubectl %t, role %q", test.nat, test.subnets, *b.InstallKubectl, b.Role.Name)
		}
	}
}
