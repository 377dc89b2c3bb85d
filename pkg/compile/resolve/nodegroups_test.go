package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestNodeGroups(t *testing.T) {
	scaling := func(least, most int, desired *int) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) {
			g.Scaling = spec.Scaling{Min: least, Max: most, Desired: desired}
		})
	}
	version := func(v string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Version = v })
	}
	types := func(names ...string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.InstanceTypes = names })
	}
	second := func(name string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{
				name: {NodeGroupBase: groupBase()},
			}
		}
	}
	size := func(n int) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Volume.Size = &n })
	}
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"scaled to zero", scaling(0, 1, nil), nil},
		{"desired between", scaling(1, 5, ptr(3)), nil},
		{"min below zero", scaling(-1, 1, nil), []want{{diag.ScalingBounds, at + " scaling min", "-1"}}},
		{"max below one", scaling(0, 0, nil), []want{{diag.ScalingBounds, at + " scaling max", "at least 1"}}},
		{"min above max", scaling(3, 2, nil), []want{{diag.ScalingBounds, at + " scaling min", "min is 3, which is more than max, 2"}}},
		{"desired below min", scaling(2, 3, ptr(1)), []want{{diag.ScalingBounds, at + " scaling desired", "less than min, 2"}}},
		{"desired above max", scaling(2, 3, ptr(4)), []want{{diag.ScalingBounds, at + " scaling desired", "more than max, 3"}}},

		{"three versions behind", version("1.32"), nil},
		{"four versions behind", version("1.31"), []want{{diag.VersionSkew, at + " version", "1.31 are 4 minor versions behind the control plane, which is 1.35"}}},
		{"ahead", version("1.36"), []want{{diag.VersionSkew, at + " version", "1.36 are ahead of the control plane, which is 1.35"}}},

		{"types of one architecture", types("t3.small", "t3.medium"), nil},
		{"types of two", types("t3.small", "m7g.large"), []want{{diag.MixedArchitectures, at + " instanceTypes", "m7g.large is arm64 and t3.small is x86_64"}}},
		{"type twice", types("t3.small", "t3.small"), []want{{diag.InstanceTypes, at + " instanceTypes 1", "twice"}}},
		{"type of an impossible form", types("m7g_large"), []want{{diag.InstanceTypes, at + " instanceTypes 0", "not the name of an instance type"}}},
		{"type unknown", types("t3.small", "x99.large"), []want{{diag.UnknownInstance, at + " instanceTypes 1", "x99.large"}}},
		{"no type", types(), []want{{diag.InstanceTypes, at + " instanceTypes", "no instance type"}}},

		{"volume at its largest", size(65536), nil},
		{"volume too large", size(65537), []want{{diag.VolumeSize, at + " volume size", "1 to 65536 GiB"}}},
		{"volume of nothing", size(0), []want{{diag.VolumeSize, at + " volume size", "not 0"}}},
		{"volume too small for the image", size(19), []want{{diag.VolumeSize, at + " volume size", "needs a volume of 20 GiB"}}},

		{"second group", second("Spot-2"), nil},
		{"name taken", second("general"), []want{{diag.NodeGroupName, "cluster selfManagedNodeGroups general", "cluster.nodeGroups.general"}}},
		{"name that CloudFormation would not take for a stack", second("spot_2"), nil},
		{"name with a dot", second("a.b"), []want{{diag.NodeGroupName, "cluster selfManagedNodeGroups a.b", "does not allow"}}},
		{"stack name too long", func(s *spec.Spec) {
			s.Cluster.Name = strings.Repeat("c", 100)
			second("a-group-with-a-long-name")(s)
		}, []want{{diag.NodeGroupName, "cluster selfManagedNodeGroups a-group-with-a-long-name", "135 characters"}}},

		{"key pair", group(func(g *spec.NodeGroup) { g.KeyPair = "clé" }), []want{{diag.InvalidName, at + " keyPair", "key pair"}}},
		{"role name", group(func(g *spec.NodeGroup) { g.Role.Name = "a/b" }), []want{{diag.InvalidName, at + " role name", "a/b"}}},
		{"role policy", group(func(g *spec.NodeGroup) { g.Role.ManagedPolicies = []string{"AmazonSSMManagedInstance"} }), []want{
			{diag.UnknownPolicy, at + " role managedPolicies 0", "AmazonSSMManagedInstance"}}},
		{"role boundary", group(func(g *spec.NodeGroup) { g.Role.PermissionsBoundary = "boundary" }), []want{
			{diag.InvalidARN, at + " role permissionsBoundary", "not an ARN"}}},
		{"tags", group(func(g *spec.NodeGroup) { g.Tags = map[string]string{"aws:x": ""} }), []want{{diag.InvalidTag, at + " tags aws:x", "aws:"}}},
		{"ingress", group(func(g *spec.NodeGroup) {
			g.Ingress = map[string]spec.SecurityGroupRule{"ssh": rule("tcp", 22, spec.SecurityGroupPeer{CIDR: "0.0.0.0/0"})}
		}), []want{
			{diag.OpenSSH, at + " ingress ssh", "SSH"}}},
	})
}

