package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// withKarpenter is newVPC with Karpenter, a node class and a node pool.
func withKarpenter() *spec.Spec {
	s := newVPC()
	s.Cluster.Addons["eks-pod-identity-agent"] = spec.Addon{}
	s.Cluster.Karpenter = &spec.Karpenter{
		Version: "1.14.1", Namespace: "kube-system", ServiceAccount: "karpenter", Method: spec.PodIdentity, InterruptionQueue: true,
		NodeClasses: map[string]spec.EC2NodeClass{"c": {AMISelectorTerms: []spec.AMISelectorTerm{{Alias: "al2023@v20260415"}}}},
		NodePools:   map[string]spec.NodePool{"p": {NodeClass: "c", Disruption: steady}},
	}
	return s
}

// steady is what the schema fills in.
var steady = spec.Disruption{ConsolidationPolicy: "WhenEmptyOrUnderutilized", ConsolidateAfter: "0s"}

// karpenter changes Karpenter, class its node class, and pool its node pool.
func karpenter(f func(c *spec.Cluster, k *spec.Karpenter)) func(*spec.Spec) {
	return func(s *spec.Spec) { f(&s.Cluster, s.Cluster.Karpenter) }
}

func class(f func(c *spec.EC2NodeClass)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		c := s.Cluster.Karpenter.NodeClasses["c"]
		f(&c)
		s.Cluster.Karpenter.NodeClasses["c"] = c
	}
}

func pool(f func(p *spec.NodePool)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		p := s.Cluster.Karpenter.NodePools["p"]
		f(&p)
		s.Cluster.Karpenter.NodePools["p"] = p
	}
}

const (
	classAt = "cluster karpenter nodeClasses c"
	poolAt  = "cluster karpenter nodePools p"
)

func TestKarpenter(t *testing.T) {
	runRules(t, withKarpenter, []ruleTest{
		{"as it is", func(*spec.Spec) {}, nil},
		{"alone", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.NodeClasses, k.NodePools = nil, nil }), nil},
		{"too old", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.Version = "1.8.3" }), []want{
			{diag.KarpenterVersion, "cluster karpenter version", "take 1.9.0 or later"}}},
		{"newer than is known", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.Version = "1.99.0" }), nil},
		{"before its first", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.Version = "0.37.0" }), []want{
			{diag.KarpenterVersion, "cluster karpenter version", "0.37.0"}}},
		{"without node groups", karpenter(func(c *spec.Cluster, _ *spec.Karpenter) { c.NodeGroups = nil }), []want{
			{diag.Karpenter, "cluster karpenter", "nowhere to run"}}},
		{"on Fargate", karpenter(func(c *spec.Cluster, k *spec.Karpenter) {
			c.NodeGroups, k.Method = nil, spec.IRSA
			c.FargateProfiles = map[string]spec.FargateProfile{"k": {Subnets: "private", Selectors: []spec.FargateSelector{{Namespace: "kube-system", Labels: map[string]string{"app.kubernetes.io/name": "karpenter"}}}}}
		}), nil},
		{"on Fargate, by Pod Identity", karpenter(func(c *spec.Cluster, _ *spec.Karpenter) {
			c.NodeGroups = nil
			c.FargateProfiles = map[string]spec.FargateProfile{"k": {Subnets: "private", Selectors: []spec.FargateSelector{{Namespace: "kube-*", Labels: map[string]string{"app.kubernetes.io/*": "karpenter"}}}}}
		}), []want{{diag.FargatePod, "cluster karpenter method", "irsa"}}},
		{"without the agent", karpenter(func(c *spec.Cluster, _ *spec.Karpenter) { delete(c.Addons, "eks-pod-identity-agent") }), []want{
			{diag.PodIdentityAgent, "cluster karpenter method", "irsa"}}},
		{"with IRSA", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.Method = spec.IRSA }), nil},
		{"with IRSA and no provider", karpenter(func(c *spec.Cluster, k *spec.Karpenter) { k.Method, c.IAM.OIDCProvider = spec.IRSA, ptr(false) }), []want{
			{diag.NoOIDCProvider, "cluster karpenter method", ""}}},
		{"in a namespace that is not there", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.Namespace = "karpenter" }), []want{
			{diag.UnknownNamespace, "cluster karpenter namespace", "karpenter"}}},
		{"as a service account that cannot be", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.ServiceAccount = "Karpenter" }), []want{
			{diag.KubernetesName, "cluster karpenter serviceAccount", "Karpenter"}}},
		{"as a service account that has a role", karpenter(func(c *spec.Cluster, _ *spec.Karpenter) {
			c.ServiceAccounts = map[string]spec.ServiceAccount{"karpenter": {Namespace: "kube-system", Method: spec.PodIdentity, Role: spec.ServiceAccountRole{ManagedPolicies: []string{"ReadOnlyAccess"}}}}
		}), []want{{diag.ServiceAccountTaken, "cluster serviceAccounts karpenter", "controllerRole"}}},
		{"with a given role", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			k.ControllerRole.ARN = "arn:aws:iam::111122223333:role/karpenter"
		}), nil},
		{"with a given role of another account", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			k.ControllerRole.ARN = "arn:aws:iam::999999999999:role/karpenter"
		}), []want{{diag.InvalidARN, "cluster karpenter controllerRole arn", "Karpenter's controller"}}},
		{"with a given role and statements", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			k.ControllerRole = spec.KarpenterControllerRole{ARN: "arn:aws:iam::111122223333:role/karpenter", Statements: map[string]spec.Statement{"a": {}}}
		}), []want{{diag.RoleConflict, "cluster karpenter controllerRole statements", "arn"}}},
		{"with a statement that is too long", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			k.ControllerRole.Statements = map[string]spec.Statement{"a": {Effect: "Allow", Actions: []string{"s3:GetObject"}, Resources: []string{"arn:aws:s3:::b/" + strings.Repeat("a", 2300)}}}
		}), []want{{diag.PolicySize, "cluster karpenter controllerRole statements", ""}}},
		{"with a node role that is taken", karpenter(func(c *spec.Cluster, k *spec.Karpenter) {
			c.Role, k.NodeRole.Name = &spec.ClusterRole{Name: "nodes"}, "Nodes"
		}), []want{{diag.RoleTaken, "cluster karpenter nodeRole name", "created for cluster.role already"}}},
		{"with an unknown policy", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) { k.NodeRole.ManagedPolicies = []string{"Nope"} }), []want{
			{diag.UnknownPolicy, "cluster karpenter nodeRole managedPolicies 0", "Nope"}}},
		{"without discovery", karpenter(func(c *spec.Cluster, _ *spec.Karpenter) { c.Network.KarpenterDiscovery = ptr(false) }), []want{
			{diag.Karpenter, "cluster network karpenterDiscovery", "finds its subnets"}}},
		{"without discovery, and with subnets", func(s *spec.Spec) {
			s.Cluster.Network.KarpenterDiscovery = ptr(false)
			class(func(c *spec.EC2NodeClass) {
				c.SubnetSelectorTerms = []spec.SubnetSelectorTerm{{ID: "subnet-12345678"}}
			})(s)
		}, nil},
		{"without a way out", karpenter(func(c *spec.Cluster, _ *spec.Karpenter) {
			c.Network.NATGateways, c.Endpoint.Private = "none", true
		}), []want{
			{diag.Karpenter, "cluster karpenter instanceProfile", "IAM has no VPC endpoint"}, {diag.UnreachableImage, "workloads nginx image", ""}}},
		{"without a way out, and with a role", func(s *spec.Spec) {
			s.Cluster.Network.NATGateways, s.Cluster.Endpoint.Private, s.Cluster.Karpenter.InstanceProfile = "none", true, true
			class(func(c *spec.EC2NodeClass) { c.Role = "other" })(s)
		}, []want{{diag.Karpenter, classAt + " role", "instanceProfile"}, {diag.UnreachableImage, "workloads nginx image", ""}}},
		{"a pool of no class", pool(func(p *spec.NodePool) { p.NodeClass = "d" }), []want{
			{diag.UnknownNodeClass, poolAt + " nodeClass", `"d"`}, {diag.UnusedNodeClass, classAt, "no node pool"}}},
		{"a pool and a class in manifests", func(s *spec.Spec) {
			s.Cluster.Karpenter.NodePools["p"] = spec.NodePool{NodeClass: "d", Disruption: steady}
			s.Kubernetes.Manifests = map[string]spec.Manifest{
				"d": {"apiVersion": "karpenter.k8s.aws/v1", "kind": "EC2NodeClass", "metadata": map[string]any{"name": "d"}},
				"q": {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": map[string]any{"name": "q"}, "spec": map[string]any{
					"template": map[string]any{"spec": map[string]any{"nodeClassRef": map[string]any{"name": "c"}}}}},
			}
		}, nil},
		{"a pool that a manifest declares, too", func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"m": {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": map[string]any{"name": "p"}}}
		}, []want{{diag.DuplicateObject, "kubernetes manifests m", "cluster.karpenter.nodePools.p"}}},
	})
}

