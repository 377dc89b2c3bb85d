package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

const (
	alice  = "686103e0-f051-7068-b225-e6392b959d9e"
	people = "92670a1b2c-7a6b1c2d-1234-5678-9abc-def012345678"
)

// capable is newVPC with all three capabilities.
func capable() *spec.Spec {
	s := newVPC()
	s.Cluster.Capabilities = &spec.Capabilities{
		ArgoCD: &spec.ArgoCDCapability{
			IdentityCenter: spec.ArgoCDIdentityCenter{InstanceARN: "arn:aws:sso:::instance/ssoins-1234567890abcdef"},
			Roles:          spec.ArgoCDRoles{Admin: spec.ArgoCDIdentities{Users: []string{alice}, Groups: []string{people}}},
		},
		ACK: &spec.ACKCapability{},
		Kro: &spec.KroCapability{},
	}
	return s
}

func TestCapabilities(t *testing.T) {
	argo := func(edit func(*spec.ArgoCDCapability)) func(*spec.Spec) {
		return func(s *spec.Spec) { edit(s.Cluster.Capabilities.ArgoCD) }
	}
	role := func(r spec.CapabilityRole) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Capabilities.ACK.Role = r }
	}
	disabled := func(services ...string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Capabilities.ACK.DisabledServices = services }
	}
	const path = "cluster capabilities "
	runRules(t, capable, []ruleTest{
		{"all three", func(*spec.Spec) {}, nil},
		{"without access entries", func(s *spec.Spec) { s.Cluster.AuthenticationMode = spec.AuthConfigMap }, []want{
			{diag.Capability, "cluster authenticationMode", "CONFIG_MAP"}}},
		{"one name twice", func(s *spec.Spec) { s.Cluster.Capabilities.Kro.Name = "ack" }, []want{{diag.Capability, path + "kro name", "that of ack"}}},
		{"name", func(s *spec.Spec) { s.Cluster.Capabilities.Kro.Name = "my kro" }, []want{{diag.Capability, path + "kro name", `"my kro"`}}},
		{"name long", func(s *spec.Spec) { s.Cluster.Capabilities.Kro.Name = strings.Repeat("k", 101) }, []want{{diag.Capability, path + "kro name", "1 to 100"}}},
		{"role by ARN", role(spec.CapabilityRole{ARN: "arn:aws:iam::111122223333:role/ack"}), nil},
		{"role with a path", role(spec.CapabilityRole{ARN: "arn:aws:iam::111122223333:role/team/ack"}), []want{{diag.Capability, path + "ack role arn", "has a path"}}},
		{"role of another account", role(spec.CapabilityRole{ARN: "arn:aws:iam::999999999999:role/ack"}), []want{
			{diag.InvalidARN, path + "ack role arn", "the role of a capability must be in"}}},
		{"role by ARN with statements", role(spec.CapabilityRole{ARN: "arn:aws:iam::111122223333:role/ack", Statements: map[string]spec.Statement{"a": {}}}), []want{
			{diag.RoleConflict, path + "ack role statements", "exists already"}}},
		{"statement of nothing", role(spec.CapabilityRole{Statements: map[string]spec.Statement{"a": {Resources: []string{"arn:aws:s3:::b"}}}}), []want{
			{diag.InvalidStatement, path + "ack role statements a actions", "no action"}}},
		{"role named as the control plane's", func(s *spec.Spec) {
			s.Cluster.Role = &spec.ClusterRole{Name: "ack"}
			role(spec.CapabilityRole{Name: "ack"})(s)
		}, []want{{diag.RoleTaken, path + "ack role name", "cluster.role"}}},
		{"role that may also administer", func(s *spec.Spec) {
			role(spec.CapabilityRole{Name: "ack"})(s)
			s.Cluster.Access = map[string]spec.Access{"ack": {Role: "ack", Policy: "clusterAdmin"}}
		}, []want{{diag.AccessPrincipal, "cluster access ack", "cluster.capabilities.ack.role"}}},
		{"services off", disabled("s3", "ec2"), nil},
		{"service by API group", disabled("s3.services.k8s.aws"), []want{{diag.Capability, path + "ack disabledServices 0", `such as "s3"`}}},
		{"service twice", disabled("s3", "s3"), []want{{diag.Capability, path + "ack disabledServices 1", "twice"}}},
		{"namespace", argo(func(a *spec.ArgoCDCapability) { a.Namespace = "Argo_CD" }), []want{{diag.KubernetesName, path + "argoCD namespace", "Argo_CD"}}},
		{"instance that is none", argo(func(a *spec.ArgoCDCapability) {
			a.IdentityCenter.InstanceARN = "arn:aws:sso:::application/ssoins-1/apl-1"
		}), []want{{diag.InvalidARN, path + "argoCD identityCenter instanceARN", "an IAM Identity Center instance"}}},
		{"region", argo(func(a *spec.ArgoCDCapability) { a.IdentityCenter.Region = "us-east-11" }), []want{
			{diag.UnknownRegion, path + "argoCD identityCenter region", `did you mean "us-east-1"?`}}},
		{"endpoint", argo(func(a *spec.ArgoCDCapability) {
			a.VPCEndpoints = []string{"vpce-0123456789abcdef0", "vpc-0123456789abcdef0"}
		}), []want{
			{diag.InvalidID, path + "argoCD vpcEndpoints 1", "a VPC endpoint"}}},
		{"nobody", argo(func(a *spec.ArgoCDCapability) { a.Roles = spec.ArgoCDRoles{} }), []want{{diag.ArgoCDNobody, path + "argoCD", "roles.admin"}}},
		{"somebody by name", argo(func(a *spec.ArgoCDCapability) { a.Roles.Editor.Users = []string{"bob@example.com"} }), []want{
			{diag.ArgoCDIdentity, path + "argoCD roles editor users 0", "bob@example.com"}}},
		{"somebody with two roles", argo(func(a *spec.ArgoCDCapability) { a.Roles.Viewer.Groups = []string{people} }), []want{
			{diag.ArgoCDIdentity, path + "argoCD roles viewer groups 0", "has the role admin already"}}},
		{"too many", argo(func(a *spec.ArgoCDCapability) {
			for i := range 999 {
				a.Roles.Viewer.Users = append(a.Roles.Viewer.Users, fmt.Sprintf("00000000-0000-0000-0000-%012d", i))
			}
		}), []want{{diag.ArgoCDIdentity, path + "argoCD roles", "1001 identities"}}},
		{"objects in its namespace", func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"app": {
				"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": map[string]any{"name": "app", "namespace": "argocd"},
			}}
		}, nil},
	})
}

