package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// withAccount is a spec with the Pod Identity agent and one service account.
func withAccount(edit func(a *spec.ServiceAccount)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		s.Cluster.Addons[podIdentityAgent] = spec.Addon{}
		a := spec.ServiceAccount{
			Namespace: "default", Method: spec.PodIdentity, CreateServiceAccount: true,
			Role: spec.ServiceAccountRole{Statements: map[string]spec.Statement{"read": reads}},
		}
		edit(&a)
		s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"uploader": a}
	}
}

var reads = spec.Statement{Effect: "Allow", Actions: []string{"s3:GetObject"}, Resources: []string{"arn:aws:s3:::shop/*"}}

func TestServiceAccounts(t *testing.T) {
	const at = "cluster serviceAccounts uploader"
	const here, there = "arn:aws:iam::111122223333:role/", "arn:aws:iam::999999999999:role/"
	type account = spec.ServiceAccount
	role := func(r spec.ServiceAccountRole) func(*account) { return func(a *account) { a.Role = r } }
	irsa := func(edit func(a *account)) func(*account) {
		return func(a *account) { a.Method = spec.IRSA; edit(a) }
	}
	tests := []struct {
		name string
		edit func(a *account)
		want []want
	}{
		{"statements", func(*account) {}, nil},
		{"existing role", role(spec.ServiceAccountRole{ARN: here + "team/uploader"}), nil},
		{"target role alone", func(a *account) { a.Role, a.TargetRoleARN = spec.ServiceAccountRole{}, there+"uploader" }, nil},
		{"session policy without tags", func(a *account) {
			a.SessionPolicy, a.DisableSessionTags = map[string]spec.Statement{"read": reads}, true
		}, nil},
		{"IRSA", irsa(func(*account) {}), nil},
		{"IRSA with a role of another account", irsa(role(spec.ServiceAccountRole{ARN: there + "uploader"})), nil},
		{"nothing allowed", role(spec.ServiceAccountRole{}), []want{{diag.RoleNothing, at + " role", "allows nothing"}}},
		{"existing role and statements", role(spec.ServiceAccountRole{ARN: here + "a", Name: "a"}), []want{{diag.RoleConflict, at + " role", "either arn"}}},
		{"existing role of another account", role(spec.ServiceAccountRole{ARN: there + "a"}), []want{{diag.InvalidARN, at + " role arn", "targetRoleARN"}}},
		{"existing role that is a user", role(spec.ServiceAccountRole{ARN: "arn:aws:iam::111122223333:user/a"}), []want{{diag.InvalidARN, at + " role arn", "an IAM role"}}},
		{"unknown policy", role(spec.ServiceAccountRole{ManagedPolicies: []string{"AmazonS3ReadOnlyAcess"}}), []want{{diag.UnknownPolicy, at + " role managedPolicies 0", "AmazonS3ReadOnlyAccess"}}},
		{"boundary", role(spec.ServiceAccountRole{ManagedPolicies: []string{"AmazonS3ReadOnlyAccess"}, PermissionsBoundary: "bound"}), []want{
			{diag.InvalidARN, at + " role permissionsBoundary", "not an ARN"}}},
		{"name of the role", role(spec.ServiceAccountRole{Name: "a b", ManagedPolicies: []string{"AmazonS3ReadOnlyAccess"}}), []want{
			{diag.InvalidName, at + " role name", "an IAM role name"}}},
		{"name of the role of a node group", role(spec.ServiceAccountRole{Name: "Demo-general-ap-northeast-2", ManagedPolicies: []string{"AmazonS3ReadOnlyAccess"}}), []want{
			{diag.RoleTaken, at + " role name", "cluster.nodeGroups.general"}}},
		{"unknown namespace", func(a *account) { a.Namespace = "shop" }, []want{{diag.UnknownNamespace, at + " namespace", "declare it"}}},
		{"name", func(a *account) { a.Name = "Up_loader" }, []want{{diag.KubernetesName, at + " name", `"Up_loader"`}}},
		{"target role", func(a *account) { a.TargetRoleARN = "arn:aws:sts::999999999999:assumed-role/x/y" }, []want{
			{diag.InvalidARN, at + " targetRoleARN", there + "x"}}},
		{"session policy with tags", func(a *account) { a.SessionPolicy = map[string]spec.Statement{"read": reads} }, []want{
			{diag.SessionTags, at + " sessionPolicy", "disableSessionTags"}}},
		{"IRSA with what Pod Identity has", irsa(func(a *account) {
			a.TargetRoleARN, a.DisableSessionTags, a.SessionPolicy = there+"x", true, map[string]spec.Statement{"read": reads}
		}), []want{
			{diag.PodIdentityOnly, at + " disableSessionTags", "tags"},
			{diag.PodIdentityOnly, at + " sessionPolicy", "policy"},
			{diag.PodIdentityOnly, at + " targetRoleARN", "target"},
		}},
	}
	var rules []ruleTest
	for _, test := range tests {
		rules = append(rules, ruleTest{test.name, withAccount(test.edit), test.want})
	}
	runRules(t, newVPC, append(rules,
		ruleTest{"no agent", func(s *spec.Spec) { withAccount(func(*account) {})(s); delete(s.Cluster.Addons, podIdentityAgent) }, []want{
			{diag.PodIdentityAgent, "cluster serviceAccounts", `"uploader"; add the add-on "eks-pod-identity-agent"`}}},
		ruleTest{"IRSA needs no agent", func(s *spec.Spec) {
			withAccount(irsa(func(*account) {}))(s)
			delete(s.Cluster.Addons, podIdentityAgent)
		}, nil},
		ruleTest{"IRSA without the provider", func(s *spec.Spec) {
			withAccount(irsa(func(*account) {}))(s)
			s.Cluster.IAM.OIDCProvider = new(bool)
		}, []want{{diag.NoOIDCProvider, at + " method", "turns off"}}},
		ruleTest{"one service account twice", func(s *spec.Spec) {
			withAccount(irsa(func(*account) {}))(s)
			a := s.Cluster.ServiceAccounts["uploader"]
			a.Name = "uploader"
			s.Cluster.ServiceAccounts["zwei"] = a
		}, []want{{diag.ServiceAccountTaken, "cluster serviceAccounts zwei", "through cluster.serviceAccounts.uploader already"}}},
		ruleTest{"a key that is no name", func(s *spec.Spec) {
			withAccount(func(*account) {})(s)
			s.Cluster.ServiceAccounts["A_b"] = s.Cluster.ServiceAccounts["uploader"]
		}, []want{{diag.KubernetesName, "cluster serviceAccounts A_b", "state a name"}}},
		ruleTest{"a manifest of the same object", func(s *spec.Spec) {
			withAccount(func(*account) {})(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"m": accountManifest("default", "uploader")}
		}, []want{{diag.DuplicateObject, "kubernetes manifests m", "cluster.serviceAccounts.uploader"}}},
	))
}

