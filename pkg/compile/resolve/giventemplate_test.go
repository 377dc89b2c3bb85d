package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestGivenTemplate(t *testing.T) {
	given := func(f func(g *spec.NodeGroup)) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) {
			g.LaunchTemplate = &spec.GivenLaunchTemplate{ID: "lt-0123456789abcdef0", Version: 1}
			f(g)
		})
	}
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"by id", given(func(g *spec.NodeGroup) {}), nil},
		{"by name", given(func(g *spec.NodeGroup) { g.LaunchTemplate = &spec.GivenLaunchTemplate{Name: "a.b/c", Version: 1} }), nil},
		{"by a wrong name", given(func(g *spec.NodeGroup) { g.LaunchTemplate = &spec.GivenLaunchTemplate{Name: "a b c", Version: 1} }), []want{
			{diag.InvalidName, at + " launchTemplate name", "launch template"}}},
		{"by both", given(func(g *spec.NodeGroup) { g.LaunchTemplate.Name = "nodes" }), []want{{diag.GivenTemplate, at + " launchTemplate", "exactly one"}}},
		{"by a wrong id", given(func(g *spec.NodeGroup) { g.LaunchTemplate.ID = "template" }), []want{{diag.InvalidID, at + " launchTemplate id", "launch template"}}},
		{"no version", given(func(g *spec.NodeGroup) { g.LaunchTemplate.Version = 0 }), []want{{diag.GivenTemplate, at + " launchTemplate version", "no version 0"}}},
		{"what EKS is told", given(func(g *spec.NodeGroup) {
			g.Labels, g.AvailabilityZones, g.Role.Name = map[string]string{"a": "b"}, []string{"ap-northeast-2a"}, "nodes"
		}), nil},
		{"what the template says", given(func(g *spec.NodeGroup) {
			g.KeyPair, g.CPUOptions, g.Volume.Type = "office", &spec.CPUOptions{CoreCount: 1, ThreadsPerCore: 1}, "gp2"
		}), []want{
			{diag.GivenTemplate, at + " cpuOptions", "decides cpuOptions"}, {diag.GivenTemplate, at + " keyPair", "decides keyPair"}, {diag.GivenTemplate, at + " volume", "decides volume"}}},
		{"image", given(func(g *spec.NodeGroup) { g.Image.ID = "ami-0123456789abcdef0" }), []want{{diag.GivenTemplate, at + " image id", "withImage"}}},
		{"release of an image that the template has", given(func(g *spec.NodeGroup) {
			g.LaunchTemplate.WithImage, g.Image.Release = true, "1.35.0-20260415"
		}), []want{{diag.GivenTemplate, at + " image release", "no release"}}},
		{"shared security group", func(s *spec.Spec) {
			given(func(g *spec.NodeGroup) {})(s)
			s.Cluster.NodeSecurityGroup = &spec.NodeSecurityGroup{WithClusterSecurityGroup: true}
		}, []want{{diag.GivenTemplate, at + " launchTemplate", "nodeSecurityGroup"}}},
	})
}

func TestManagedQuotas(t *testing.T) {
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"as many as there can be", group(func(g *spec.NodeGroup) { g.Scaling.Max = 450 }), nil},
		{"one more", group(func(g *spec.NodeGroup) { g.Scaling.Max = 451 }), []want{{diag.NodeQuota, at + " scaling max", "450"}}},
	})
}

func TestGivenNodeRoles(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/team/nodes"
	shared := func(mode spec.AuthenticationMode) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.AuthenticationMode = mode
			group(func(g *spec.NodeGroup) { g.Role.ARN = role })(s)
			own := groupBase()
			own.Role.ARN = role
			s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"own": {NodeGroupBase: own}}
		}
	}
	const at = "cluster nodeGroups general role"
	runRules(t, newVPC, []ruleTest{
		{"given", group(func(g *spec.NodeGroup) { g.Role.ARN = role }), nil},
		{"given and named", group(func(g *spec.NodeGroup) { g.Role.ARN, g.Role.Name = role, "nodes" }), []want{{diag.RoleConflict, at, "exists already"}}},
		{"of another account", group(func(g *spec.NodeGroup) { g.Role.ARN = "arn:aws:iam::444455556666:role/nodes" }), []want{{diag.InvalidARN, at + " arn", "444455556666"}}},
		{"shared", shared(spec.AuthAPIAndConfigMap), []want{{diag.RoleTaken, "cluster selfManagedNodeGroups own role arn", "cluster.nodeGroups.general already"}}},
	})
}
