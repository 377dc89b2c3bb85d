package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestAccessPolicies(t *testing.T) {
	const at = "cluster access one policies "
	with := func(policy, name string, namespaces ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Access = map[string]spec.Access{"one": {Role: "a", Policy: policy, Policies: map[string]spec.AccessPolicy{name: {Namespaces: namespaces}}}}
		}
	}
	runRules(t, newVPC, []ruleTest{
		{"a further policy", with("view", "AmazonEKSSecretReaderPolicy", "shop", "dev-*"), nil},
		{"only one by its name", with("", "AmazonEKSViewPolicy"), nil},
		{"a newer one", with("", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSNewPolicy"), nil},
		{"misspelt", with("", "AmazonEKSSecretReaderPolcy"), []want{{diag.AccessPolicy, at + "AmazonEKSSecretReaderPolcy", `"AmazonEKSSecretReaderPolicy"`}}},
		{"of IAM", with("", "AdministratorAccess"), []want{{diag.AccessPolicy, at + "AdministratorAccess", "the ARN of a policy"}}},
		{"of AWS alone", with("", "AmazonEKSComputePolicy"), []want{{diag.AccessPolicy, at + "AmazonEKSComputePolicy", "AWS itself"}}},
		{"said twice", with("view", "AmazonEKSViewPolicy", "shop"), []want{{diag.AccessPolicy, at + "AmazonEKSViewPolicy", "already"}}},
		{"an ARN of IAM", with("", "arn:aws:iam::aws:policy/AdministratorAccess"), []want{
			{diag.InvalidARN, at + "arn:aws:iam::aws:policy/AdministratorAccess", "an EKS cluster-access-policy"}}},
		{"a namespace", with("", "AmazonEKSViewPolicy", "Shop"), []want{{diag.AccessNamespaces, at + "AmazonEKSViewPolicy namespaces 0", "not the name"}}},
		{"in a mode without policies", func(s *spec.Spec) {
			with("", "AmazonEKSViewPolicy")(s)
			s.Cluster.AuthenticationMode = spec.AuthConfigMap
		}, []want{{diag.AccessConfigMap, at + "AmazonEKSViewPolicy", "no access policies"}}},
	})
}

func TestNodeAccess(t *testing.T) {
	const at = "cluster access one"
	with := func(mode spec.AuthenticationMode, a spec.Access) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.AuthenticationMode = mode
			s.Cluster.Access = map[string]spec.Access{"one": a}
		}
	}
	policy := map[string]spec.AccessPolicy{"AmazonEKSAutoNodePolicy": {}}
	runRules(t, newVPC, []ruleTest{
		{"Karpenter's nodes", with(spec.AuthAPI, spec.Access{Role: "karpenter/nodes", Type: "EC2_LINUX"}), nil},
		{"Fargate without access entries", with(spec.AuthConfigMap, spec.Access{Role: "fargate", Type: "FARGATE_LINUX"}), nil},
		{"nodes of Auto Mode", with(spec.AuthAPI, spec.Access{Role: "nodes", Type: "EC2", Policies: policy}), nil},
		{"nodes of Auto Mode without a policy", with(spec.AuthAPI, spec.Access{Role: "nodes", Type: "EC2"}), []want{{diag.AccessNothing, at, "allows nothing"}}},
		{"a policy", with(spec.AuthAPI, spec.Access{Role: "nodes", Type: "EC2_LINUX", Policy: "view"}), []want{{diag.AccessType, at, "no access policies"}}},
		{"groups and a user name", with(spec.AuthAPI, spec.Access{Role: "nodes", Type: "HYBRID_LINUX", Groups: []string{"a"}, Username: "b"}), []want{
			{diag.AccessType, at + " groups", "its groups"}, {diag.AccessType, at + " username", "its user name"}}},
		{"a user", with(spec.AuthAPI, spec.Access{User: "nodes", Type: "EC2_LINUX"}), []want{{diag.AccessType, at, "a role of the cluster's account"}}},
		{"a role of another account", with(spec.AuthAPI, spec.Access{ARN: "arn:aws:iam::999999999999:role/nodes", Type: "EC2_LINUX"}), []want{{diag.AccessType, at, "a role of the cluster's account"}}},
		{"hybrid nodes without access entries", with(spec.AuthConfigMap, spec.Access{Role: "nodes", Type: "HYBRID_LINUX"}), []want{{diag.AccessConfigMap, at + " type", "include API"}}},
	})
}

func TestLockedOut(t *testing.T) {
	with := func(a spec.Access) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.BootstrapClusterCreatorAdminPermissions = false
			s.Cluster.Access = map[string]spec.Access{"one": a}
		}
	}
	locked := []want{{diag.LockedOut, "cluster bootstrapClusterCreatorAdminPermissions", "nobody would administer"}}
	runRules(t, newVPC, []ruleTest{
		{"an administrator", with(spec.Access{Role: "a", Policy: "clusterAdmin"}), nil},
		{"an administrator by the policy's name", with(spec.Access{Role: "a", Policies: map[string]spec.AccessPolicy{spec.ClusterAdminPolicy: {}}}), nil},
		{"an administrator of a namespace", with(spec.Access{Role: "a", Policy: "clusterAdmin", Namespaces: []string{"shop"}}), locked},
		{"one who reads", with(spec.Access{Role: "a", Policy: "adminView"}), locked},
		{"the bastion", func(s *spec.Spec) {
			s.Cluster.BootstrapClusterCreatorAdminPermissions = false
			s.Cluster.Bastion = &spec.Bastion{InstanceType: "t4g.nano", Subnets: "private", Policy: "clusterAdmin"}
		}, nil},
		{"a group", with(spec.Access{Role: "a", Groups: []string{"admins"}}), locked},
	})
}

func TestSSORole(t *testing.T) {
	const name, sso = "AWSReservedSSO_Admin_0123456789abcdef", "aws-reserved/sso.amazonaws.com/"
	with := func(a spec.Access) func(*spec.Spec) {
		return func(s *spec.Spec) { a.Policy = "view"; s.Cluster.Access = map[string]spec.Access{"one": a} }
	}
	const arn = "arn:aws:iam::111122223333:role/"
	runRules(t, newVPC, []ruleTest{
		{"with its path", with(spec.Access{Role: sso + "eu-west-1/" + name}), nil},
		{"of us-east-1, by ARN", with(spec.Access{ARN: arn + sso + name}), nil},
		{"without its path", with(spec.Access{Role: name}), []want{{diag.SSORole, "cluster access one role", sso + "REGION/" + name}}},
		{"by ARN without its path", with(spec.Access{ARN: arn + name}), []want{{diag.SSORole, "cluster access one arn", sso + "REGION/" + name}}},
		{"a session", with(spec.Access{ARN: "arn:aws:sts::111122223333:assumed-role/" + name + "/jane"}), []want{
			{diag.InvalidARN, "cluster access one arn", arn + sso + "REGION/" + name}}},
		{"in aws-auth", func(s *spec.Spec) {
			s.Cluster.AuthenticationMode = spec.AuthConfigMap
			s.Cluster.Access = map[string]spec.Access{"one": {ARN: arn + name, Policy: "clusterAdmin"}}
		}, nil},
	})
}
