package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// scaledVPC is oldVPC with the Cluster Autoscaler.
func scaledVPC() *spec.Spec {
	s := oldVPC()
	s.Cluster.Addons[podIdentityAgent] = spec.Addon{}
	s.Cluster.ClusterAutoscaler = &spec.ClusterAutoscaler{
		Namespace: "kube-system", ServiceAccount: "cluster-autoscaler", Method: spec.PodIdentity, CreateObjects: true, Replicas: 1,
		Expander: "least-waste", ScaleDown: spec.ScaleDown{Enabled: true},
	}
	return s
}

// autoscaler changes the Cluster Autoscaler of scaledVPC.
func autoscaler(f func(a *spec.ClusterAutoscaler)) func(*spec.Spec) {
	return func(s *spec.Spec) { f(s.Cluster.ClusterAutoscaler) }
}

const autoscalerAt = "cluster clusterAutoscaler"

func TestClusterAutoscaler(t *testing.T) {
	image := func(text string) func(*spec.Spec) {
		return autoscaler(func(a *spec.ClusterAutoscaler) { a.Image = text })
	}
	newest := func(objects bool) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Version, s.Cluster.ClusterAutoscaler.CreateObjects = "1.37", objects
		}
	}
	role := func(r spec.ClusterAutoscalerRole) func(*spec.Spec) {
		return autoscaler(func(a *spec.ClusterAutoscaler) { a.Role = r })
	}
	const at = autoscalerAt
	runRules(t, scaledVPC, []ruleTest{
		{"as it is", func(*spec.Spec) {}, nil},
		{"image", image("111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/cluster-autoscaler:v1.35.0"), nil},
		{"image by digest", image("registry.k8s.io/autoscaling/cluster-autoscaler@sha256:" + strings.Repeat("0a", 32)), nil},
		{"image for another version", image("registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.4"), []want{{diag.AutoscalerVersion, at + " image", "for Kubernetes 1.34, but the cluster's version is 1.35"}}},
		{"image without a tag", image("registry.k8s.io/autoscaling/cluster-autoscaler"), []want{{diag.UnpinnedImage, at + " image", "no tag"}}},
		{"no image known", newest(true), []want{{diag.ClusterAutoscaler, at + " image", `for Kubernetes "1.37"`}}},
		{"no image needed", newest(false), nil},
		{"no agent", func(s *spec.Spec) { delete(s.Cluster.Addons, podIdentityAgent) }, []want{{diag.PodIdentityAgent, at + " method", "eks-pod-identity-agent"}}},
		{"IRSA", func(s *spec.Spec) {
			delete(s.Cluster.Addons, podIdentityAgent)
			s.Cluster.ClusterAutoscaler.Method = spec.IRSA
		}, nil},
		{"IRSA without a provider", func(s *spec.Spec) {
			s.Cluster.ClusterAutoscaler.Method, s.Cluster.IAM.OIDCProvider = spec.IRSA, ptr(false)
		}, []want{{diag.NoOIDCProvider, at + " method", "turns off"}}},
		{"role", role(spec.ClusterAutoscalerRole{ARN: "arn:aws:iam::111122223333:role/scaler"}), nil},
		{"role of another account", role(spec.ClusterAutoscalerRole{ARN: "arn:aws:iam::999999999999:role/scaler"}), []want{{diag.InvalidARN, at + " role arn", "999999999999"}}},
		{"two roles", role(spec.ClusterAutoscalerRole{ARN: "arn:aws:iam::111122223333:role/scaler", Name: "scaler"}), []want{{diag.RoleConflict, at + " role", "exists already"}}},
		{"role of a node group", role(spec.ClusterAutoscalerRole{Name: "demo-workers-ap-northeast-2"}), []want{
			{diag.RoleTaken, workersAt + " role name", "cluster.clusterAutoscaler.role"}}},
		{"namespace", autoscaler(func(a *spec.ClusterAutoscaler) { a.Namespace = "scaling" }), []want{{diag.UnknownNamespace, at + " namespace", "scaling"}}},
		{"name", autoscaler(func(a *spec.ClusterAutoscaler) { a.ServiceAccount = "Scaler" }), []want{{diag.KubernetesName, at + " serviceAccount", "Scaler"}}},
		{"service account taken", func(s *spec.Spec) {
			s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"cluster-autoscaler": {
				Namespace: "kube-system", Method: spec.PodIdentity, Role: spec.ServiceAccountRole{ManagedPolicies: []string{"ReadOnlyAccess"}}}}
		}, []want{{diag.ServiceAccountTaken, "cluster serviceAccounts cluster-autoscaler", "cluster.clusterAutoscaler already"}}},
		{"workload of its name", func(s *spec.Spec) {
			w := s.Workloads["nginx"]
			w.Namespace = "kube-system"
			s.Workloads["cluster-autoscaler"] = w
		}, []want{{diag.DuplicateObject, "workloads cluster-autoscaler", "cluster.clusterAutoscaler already"}}},
		{"beside Karpenter", func(s *spec.Spec) {
			s.Cluster.Karpenter = &spec.Karpenter{Namespace: "kube-system", ServiceAccount: "karpenter", Version: "1.14.1", Method: spec.PodIdentity}
		}, []want{{diag.AutoscalerRival, at, "both bring nodes"}}},
		{"manifest of its name", func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"role": {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": map[string]any{"name": "cluster-autoscaler"}}}
		}, []want{{diag.DuplicateObject, "kubernetes manifests role", "cluster.clusterAutoscaler already"}}},
	})
	s := scaledVPC()
	s.Cluster.ClusterAutoscaler.Method = spec.IRSA
	compare(t, Resolve(s), nil)
	a := s.Cluster.ClusterAutoscaler
	if a.Role.Name != "demo-kube-system-cluster-autoscaler-ap-northeast-2" || !strings.HasSuffix(a.Image, ":v1.35.1") || !*s.Cluster.IAM.OIDCProvider {
		t.Errorf("role %q, image %q, OIDC provider %t", a.Role.Name, a.Image, *s.Cluster.IAM.OIDCProvider)
	}
}