func TestIdentityProviders(t *testing.T) {
	corporate := spec.IdentityProvider{IssuerURL: "https://login.example.com/realm", ClientID: "kubernetes"}
	provider := func(edit func(*spec.IdentityProvider)) func(*spec.Spec) {
		p := corporate
		edit(&p)
		return func(s *spec.Spec) { s.Cluster.IdentityProviders = map[string]spec.IdentityProvider{"corporate": p} }
	}
	issuer := func(text string) func(*spec.Spec) {
		return provider(func(p *spec.IdentityProvider) { p.IssuerURL = text })
	}
	claims := func(m map[string]string) func(*spec.Spec) {
		return provider(func(p *spec.IdentityProvider) { p.RequiredClaims = m })
	}
	const path = "cluster identityProviders"
	fault := func(field, text string) []want {
		return []want{{diag.IdentityProvider, path + " corporate " + field, text}}
	}
	runRules(t, newVPC, []ruleTest{
		{"one", provider(func(*spec.IdentityProvider) {}), nil},
		{"two", func(s *spec.Spec) {
			s.Cluster.IdentityProviders = map[string]spec.IdentityProvider{"a": corporate, "b": corporate}
		}, []want{{diag.IdentityProvider, path, "EKS takes one"}}},
		{"name", func(s *spec.Spec) {
			s.Cluster.IdentityProviders = map[string]spec.IdentityProvider{"my provider": corporate}
		}, []want{
			{diag.IdentityProvider, path + " my provider", "does not allow the name"}}},
		{"issuer without TLS", issuer("http://login.example.com"), fault("issuerURL", "https://")},
		{"issuer without scheme", issuer("login.example.com"), fault("issuerURL", "not the address")},
		{"issuer with a query", issuer("https://login.example.com/?realm=a"), fault("issuerURL", "a host and a path")},
		{"issuer with a question mark", issuer("https://login.example.com/?"), fault("issuerURL", "a host and a path")},
		{"issuer with a password", issuer("https://a:b@login.example.com"), fault("issuerURL", "a host and a path")},
		{"issuer's document", issuer("https://login.example.com/.well-known/openid-configuration"), fault("issuerURL", "discovery document")},
		{"issuer in the VPC", issuer("https://10.0.0.5/realm"), fault("issuerURL", "not on the internet")},
		{"no client", provider(func(p *spec.IdentityProvider) { p.ClientID = "" }), fault("clientID", "empty")},
		{"prefix of no groups", provider(func(p *spec.IdentityProvider) { p.GroupsPrefix = "oidc:" }), fault("groupsPrefix", "no claim lists groups")},
		{"groups of Kubernetes", provider(func(p *spec.IdentityProvider) { p.GroupsClaim, p.GroupsPrefix = "groups", "system:" }), fault("groupsPrefix", "own names")},
		{"users of Kubernetes", provider(func(p *spec.IdentityProvider) { p.UsernamePrefix = "system:node:" }), fault("usernamePrefix", "own names")},
		{"no prefix", provider(func(p *spec.IdentityProvider) { p.UsernamePrefix = "-" }), nil},
		{"claims", claims(map[string]string{"department": "engineering"}), nil},
		{"claim of nothing", claims(map[string]string{"department": ""}), fault("requiredClaims department", "1 to 253")},
		{"claim long", claims(map[string]string{strings.Repeat("c", 64): "a"}), fault("requiredClaims "+strings.Repeat("c", 64), "1 to 63")},
	})
}