func TestRoleNamesOfOneCluster(t *testing.T) {
	s := newVPC()
	s.Cluster.Role = &spec.ClusterRole{Name: "Demo"}
	group(func(g *spec.NodeGroup) { g.Role.Name = "demo" })(s)
	compare(t, Resolve(s), []want{{diag.RoleTaken, "cluster nodeGroups general role name", `"demo" is created for cluster.role already`}})
}

func TestTagsWithThoseOfTheCluster(t *testing.T) {
	s := newVPC()
	s.Cluster.Tags = map[string]string{}
	for i := range 50 {
		s.Cluster.Tags[fmt.Sprint(i)] = "x"
	}
	compare(t, Resolve(s), nil)
	group(func(g *spec.NodeGroup) { g.Tags = map[string]string{"0": "another value"} })(s)
	compare(t, Resolve(s), nil)
	group(func(g *spec.NodeGroup) { g.Tags = map[string]string{"one more": ""} })(s)
	compare(t, Resolve(s), []want{{diag.InvalidTag, "cluster nodeGroups general tags", "51 tags"}})
}

func TestSelfManagedNodeGroups(t *testing.T) {
	edit := func(f func(g *spec.SelfManagedNodeGroup)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			g := s.Cluster.SelfManagedNodeGroups["workers"]
			f(&g)
			s.Cluster.SelfManagedNodeGroups["workers"] = g
		}
	}
	const at = "cluster selfManagedNodeGroups workers"
	runRules(t, oldVPC, []ruleTest{
		{"small volume for an own image", edit(func(g *spec.SelfManagedNodeGroup) {
			g.Image.ID, g.Volume.Size = "ami-12345678", ptr(8)
		}), nil},
		{"small volume", edit(func(g *spec.SelfManagedNodeGroup) { g.Volume.Size = ptr(8) }), []want{{diag.VolumeSize, at + " volume size", "20 GiB, not 8"}}},
		{"type unknown", edit(func(g *spec.SelfManagedNodeGroup) { g.InstanceTypes = []string{"t9.small"} }), []want{
			{diag.UnknownInstance, at + " instanceTypes 0", "t9.small"}}},
		{"public nodes", edit(func(g *spec.SelfManagedNodeGroup) { g.Subnets = "public" }), nil},
	})
}

func TestNodeLabelsAndTaints(t *testing.T) {
	label := func(key, value string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Labels = map[string]string{key: value} })
	}
	taint := func(key, value string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Taints = map[string]spec.Taint{key: {Value: value, Effect: "NoSchedule"}} })
	}
	const at = "cluster nodeGroups general"
	long := strings.Repeat("d", 60) + ".example.com/key"
	withoutWorkloads := func() *spec.Spec {
		s := newVPC()
		s.Workloads = nil // none of them would tolerate a taint
		return s
	}
	runRules(t, withoutWorkloads, []ruleTest{
		{"label", label("example.com/tier", "web"), nil},
		{"label without value", label("web", ""), nil},
		{"label of the kubelet", label("node.kubernetes.io/pool", "a"), nil},
		{"label below the kubelet's domain", label("team.node.kubernetes.io/pool", "a"), nil},
		{"label that the kubelet sets", label("topology.kubernetes.io/zone", "a"), nil},
		{"label of a domain that only looks alike", label("notkubernetes.io/pool", "a"), nil},
		{"label of a role", label("node-role.kubernetes.io/web", ""), []want{{diag.InvalidLabel, at + " labels node-role.kubernetes.io/web", "kubelet refuses"}}},
		{"label of k8s.io", label("k8s.io/x", ""), []want{{diag.InvalidLabel, at + " labels k8s.io/x", "kubelet refuses"}}},
		{"label of EKS", label("eks.amazonaws.com/x", ""), []want{{diag.InvalidLabel, at + " labels eks.amazonaws.com/x", "for itself"}}},
		{"label key", label("a b", ""), []want{{diag.InvalidLabel, at + " labels a b", `"a b"`}}},
		{"label value", label("a", "b c"), []want{{diag.InvalidLabel, at + " labels a", `value "b c"`}}},
		{"label key of EKS's length", label(long, ""), []want{{diag.InvalidLabel, at + " labels " + long, "76 characters"}}},
		{"taint", taint("example.com/gpu", "true"), nil},
		{"taint key", taint("gpu!", ""), []want{{diag.InvalidLabel, at + " taints gpu!", `taint key "gpu!"`}}},
		{"taint value", taint("gpu", "a=b"), []want{{diag.InvalidLabel, at + " taints gpu value", `"a=b"`}}},
		{"taints too many", group(func(g *spec.NodeGroup) {
			g.Taints = map[string]spec.Taint{}
			for i := range 51 {
				g.Taints[fmt.Sprint("t", i)] = spec.Taint{Effect: "NoSchedule"}
			}
		}), []want{{diag.InvalidLabel, at + " taints", "51 taints"}}},
	})
}

func TestNoNodes(t *testing.T) {
	runRules(t, newVPC, []ruleTest{
		{"workloads and add-ons", func(s *spec.Spec) { s.Cluster.NodeGroups = nil }, []want{
			{diag.NoNodes, "cluster addons coredns", "coredns"},
			{diag.NoNodes, "workloads", "no node group"}}},
		{"only what comes before nodes", func(s *spec.Spec) {
			s.Cluster.NodeGroups, s.Workloads = nil, nil
			delete(s.Cluster.Addons, "coredns")
		}, nil},
	})
}