func TestAutoscaledGroups(t *testing.T) {
	const at = autoscalerAt
	labels := func(n int) map[string]string {
		m := map[string]string{}
		for i := range n {
			m[fmt.Sprint("l", i)] = "x"
		}
		return m
	}
	long := strings.Repeat("a", 40) + ".example.com/" + strings.Repeat("b", 40)
	runRules(t, scaledVPC, []ruleTest{
		{"nothing to scale", workers(func(g *spec.SelfManagedNodeGroup) { g.ClusterAutoscaler = ptr(false) }), []want{{diag.ClusterAutoscaler, at, "no node group"}}},
		{"nothing to change", workers(func(g *spec.SelfManagedNodeGroup) { g.Scaling.Min = g.Scaling.Max }), []want{{diag.ClusterAutoscaler, at, "as many nodes at least as at most"}}},
		{"managed group to scale", func(s *spec.Spec) {
			workers(func(g *spec.SelfManagedNodeGroup) { g.ClusterAutoscaler = ptr(false) })(s)
			s.Cluster.NodeGroups = map[string]spec.NodeGroup{"general": {NodeGroupBase: groupBase()}}
		}, nil},
		{"no autoscaler", func(s *spec.Spec) {
			s.Cluster.ClusterAutoscaler = nil
			workers(func(g *spec.SelfManagedNodeGroup) { g.ClusterAutoscaler = ptr(true) })(s)
		}, []want{{diag.ClusterAutoscaler, workersAt + " clusterAutoscaler", "no Cluster Autoscaler"}}},
		{"size stated", workers(func(g *spec.SelfManagedNodeGroup) { g.Scaling.Desired = ptr(2) }), []want{{diag.AutoscalerRival, workersAt + " scaling desired", "sets them back to 2"}}},
		{"size stated as it begins", workers(func(g *spec.SelfManagedNodeGroup) { g.Scaling.Desired = ptr(g.Scaling.Min) }), nil},
		{"weights", workers(func(g *spec.SelfManagedNodeGroup) {
			g.InstanceTypes = []string{"t3.small", "t3.large"}
			g.MixedInstances = &spec.MixedInstances{Weights: map[string]int{"t3.small": 1, "t3.large": 4}}
		}), []want{{diag.ClusterAutoscaler, workersAt + " mixedInstances weights", "not units"}}},
		{"as many labels as tags", workers(func(g *spec.SelfManagedNodeGroup) { g.Scaling.Min, g.Labels = 0, labels(45) }), nil},
		{"more labels than tags", workers(func(g *spec.SelfManagedNodeGroup) { g.Scaling.Min, g.Labels = 0, labels(46) }), []want{{diag.InvalidTag, workersAt, "51 tags"}}},
		{"labels of nodes to look at", workers(func(g *spec.SelfManagedNodeGroup) { g.Scaling.Min, g.Labels = 1, labels(46) }), nil},
		{"long label and taint", workers(func(g *spec.SelfManagedNodeGroup) {
			g.Scaling.Min, g.Labels, g.Taints = 0, map[string]string{long: "x"}, map[string]spec.Taint{long: {Effect: "PreferNoSchedule"}}
		}), []want{{diag.InvalidTag, workersAt + " labels " + long, "139 characters"}, {diag.InvalidTag, workersAt + " taints " + long, "139 characters"}}},
	})
}

