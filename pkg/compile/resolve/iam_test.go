package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestIAMDefaults(t *testing.T) {
	path := func(path string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.IAM.Path = path }
	}
	boundary := func(arn string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.IAM.PermissionsBoundary = arn }
	}
	noValue := func(s *spec.Spec) { s.Cluster.Tags = map[string]string{"a": ""} }
	runRules(t, newVPC, []ruleTest{
		{"OIDC provider and add-ons with a tag without value", func(s *spec.Spec) { noValue(s); s.Cluster.IAM.OIDCProvider = ptr(true) }, []want{
			{diag.InvalidTag, "cluster tags a", "IAM do not allow"}}},
		{"a tag without value and no OIDC provider", func(s *spec.Spec) { noValue(s); s.Cluster.IAM.OIDCProvider = ptr(false); s.Cluster.Addons = nil }, nil},
		{"path", path("/platform/eks/"), nil},
		{"the root", path("/"), nil},
		{"no slash in front", path("platform/"), []want{{diag.IAMPath, "cluster iam path", "begin and end with a slash"}}},
		{"no slash at the end", path("/platform"), []want{{diag.IAMPath, "cluster iam path", "begin and end with a slash"}}},
		{"a space", path("/my team/"), []want{{diag.IAMPath, "cluster iam path", "without spaces"}}},
		{"an empty part", path("/a//b/"), []want{{diag.IAMPath, "cluster iam path", "empty part"}}},
		{"a long path", path("/" + strings.Repeat("a", 511) + "/"), []want{{diag.IAMPath, "cluster iam path", "513 characters"}}},
		{"the path of AWS", path("/aws-service-role/x/"), []want{{diag.IAMPath, "cluster iam path", "for itself"}}},
		{"boundary", boundary("arn:aws:iam::111122223333:policy/team/bound"), nil},
		{"many policies of nodes", group(func(g *spec.NodeGroup) {
			for i := range 11 {
				g.Role.ManagedPolicies = append(g.Role.ManagedPolicies, fmt.Sprintf("arn:aws:iam::111122223333:policy/p%d", i))
			}
		}), []want{{diag.ManyPolicies, "cluster nodeGroups general role managedPolicies", "11 managed policies"}}},
		{"boundary of AWS", boundary("arn:aws:iam::aws:policy/PowerUserAccess"), nil},
		{"boundary of another account", boundary("arn:aws:iam::999999999999:policy/bound"), []want{
			{diag.InvalidARN, "cluster iam permissionsBoundary", "must be in the role's account"}}},
		{"boundary that is a role", boundary("arn:aws:iam::111122223333:role/bound"), []want{
			{diag.InvalidARN, "cluster iam permissionsBoundary", "an IAM policy"}}},
	})
}