func accountManifest(namespace, name string) spec.Manifest {
	return spec.Manifest{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": map[string]any{"namespace": namespace, "name": name}}
}

// TestIRSADefaults holds that IRSA brings the provider, and a name of the role
// for the annotation.
func TestIRSADefaults(t *testing.T) {
	s := newVPC()
	withAccount(func(a *spec.ServiceAccount) { a.Method = spec.IRSA })(s)
	compare(t, Resolve(s), nil)
	a := s.Cluster.ServiceAccounts["uploader"]
	if a.Name != "uploader" || a.Role.Name != "demo-default-uploader-ap-northeast-2" {
		t.Errorf("got the name %q and the role name %q", a.Name, a.Role.Name)
	}
	if s.Cluster.IAM.OIDCProvider == nil || !*s.Cluster.IAM.OIDCProvider {
		t.Error("there is no OIDC provider")
	}
}

func TestPodServiceAccount(t *testing.T) {
	const at = "workloads nginx serviceAccount"
	runs := func(name string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			withAccount(func(*spec.ServiceAccount) {})(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"m": accountManifest("default", "plain"), "n": accountManifest("kube-system", "elsewhere")}
			workload(func(w *spec.Workload) { w.ServiceAccount = name })(s)
		}
	}
	runRules(t, newVPC, []ruleTest{
		{"with a role", runs("uploader"), nil},
		{"of a manifest", runs("plain"), nil},
		{"the default one", runs("default"), nil},
		{"misspelt", runs("uplaoder"), []want{{diag.UnknownServiceAccount, at, `"uploader"`}}},
		{"of another namespace", runs("elsewhere"), []want{{diag.UnknownServiceAccount, at, "declare it"}}},
	})
}