func TestAutoscalerSettings(t *testing.T) {
	flags := func(m map[string]string) func(*spec.Spec) {
		return autoscaler(func(a *spec.ClusterAutoscaler) { a.Flags = m })
	}
	priorities := func(expander string, m map[string][]string) func(*spec.Spec) {
		return autoscaler(func(a *spec.ClusterAutoscaler) { a.Expander, a.Priorities = expander, m })
	}
	const at = autoscalerAt
	runRules(t, scaledVPC, []ruleTest{
		{"flag", flags(map[string]string{"v": "4", "new-pod-scale-up-delay": "30s"}), nil},
		{"flag with hyphens", flags(map[string]string{"--v": "4"}), []want{{diag.ClusterAutoscaler, at + " flags --v", "without the hyphens"}}},
		{"flag of a field", flags(map[string]string{"expander": "random"}), []want{{diag.ClusterAutoscaler, at + " flags expander", "the field expander"}}},
		{"flag of a field that says nothing", flags(map[string]string{"scan-interval": "1m"}), []want{{diag.ClusterAutoscaler, at + " flags scan-interval", "the field scanInterval"}}},
		{"flag of ours", flags(map[string]string{"nodes": "1:3:a"}), []want{{diag.ClusterAutoscaler, at + " flags nodes", "ekscc decides"}}},
		{"priorities", priorities("priority", map[string][]string{"10": {".*"}}), nil},
		{"priorities missing", priorities("priority", nil), []want{{diag.ClusterAutoscaler, at + " expander", "without priorities"}}},
		{"priorities that nobody reads", priorities("random", map[string][]string{"10": {".*"}}), []want{{diag.ClusterAutoscaler, at + " priorities", "expander random"}}},
		{"no priority", priorities("priority", map[string][]string{"high": {".*"}, "0": {".*"}}), []want{
			{diag.ClusterAutoscaler, at + " priorities 0", `"0"`}, {diag.ClusterAutoscaler, at + " priorities high", `"high"`}}},
		{"no expression", priorities("priority", map[string][]string{"10": {"("}}), []want{{diag.ClusterAutoscaler, at + " priorities 10 0", "regular expression"}}},
		{"replicas", autoscaler(func(a *spec.ClusterAutoscaler) { a.Replicas = -1 }), []want{{diag.ClusterAutoscaler, at + " replicas", "-1 pods"}}},
		{"resources", autoscaler(func(a *spec.ClusterAutoscaler) {
			a.Resources = &spec.Resources{Requests: spec.ResourceQuantities{Memory: "much"}}
		}), []want{{diag.InvalidQuantity, at + " resources requests memory", "much"}}},
		{"selector and tolerations", autoscaler(func(a *spec.ClusterAutoscaler) {
			a.NodeSelector, a.Tolerations = map[string]string{"a": "b c"}, map[string]spec.Toleration{"a b": {Value: "c d"}}
		}), []want{{diag.InvalidLabel, at + " nodeSelector a", "b c"}, {diag.InvalidLabel, at + " tolerations a b", "a b"}, {diag.InvalidLabel, at + " tolerations a b value", "c d"}}},
		{"nothing goes", autoscaler(func(a *spec.ClusterAutoscaler) { a.ScaleDown = spec.ScaleDown{UnneededTime: "5m"} }), []want{{diag.ClusterAutoscaler, at + " scaleDown enabled", "say nothing"}}},
		{"nothing goes, and no more is said", autoscaler(func(a *spec.ClusterAutoscaler) { a.ScaleDown = spec.ScaleDown{} }), nil},
		{"times", autoscaler(func(a *spec.ClusterAutoscaler) {
			a.ScanInterval, a.MaxNodeProvisionTime = "10s", "99999999999999999999h"
		}), []want{{diag.ClusterAutoscaler, at + " maxNodeProvisionTime", "too long"}}},
		{"without objects", autoscaler(func(a *spec.ClusterAutoscaler) {
			a.CreateObjects, a.Flags, a.Resources = false, map[string]string{"v": "4"}, &spec.Resources{}
		}), []want{{diag.ClusterAutoscaler, at + " flags", "createObjects is false"}, {diag.ClusterAutoscaler, at + " resources", "createObjects is false"}}},
	})
}

// A closed network needs the service that the Cluster Autoscaler calls, and an
// image that its nodes can pull.
func TestClusterAutoscalerInAClosedNetwork(t *testing.T) {
	s := scaledVPC()
	r := &resolver{spec: s, cluster: &s.Cluster}
	needs := services(r.endpointNeeds())
	s.Cluster.ClusterAutoscaler = nil
	without := services(r.endpointNeeds())
	if got, want := strings.Join(needs, " "), strings.Join(without, " "); !strings.Contains(got, "autoscaling") || strings.Contains(want, "autoscaling") {
		t.Errorf("with it %s, without %s", got, want)
	}
}
