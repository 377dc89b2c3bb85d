package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestAccess(t *testing.T) {
	access := func(a spec.Access) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Access = map[string]spec.Access{"one": a} }
	}
	two := func(a, b spec.Access) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Access = map[string]spec.Access{"one": a, "two": b} }
	}
	const at = "cluster access one"
	const arn = "arn:aws:iam::111122223333:"
	runRules(t, newVPC, []ruleTest{
		{"role", access(spec.Access{Role: "admin", Policy: "clusterAdmin"}), nil},
		{"role with a path", access(spec.Access{Role: "/team/platform/admin", Policy: "view", Namespaces: []string{"dev-*", "default"}}), nil},
		{"user", access(spec.Access{User: "jane@example.com", Groups: []string{"devs"}}), nil},
		{"role of another account", access(spec.Access{ARN: "arn:aws:iam::999999999999:role/ci", Policy: "edit"}), nil},
		{"user name that a binding names", access(spec.Access{Role: "ci", Username: "ci:{{SessionName}}"}), nil},
		{"nobody", access(spec.Access{Policy: "view"}), []want{{diag.AccessPrincipal, at, "0 principals"}}},
		{"two principals", access(spec.Access{Role: "a", User: "b", Policy: "view"}), []want{{diag.AccessPrincipal, at, "2 principals"}}},
		{"role name", access(spec.Access{Role: "a b", Policy: "view"}), []want{{diag.InvalidName, at + " role", "an IAM role name"}}},
		{"role with an empty part", access(spec.Access{Role: "team//a", Policy: "view"}), []want{{diag.InvalidName, at + " role", "empty part"}}},
		{"role by ARN in the wrong field", access(spec.Access{Role: arn + "role/a", Policy: "view"}), []want{{diag.InvalidName, at + " role", "in the field arn"}}},
		{"user name of IAM", access(spec.Access{User: "a b", Policy: "view"}), []want{{diag.InvalidName, at + " user", "an IAM user name"}}},
		{"ARN of a session", access(spec.Access{ARN: "arn:aws:sts::111122223333:assumed-role/admin/jane", Policy: "view"}), []want{
			{diag.InvalidARN, at + " arn", arn + "role/admin"}}},
		{"ARN of an account", access(spec.Access{ARN: arn + "root", Policy: "view"}), []want{{diag.InvalidARN, at + " arn", "an IAM role or user"}}},
		{"ARN of another partition", access(spec.Access{ARN: "arn:aws-us-gov:iam::111122223333:role/a", Policy: "view"}), []want{
			{diag.InvalidARN, at + " arn", "aws-us-gov"}}},
		{"service-linked role", access(spec.Access{ARN: arn + "role/aws-service-role/x.amazonaws.com/X", Policy: "view"}), []want{
			{diag.AccessPrincipal, at + " arn", "service-linked"}}},
		{"one principal twice", two(spec.Access{Role: "team/admin", Policy: "view"}, spec.Access{ARN: arn + "role/Admin", Policy: "edit"}), []want{
			{diag.AccessPrincipal, "cluster access two", "through cluster.access.one already"}}},
		{"role and user of one name", two(spec.Access{Role: "admin", Policy: "view"}, spec.Access{User: "admin", Policy: "edit"}), nil},
		{"the role of nodes", access(spec.Access{Role: "demo-general-ap-northeast-2", Policy: "view"}), []want{
			{diag.AccessPrincipal, at, "through cluster.nodeGroups.general.role"}}},
		{"nothing allowed", access(spec.Access{Role: "a"}), []want{{diag.AccessNothing, at, "allows nothing"}}},
		{"namespaces without policy", access(spec.Access{Role: "a", Groups: []string{"g"}, Namespaces: []string{"x"}}), []want{
			{diag.AccessNamespaces, at + " namespaces", "limit a policy"}}},
		{"namespace", access(spec.Access{Role: "a", Policy: "edit", Namespaces: []string{"x", "Dev"}}), []want{
			{diag.AccessNamespaces, at + " namespaces 1", `"Dev"`}}},
		{"masters", access(spec.Access{Role: "a", Groups: []string{"system:masters"}}), []want{
			{diag.AccessGroup, at + " groups 0", `use policy: "clusterAdmin"`}}},
		{"group of AWS", access(spec.Access{Role: "a", Groups: []string{"g", "eks:x"}}), []want{{diag.AccessGroup, at + " groups 1", `"eks:" is reserved`}}},
		{"group without name", access(spec.Access{Role: "a", Groups: []string{""}}), []want{{diag.AccessGroup, at + " groups 0", "empty"}}},
		{"reserved user name", access(spec.Access{Role: "a", Policy: "view", Username: "system:a"}), []want{{diag.AccessGroup, at + " username", `"system:" is reserved`}}},
		{"session name without colon", access(spec.Access{Role: "a", Policy: "view", Username: "a{{SessionNameRaw}}"}), []want{
			{diag.AccessGroup, at + " username", "needs a colon"}}},
	})
	configMap := func() *spec.Spec {
		s := newVPC()
		s.Cluster.AuthenticationMode = spec.AuthConfigMap
		return s
	}
	runRules(t, configMap, []ruleTest{
		{"clusterAdmin", access(spec.Access{Role: "a", Policy: "clusterAdmin"}), nil},
		{"masters", access(spec.Access{Role: "a", Groups: []string{"system:masters"}, Username: "admin"}), nil},
		{"view", access(spec.Access{Role: "a", Policy: "view"}), []want{{diag.AccessConfigMap, at + " policy", "use groups"}}},
		{"clusterAdmin of a namespace", access(spec.Access{Role: "a", Policy: "clusterAdmin", Namespaces: []string{"x"}}), []want{
			{diag.AccessConfigMap, at + " namespaces", "cannot limit"}}},
	})
}
