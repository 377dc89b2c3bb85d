package resolve

import (
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// autoMode is newVPC with Auto Mode in place of its node group and add-ons.
func autoMode() *spec.Spec {
	s := newVPC()
	s.Cluster.NodeGroups, s.Cluster.Addons = nil, nil
	s.Cluster.AutoMode = &spec.AutoMode{Enabled: true}
	return s
}

func TestAutoMode(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/eks"
	runRules(t, autoMode, []ruleTest{
		{"alone", func(*spec.Spec) {}, nil},
		{"without node pools", func(s *spec.Spec) { s.Cluster.AutoMode.NodePools = []string{} }, nil},
		{"off", func(s *spec.Spec) { s.Cluster.AutoMode.Enabled = false }, []want{
			{diag.NoNetworkAddon, "cluster bootstrapSelfManagedAddons", "vpc-cni, kube-proxy, coredns"},
			{diag.NoNodes, "workloads", "autoMode"}}},
		{"with an add-on that runs on its nodes", func(s *spec.Spec) { s.Cluster.Addons = map[string]spec.Addon{"metrics-server": {}} }, nil},
		{"with add-ons that it brings", func(s *spec.Spec) {
			s.Cluster.Addons = map[string]spec.Addon{"coredns": {}, "eks-pod-identity-agent": {}}
		}, []want{
			{diag.BuiltInAddon, "cluster addons coredns", "leave it out"},
			{diag.BuiltInAddon, "cluster addons eks-pod-identity-agent", "leave it out"}}},
		{"with add-ons for a node group", func(s *spec.Spec) {
			s.Cluster.NodeGroups, s.Cluster.Addons = newVPC().Cluster.NodeGroups, newVPC().Cluster.Addons
		}, nil},
		{"with a node group that lacks add-ons", func(s *spec.Spec) { s.Cluster.NodeGroups = newVPC().Cluster.NodeGroups }, []want{
			{diag.NoNetworkAddon, "cluster bootstrapSelfManagedAddons", "vpc-cni, kube-proxy, coredns"}}},
		{"with CNI settings", func(s *spec.Spec) { s.Cluster.VPCCNI = &spec.VPCCNI{LogLevel: "DEBUG"} }, []want{
			{diag.AutoMode, "cluster vpcCNI", "node classes"}}},
		{"without access entries", func(s *spec.Spec) { s.Cluster.AuthenticationMode = spec.AuthConfigMap }, []want{
			{diag.AutoMode, "cluster authenticationMode", "CONFIG_MAP"}}},
		{"with self-managed add-ons", func(s *spec.Spec) { s.Cluster.BootstrapSelfManagedAddons = ptr(true) }, []want{
			{diag.AutoMode, "cluster bootstrapSelfManagedAddons", "addedLater"}}},
		{"added to self-managed add-ons", func(s *spec.Spec) {
			s.Cluster.BootstrapSelfManagedAddons, s.Cluster.AutoMode.AddedLater = ptr(true), true
		}, nil},
		{"role by ARN", func(s *spec.Spec) { s.Cluster.AutoMode.Role.ARN = role }, nil},
		{"role by ARN and name", func(s *spec.Spec) {
			s.Cluster.AutoMode.Role = spec.AutoModeRole{ARN: role, Name: "eks"}
		}, []want{{diag.RoleConflict, "cluster autoMode role", "exists already"}}},
		{"role of another account", func(s *spec.Spec) { s.Cluster.AutoMode.Role.ARN = "arn:aws:iam::999999999999:role/eks" }, []want{
			{diag.InvalidARN, "cluster autoMode role arn", "the role of Auto Mode's nodes must be in"}}},
		{"role of the control plane", func(s *spec.Spec) {
			s.Cluster.Role, s.Cluster.AutoMode.Role.ARN = &spec.ClusterRole{ARN: role}, role
		}, []want{{diag.RoleTaken, "cluster autoMode role arn", "role of the control plane"}}},
		{"role named as the control plane's", func(s *spec.Spec) {
			s.Cluster.Role, s.Cluster.AutoMode.Role.Name = &spec.ClusterRole{Name: "EKS"}, "eks"
		}, []want{{diag.RoleTaken, "cluster autoMode role name", "created for cluster.role already"}}},
		{"role that may also administer", func(s *spec.Spec) {
			s.Cluster.AutoMode.Role.ARN = "arn:aws:iam::111122223333:role/path/eks"
			s.Cluster.Access = map[string]spec.Access{"nodes": {Role: "eks", Policy: "clusterAdmin"}}
		}, []want{{diag.AccessPrincipal, "cluster access nodes", "cluster.autoMode.role"}}},
		{"without a way out", func(s *spec.Spec) {
			s.Workloads = nil
			s.Cluster.Network.NATGateways, s.Cluster.Network.VPCEndpoints = "none", &spec.VPCEndpoints{Derive: ptr(false)}
		}, []want{{diag.NoRouteOut, "cluster network vpcEndpoints derive", "those of Auto Mode"}}},
		{"service accounts without the agent", func(s *spec.Spec) {
			s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"web": {Namespace: "default", Method: "podIdentity", Role: spec.ServiceAccountRole{ARN: role}}}
		}, nil},
		{"policy that does not exist", func(s *spec.Spec) {
			s.Cluster.AutoMode.Role.ManagedPolicies = []string{"AmazonEKSPolicy"}
		}, []want{{diag.UnknownPolicy, "cluster autoMode role managedPolicies 0", "AmazonEKSPolicy"}}},
		{"limited endpoint that its nodes cannot reach", func(s *spec.Spec) {
			s.Cluster.Endpoint = spec.Endpoint{Public: true, PublicAccessCIDRs: []string{"203.0.113.0/24"}}
		}, []want{{diag.EndpointNodes, "cluster endpoint private", "turn private on"}}},
	})
}

func TestAutoModeDefaults(t *testing.T) {
	s := autoMode()
	compare(t, Resolve(s), nil)
	auto := s.Cluster.AutoMode
	if !slices.Equal(auto.NodePools, []string{"general-purpose", "system"}) || auto.Role.Name != "" {
		t.Errorf("node pools %q, role %q", auto.NodePools, auto.Role.Name)
	}
	if b := s.Cluster.BootstrapSelfManagedAddons; b == nil || *b {
		t.Errorf("bootstrapSelfManagedAddons is %v", b)
	}

	s = autoMode()
	s.Cluster.AutoMode.NodePools, s.Cluster.AutoMode.AddedLater = []string{}, true
	compare(t, Resolve(s), nil)
	if s.Cluster.AutoMode.Role.Name != "demo-auto-ap-northeast-2" || s.Cluster.BootstrapSelfManagedAddons != nil {
		t.Errorf("role %q, bootstrapSelfManagedAddons %v", s.Cluster.AutoMode.Role.Name, s.Cluster.BootstrapSelfManagedAddons)
	}
}
