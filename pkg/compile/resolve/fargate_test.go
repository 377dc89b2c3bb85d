package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// withFargate is newVPC with a Fargate profile that takes none of its pods.
func withFargate() *spec.Spec {
	s := newVPC()
	s.Cluster.FargateProfiles = map[string]spec.FargateProfile{"batch": fargateProfile("batch")}
	return s
}

func fargateProfile(namespaces ...string) spec.FargateProfile {
	p := spec.FargateProfile{Subnets: "private"}
	for _, namespace := range namespaces {
		p.Selectors = append(p.Selectors, spec.FargateSelector{Namespace: namespace})
	}
	return p
}

// onlyFargate is a cluster without nodes, with CoreDNS and a workload on
// Fargate.
func onlyFargate() *spec.Spec {
	s := newVPC()
	s.Cluster.NodeGroups = nil
	s.Cluster.FargateProfiles = map[string]spec.FargateProfile{"all": fargateProfile("default", "kube-system")}
	s.Cluster.Addons = map[string]spec.Addon{"coredns": {Configuration: map[string]any{"computeType": "Fargate"}}}
	w := s.Workloads["nginx"]
	w.Service = nil
	s.Workloads["nginx"] = w
	return s
}

func profile(f func(p *spec.FargateProfile)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		p := s.Cluster.FargateProfiles["batch"]
		f(&p)
		s.Cluster.FargateProfiles["batch"] = p
	}
}

func selectors(list ...spec.FargateSelector) func(*spec.Spec) {
	return profile(func(p *spec.FargateProfile) { p.Selectors = list })
}