// TestKarpenterEndpoints holds that a closed VPC has the endpoints that
// Karpenter uses.
func TestKarpenterEndpoints(t *testing.T) {
	for _, queue := range []bool{true, false} {
		s := withKarpenter()
		s.Cluster.Network.NATGateways, s.Cluster.Endpoint.Private = "none", true
		s.Cluster.Karpenter.InstanceProfile, s.Cluster.Karpenter.InterruptionQueue = true, queue
		Resolve(s)
		endpoints := s.Cluster.Network.VPCEndpoints.Interface
		for service, wanted := range map[string]bool{"ssm": true, "eks": true, "eks-auth": true, "sqs": queue} {
			if _, ok := endpoints[service]; ok != wanted {
				t.Errorf("queue %v: an endpoint for %s: %v, want %v", queue, service, ok, wanted)
			}
		}
	}
}

// TestKarpenterSelectors holds that node classes select what node groups have.
func TestKarpenterSelectors(t *testing.T) {
	for _, test := range []struct {
		name  string
		edit  func(c *spec.Cluster)
		terms string
	}{
		{"the group of EKS", func(*spec.Cluster) {}, "tag aws:eks:cluster-name"},
		{"a group of the nodes' own", func(c *spec.Cluster) { c.NodeSecurityGroup = &spec.NodeSecurityGroup{} }, "tag karpenter.sh/discovery"},
		{"both", func(c *spec.Cluster) {
			c.NodeSecurityGroup = &spec.NodeSecurityGroup{WithClusterSecurityGroup: true}
		}, "tag aws:eks:cluster-name, tag karpenter.sh/discovery"},
		{"a given one", func(c *spec.Cluster) { c.NodeSecurityGroup = &spec.NodeSecurityGroup{ID: "sg-12345678"} }, "sg-12345678"},
	} {
		s := withKarpenter()
		test.edit(&s.Cluster)
		Resolve(s)
		var got []string
		for _, term := range s.Cluster.Karpenter.NodeClasses["c"].SecurityGroupSelectorTerms {
			for key := range term.Tags {
				got = append(got, "tag "+key)
			}
			if term.ID != "" {
				got = append(got, term.ID)
			}
		}
		if strings.Join(got, ", ") != test.terms {
			t.Errorf("%s: got %q, want %q", test.name, got, test.terms)
		}
	}
}
