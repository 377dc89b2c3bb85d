package lower_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// withAccount is a spec with one service account, as resolve leaves it.
func withAccount(account spec.ServiceAccount) *spec.Spec {
	s := created()
	account.Namespace, account.Name = "shop", "writer"
	account.Role.Statements = map[string]spec.Statement{"b": {Actions: []string{"s3:Put*", "s3:Get*"}, Resources: []string{"*"}}, "a": {Actions: []string{"*"}, Resources: []string{"*"}}}
	s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"writer": account}
	return s
}

// TestPodIdentityTrust holds that a role trusts the pods of one service account
// of one cluster, as far as sessions have the tags to tell.
func TestPodIdentityTrust(t *testing.T) {
	for _, test := range []struct {
		noTags bool
		want   ir.Map
	}{
		{false, ir.Map{"aws:SourceAccount": ir.Ref("AWS::AccountId"), "aws:RequestTag/kubernetes-namespace": "shop", "aws:RequestTag/kubernetes-service-account": "writer"}},
		{true, ir.Map{"aws:SourceAccount": ir.Ref("AWS::AccountId")}},
	} {
		s := withAccount(spec.ServiceAccount{Method: spec.PodIdentity, DisableSessionTags: test.noTags})
		role := resource(t, s, "service-accounts", "ServiceAccountRoleWriter")
		trust := role.Properties["AssumeRolePolicyDocument"].(ir.Map)["Statement"].(ir.List)[0].(ir.Map)
		want := ir.Map{
			"StringEquals": test.want,
			"ArnEquals":    ir.Map{"aws:SourceArn": ir.Sub{Text: "arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/c"}},
		}
		if !reflect.DeepEqual(trust["Condition"], want) {
			t.Errorf("got the condition %v, want %v", trust["Condition"], want)
		}
		association := resource(t, s, "service-accounts", "PodIdentityAssociationWriter")
		if got := association.Properties["RoleArn"]; got != (ir.GetAtt{ID: "ServiceAccountRoleWriter", Attribute: "Arn"}) {
			t.Errorf("the association is for the role %v", got)
		}
	}
}

// TestStatementsInOrder holds that statements are in the order of their names
// and their actions in that of the alphabet, so that the output does not
// depend on how the spec is written.
func TestStatementsInOrder(t *testing.T) {
	s := withAccount(spec.ServiceAccount{Method: spec.PodIdentity})
	policies := resource(t, s, "service-accounts", "ServiceAccountRoleWriter").Properties["Policies"].(ir.List)
	got := policies[0].(ir.Map)["PolicyDocument"].(ir.Map)["Statement"]
	want := ir.List{
		ir.Map{"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"},
		ir.Map{"Sid": "B", "Effect": "Allow", "Action": ir.List{"s3:Get*", "s3:Put*"}, "Resource": "*"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestIRSA holds that the object names, with its path, the role that the stack
// creates, and that the role trusts that very object.
func TestIRSA(t *testing.T) {
	s := withAccount(spec.ServiceAccount{Method: spec.IRSA, CreateServiceAccount: true, Role: spec.ServiceAccountRole{Name: "writer-role"}})
	s.Cluster.IAM.Path = "/team/"
	role := resource(t, s, "service-accounts", "ServiceAccountRoleWriter")
	if role.Properties["RoleName"] != "writer-role" || role.Properties["Path"] != "/team/" {
		t.Errorf("the role is %v below %v", role.Properties["RoleName"], role.Properties["Path"])
	}
	trust := role.Properties["AssumeRolePolicyDocument"].(ir.Sub)
	if !strings.Contains(trust.Text, `"${Issuer}:sub": "system:serviceaccount:shop:writer"`) {
		t.Errorf("the role trusts %s", trust.Text)
	}
	for _, part := range lower.Lower(s, []*spec.Spec{s}).Kustomize.Base {
		if part.Name != "service-accounts" {
			continue
		}
		metadata := part.Objects[0].Body["metadata"].(map[string]any)
		want := map[string]any{"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/team/writer-role"}
		if !reflect.DeepEqual(metadata["annotations"], want) {
			t.Errorf("got the annotations %v, want %v", metadata["annotations"], want)
		}
		return
	}
	t.Error("there is no ServiceAccount object")
}

// resource is the resource with a logical id in one of the stacks of a spec.
func resource(t *testing.T, s *spec.Spec, file, id string) ir.Resource {
	t.Helper()
	for _, stack := range stacksOf(s) {
		for _, r := range stack.Resources {
			if stack.File == file && r.ID == id {
				return r
			}
		}
	}
	t.Fatalf("the stack %s has no resource %s", file, id)
	return ir.Resource{}
}