func TestFargateProfiles(t *testing.T) {
	labels := func(of map[string]string) func(*spec.Spec) {
		return selectors(spec.FargateSelector{Namespace: "batch", Labels: of})
	}
	second := func(name string, list ...spec.FargateSelector) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.FargateProfiles[name] = spec.FargateProfile{Subnets: "private", Selectors: list}
		}
	}
	role := func(role spec.Role) func(*spec.Spec) {
		return profile(func(p *spec.FargateProfile) { p.Role = role })
	}
	named := func(namespace string) spec.FargateSelector { return spec.FargateSelector{Namespace: namespace} }
	nightly := spec.FargateSelector{Namespace: "batch", Labels: map[string]string{"run": "nightly"}}
	const at = "cluster fargateProfiles batch"
	runRules(t, withFargate, []ruleTest{
		{"a profile", func(*spec.Spec) {}, nil},
		{"patterns", selectors(named("team-?*"), spec.FargateSelector{Namespace: "*", Labels: map[string]string{"*/part-of": "a?"}}), nil},
		{"no selector", selectors(), []want{{diag.FargateSelector, at + " selectors", "selects no pods"}}},
		{"six selectors", selectors(named("a"), named("b"), named("c"), named("d"), named("e"), named("f")), []want{
			{diag.FargateQuota, at + " selectors", "there are 6 selectors; EKS takes 5"}}},
		{"six labels", labels(map[string]string{"a": "1", "b": "1", "c": "1", "d": "1", "e": "1", "f": "1"}), []want{
			{diag.FargateQuota, at + " selectors 0 labels", "6 labels"}}},
		{"no namespace", selectors(named("")), []want{{diag.FargateSelector, at + " selectors 0 namespace", `"" is not the name`}}},
		{"namespace in capitals", selectors(named("Batch")), []want{{diag.FargateSelector, at + " selectors 0 namespace", "Batch"}}},
		{"namespace too long", selectors(named(strings.Repeat("a", 64))), []want{{diag.FargateSelector, at + " selectors 0 namespace", "aaa"}}},
		{"label key", labels(map[string]string{"a b": "1"}), []want{{diag.FargateSelector, at + " selectors 0 labels a b", "not the key of a label"}}},
		{"label value", labels(map[string]string{"a": "b c"}), []want{{diag.FargateSelector, at + " selectors 0 labels a", "not the value of a label"}}},
		{"label without value", labels(map[string]string{"a": ""}), []want{{diag.FargateSelector, at + " selectors 0 labels a", "no empty value"}}},

		{"another label", second("other", spec.FargateSelector{Namespace: "batch", Labels: map[string]string{"run": "x"}}), []want{
			{diag.FargateOverlap, "cluster fargateProfiles other selectors 0", `those of the Fargate profile "batch" too`}}},
		{"overlap by a pattern", second("other", named("b*")), []want{
			{diag.FargateOverlap, at + " selectors 0", `those of the Fargate profile "other" too`}}},
		{"the same twice", selectors(named("a"), named("a")), []want{{diag.FargateOverlap, at + " selectors 1", "another one of the profile"}}},
		{"with a label after all of the namespace", selectors(named("batch"), nightly), []want{{diag.FargateOverlap, at + " selectors 1", "leave it out"}}},
		{"different labels", selectors(nightly, spec.FargateSelector{Namespace: "batch", Labels: map[string]string{"run": "hourly"}}), nil},
		{"one character is not many", selectors(named("a?"), named("a*")), []want{{diag.FargateOverlap, at + " selectors 0", "leave it out"}}},

		{"a role by name", role(spec.Role{Name: "pods", ManagedPolicies: []string{"AmazonSQSReadOnlyAccess"}}), nil},
		{"a role that exists", role(spec.Role{ARN: "arn:aws:iam::111122223333:role/pods"}), nil},
		{"a role with a path", role(spec.Role{ARN: "arn:aws:iam::111122223333:role/team/pods"}), []want{
			{diag.FargateProfile, at + " role arn", "has a path"}}},
		{"a role of another account", role(spec.Role{ARN: "arn:aws:iam::999999999999:role/pods"}), []want{
			{diag.InvalidARN, at + " role arn", "must be in the cluster's account"}}},
		{"a role and its name", role(spec.Role{ARN: "arn:aws:iam::111122223333:role/pods", Name: "pods"}), []want{
			{diag.RoleConflict, at + " role", "leave out either arn or the other fields"}}},
		{"the role of nodes", role(spec.Role{Name: "demo-general-ap-northeast-2"}), []want{
			{diag.RoleTaken, "cluster nodeGroups general role name", "is created for cluster.fargateProfiles.batch.role already"}}},
		{"a role that has access", func(s *spec.Spec) {
			role(spec.Role{Name: "pods"})(s)
			s.Cluster.Access = map[string]spec.Access{"pods": {Role: "pods", Policy: "view"}}
		}, []want{{diag.AccessPrincipal, "cluster access pods", "through cluster.fargateProfiles.batch.role already"}}},

		{"a name that is no file name", second("a.b", named("x")), []want{{diag.FargateProfile, "cluster fargateProfiles a.b", "cannot be the name"}}},
		{"names that differ in case", second("Batch", named("x")), []want{{diag.FargateProfile, "cluster fargateProfiles batch", `"Batch" and "batch" make the same stack name`}}},
		{"no private subnets", profile(func(p *spec.FargateProfile) { p.Subnets = "pod" }), []want{{diag.EmptyTier, at + " subnets", "no pod subnets for the pods"}}},
		{"tag without a value", profile(func(p *spec.FargateProfile) { p.Tags = map[string]string{"a": ""} }), []want{
			{diag.InvalidTag, at + " tags a", "Fargate profiles do not allow"}}},
		{"GovCloud", func(s *spec.Spec) {
			s.Cluster.Region = "us-gov-west-1"
			s.Cluster.Network.AvailabilityZones = []string{"us-gov-west-1a", "us-gov-west-1b"}
		}, []want{{diag.FargateProfile, "cluster fargateProfiles", "EKS has no Fargate in us-gov-west-1"}}},
		{"eleven profiles", func(s *spec.Spec) {
			for i := range 10 {
				name := fmt.Sprintf("p%d", i)
				s.Cluster.FargateProfiles[name] = fargateProfile(name)
			}
		}, []want{{diag.FargateQuota, "cluster fargateProfiles", "11 Fargate profiles; EKS takes 10"}}},
	})
}

