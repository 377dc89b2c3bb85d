package lower_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// TestIAMReachesAllRoles holds that path and boundary of cluster.iam are those
// of every role, but that a boundary of its own wins, and that the path is not
// in aws-auth, where EKS would not find the role.
func TestIAMReachesAllRoles(t *testing.T) {
	s := created()
	s.Cluster.IAM = spec.IAM{Path: "/team/", PermissionsBoundary: "cluster's"}
	own := s.Cluster.NodeGroups["g"].NodeGroupBase
	own.Role = spec.NodeRole{Name: "own", PermissionsBoundary: "own"}
	s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"own": {NodeGroupBase: own}}
	model := lower.Lower(s, []*spec.Spec{s})
	boundaries := map[string]ir.Value{}
	for _, stack := range model.Environments[0].Stacks {
		for _, r := range stack.Resources {
			if !strings.HasPrefix(r.Type, "AWS::IAM::") {
				continue
			}
			if r.Properties["Path"] != "/team/" {
				t.Errorf("%s in %s has the path %v", r.ID, stack.File, r.Properties["Path"])
			}
			boundaries[stack.File+"/"+r.ID] = r.Properties["PermissionsBoundary"]
		}
	}
	for id, want := range map[string]ir.Value{
		"cluster/ClusterRole": "cluster's", "nodegroup-g/NodeRole": "cluster's",
		"nodegroup-own/NodeRole": "own", "nodegroup-own/InstanceProfile": nil,
	} {
		if got, has := boundaries[id]; !has || got != want {
			t.Errorf("%s has the boundary %v, want %v", id, got, want)
		}
	}
	for _, part := range model.Kustomize.Base {
		if roles, ok := part.Objects[0].Body["data"].(map[string]any); ok && strings.Contains(roles["mapRoles"].(string), "/team/") {
			t.Errorf("aws-auth has the path: %s", roles["mapRoles"])
		}
	}
}

// TestOIDCProvider holds that the cluster's stack has the provider if it is
// wanted, and exports what roles in other stacks need of it.
func TestOIDCProvider(t *testing.T) {
	for _, test := range []struct {
		wanted *bool
		want   bool
	}{{nil, false}, {new(bool), false}, {ptr(true), true}} {
		s := created()
		s.Cluster.IAM.OIDCProvider = test.wanted
		stack := stacksOf(s)[1]
		urls := properties(stack, "AWS::IAM::OIDCProvider", "Url")
		if got := urls["OIDCProvider"] == (ir.GetAtt{ID: "Cluster", Attribute: "OpenIdConnectIssuerUrl"}); got != test.want {
			t.Errorf("provider %v, want %v: %v", got, test.want, urls)
		}
		var exports []string
		for _, output := range stack.Outputs {
			if strings.HasPrefix(output.ID, "OIDC") {
				exports = append(exports, output.Export)
			}
		}
		if got := slices.Equal(exports, []string{"c-cluster:OIDCProviderArn", "c-cluster:OIDCIssuer"}); got != test.want {
			t.Errorf("got exports %q", exports)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// TestEC2PrincipalFollowsThePartition holds that the nodes of China and of the
// isolated partitions can have their roles.
func TestEC2PrincipalFollowsThePartition(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1": "ec2.amazonaws.com", "us-gov-west-1": "ec2.amazonaws.com",
		"cn-north-1": "ec2.amazonaws.com.cn", "us-iso-east-1": "ec2.c2s.ic.gov", "us-isob-east-1": "ec2.sc2s.sgov.gov",
	} {
		s := created()
		s.Cluster.Region = region
		for _, stack := range lower.Lower(s, []*spec.Spec{s}).Environments[0].Stacks {
			for _, r := range stack.Resources {
				if r.ID != "NodeRole" {
					continue
				}
				trust := r.Properties["AssumeRolePolicyDocument"].(ir.Map)["Statement"].(ir.List)[0].(ir.Map)
				if got := trust["Principal"].(ir.Map)["Service"]; got != want {
					t.Errorf("%s: the nodes' role trusts %v, want %s", region, got, want)
				}
			}
		}
	}
}