func TestStatements(t *testing.T) {
	const at = "cluster serviceAccounts uploader role statements read "
	with := func(edit func(s *spec.Statement)) func(*spec.Spec) {
		return withAccount(func(a *spec.ServiceAccount) {
			s := reads
			edit(&s)
			a.Role.Statements = map[string]spec.Statement{"read": s}
		})
	}
	condition := func(operator, key string, values ...string) func(*spec.Spec) {
		return with(func(s *spec.Statement) {
			s.Conditions = map[string]map[string][]string{operator: {key: values}}
		})
	}
	resource := func(list ...string) func(*spec.Spec) { return with(func(s *spec.Statement) { s.Resources = list }) }
	actions := func(list ...string) func(*spec.Spec) {
		return with(func(s *spec.Statement) { s.Actions, s.Resources = list, []string{"*"} })
	}
	runRules(t, newVPC, []ruleTest{
		{"ARNs", resource("arn:aws:s3:::shop", "arn:*:sqs:*:*:q-?", "arn:aws:s3:::shop/${aws:PrincipalTag/kubernetes-namespace}/*"), nil},
		{"reading everything", actions("ec2:Describe*", "s3:ListAllMyBuckets", "ecr:GetAuthorizationToken"), nil},
		{"denying everything", with(func(s *spec.Statement) { s.Effect, s.Actions, s.Resources = "Deny", []string{"*"}, []string{"*"} }), nil},
		{"changing what has a tag", with(func(s *spec.Statement) {
			s.Actions, s.Resources = []string{"ec2:CreateTags"}, []string{"*"}
			s.Conditions = map[string]map[string][]string{"StringEquals": {"aws:ResourceTag/team": {"shop"}}}
		}), nil},
		{"operators", condition("ForAnyValue:StringLikeIfExists", "aws:TagKeys", "a", "b"), nil},
		{"null", condition("Null", "aws:ResourceTag/a", "true"), nil},
		{"changing everything", actions("ec2:CreateTags", "ec2:DescribeTags"), []want{{diag.BroadStatement, at + "resources", "name the ARNs"}}},
		{"everything", actions("*"), []want{{diag.BroadStatement, at + "resources", "not just reading"}}},
		{"no action", with(func(s *spec.Statement) { s.Actions = nil }), []want{{diag.InvalidStatement, at + "actions", "no action"}}},
		{"no resource", resource(), []want{{diag.InvalidStatement, at + "resources", "no resource"}}},
		{"an action without service", with(func(s *spec.Statement) { s.Actions = []string{"GetObject"} }), []want{{diag.InvalidStatement, at + "actions 0", "s3:GetObject"}}},
		{"an action twice", with(func(s *spec.Statement) { s.Actions = []string{"s3:GetObject", "s3:GetObject"} }), []want{{diag.InvalidStatement, at + "actions 1", "twice"}}},
		{"a resource that is no ARN", resource("shop/*"), []want{{diag.InvalidStatement, at + "resources 0", "not an ARN"}}},
		{"a resource of another partition", resource("arn:aws-cn:s3:::shop"), []want{{diag.InvalidStatement, at + "resources 0", "aws-cn"}}},
		{"an operator that is none", condition("StringEqual", "aws:ResourceTag/team", "a"), []want{{diag.InvalidStatement, at + "conditions StringEqual", `"StringEquals"`}}},
		{"null if exists", condition("NullIfExists", "aws:ResourceTag/a", "true"), []want{{diag.InvalidStatement, at + "conditions NullIfExists", "no condition operator"}}},
		{"a key that is none", condition("StringEquals", "team", "a"), []want{{diag.InvalidStatement, at + "conditions StringEquals team", "condition key"}}},
		{"no value", condition("StringEquals", "aws:ResourceTag/team"), []want{{diag.InvalidStatement, at + "conditions StringEquals aws:ResourceTag/team", "no value"}}},
		{"a value that IAM refuses", condition("StringEquals", "aws:ResourceTag/team", "日本"), []want{{diag.InvalidStatement, at + "conditions StringEquals aws:ResourceTag/team 0", "character"}}},
		{"two names of one id", withAccount(func(a *spec.ServiceAccount) { a.Role.Statements["Read"] = reads }), []want{
			{diag.NameClash, "cluster serviceAccounts uploader role statements read", "same logical id"}}},
		{"a long session policy", withAccount(func(a *spec.ServiceAccount) {
			a.DisableSessionTags = true
			a.SessionPolicy = map[string]spec.Statement{"read": {Effect: "Allow", Actions: reads.Actions, Resources: []string{"arn:aws:s3:::" + strings.Repeat("a", 2000)}}}
		}), []want{{diag.PolicySize, "cluster serviceAccounts uploader sessionPolicy", "IAM allows 2048"}}},
		{"many policies", withAccount(func(a *spec.ServiceAccount) {
			for i := range 11 {
				a.Role.ManagedPolicies = append(a.Role.ManagedPolicies, fmt.Sprintf("arn:aws:iam::111122223333:policy/p%d", i))
			}
		}), []want{{diag.ManyPolicies, "cluster serviceAccounts uploader role managedPolicies", "11 managed policies"}}},
	})
}