func TestFargateLogging(t *testing.T) {
	logging := func(l spec.FargateLogging) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.FargateLogging = &l }
	}
	runRules(t, withFargate, []ruleTest{
		{"for a month", logging(spec.FargateLogging{RetentionDays: 30}), nil},
		{"for an odd time", logging(spec.FargateLogging{RetentionDays: 31}), []want{{diag.LogGroup, "cluster fargateLogging retentionDays", "31 days"}}},
		{"a key elsewhere", logging(spec.FargateLogging{RetentionDays: 30, KeyARN: "arn:aws:kms:us-east-1:111122223333:key/a"}), []want{
			{diag.InvalidARN, "cluster fargateLogging keyARN", "must be in the cluster's region"}}},
		{"without a profile", func(s *spec.Spec) {
			s.Cluster.FargateProfiles = nil
			logging(spec.FargateLogging{RetentionDays: 30})(s)
		}, []want{{diag.FargateProfile, "cluster fargateLogging", "no pods run on Fargate"}}},
		{"the namespace declared", func(s *spec.Spec) {
			logging(spec.FargateLogging{RetentionDays: 30})(s)
			s.Kubernetes.Namespaces = map[string]spec.Namespace{"aws-observability": {}}
		}, []want{{diag.DuplicateObject, "kubernetes namespaces aws-observability", "cluster.fargateLogging already"}}},
		{"the ConfigMap declared", func(s *spec.Spec) {
			logging(spec.FargateLogging{RetentionDays: 30})(s)
			s.Kubernetes.Manifests = map[string]spec.Manifest{"logging": {"apiVersion": "v1", "kind": "ConfigMap",
				"metadata": map[string]any{"name": "aws-logging", "namespace": "aws-observability"}}}
		}, []want{{diag.DuplicateObject, "kubernetes manifests logging", "cluster.fargateLogging already"}}},
	})
}

// Pods on Fargate need the endpoint and the services as nodes do.
func TestFargateWaysOut(t *testing.T) {
	closed := func(s *spec.Spec) {
		s.Cluster.Network.NATGateways = "none"
		w := s.Workloads["nginx"]
		w.Image = "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/nginx:1.29"
		s.Workloads["nginx"] = w
	}
	s := onlyFargate()
	closed(s)
	s.Cluster.FargateLogging = &spec.FargateLogging{RetentionDays: 30}
	compare(t, Resolve(s), nil)
	if got, want := strings.Join(sortedKeys(s.Cluster.Network.VPCEndpoints.Interface), " "), "ecr.api ecr.dkr eks logs sts"; got != want {
		t.Errorf("the endpoints %s are derived, want %s", got, want)
	}
	runRules(t, onlyFargate, []ruleTest{
		{"excluded logs", func(s *spec.Spec) {
			closed(s)
			s.Cluster.FargateLogging = &spec.FargateLogging{RetentionDays: 30}
			s.Cluster.Network.VPCEndpoints = &spec.VPCEndpoints{Subnets: "private", Exclude: []string{"logs"}}
		}, []want{{diag.MissingEndpoint, "cluster network vpcEndpoints exclude 0", "logs of pods on Fargate"}}},
		{"the public endpoint alone", func(s *spec.Spec) {
			closed(s)
			s.Cluster.Endpoint.Private = false
		}, []want{{diag.EndpointNodes, "cluster endpoint private", `the Fargate profile "all"`}}},
		{"a limited public endpoint", func(s *spec.Spec) {
			s.Cluster.Endpoint = spec.Endpoint{Public: true, PublicAccessCIDRs: []string{"203.0.113.0/24"}}
		}, []want{{diag.EndpointNodes, "cluster endpoint private", "turn private on"}}},
	})
}
