package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestCluster(t *testing.T) {
	manyTags := map[string]string{}
	for i := range 51 {
		manyTags[fmt.Sprint("tag", i)] = "x"
	}
	tags := func(key, value string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Tags = map[string]string{key: value} }
	}
	role := func(r spec.ClusterRole) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.Role = &r }
	}
	key := func(arn string) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Cluster.SecretsEncryption = &spec.SecretsEncryption{KeyARN: arn} }
	}
	const keyPath = "cluster secretsEncryption keyARN"
	runRules(t, newVPC, []ruleTest{
		{"name with a hyphen", func(s *spec.Spec) { s.Cluster.Name = "Cluster-1" }, nil},
		{"name that CloudFormation would not take for a stack", func(s *spec.Spec) { s.Cluster.Name = "2nd_Cluster" }, nil},
		{"name of 100", func(s *spec.Spec) { s.Cluster.Name = strings.Repeat("x", 100) }, nil},
		{"name of 101", func(s *spec.Spec) { s.Cluster.Name = strings.Repeat("x", 101) }, []want{
			{diag.ClusterName, "cluster name", "1 to 100"}}},
		{"name with a dot", func(s *spec.Spec) { s.Cluster.Name = "a.b" }, []want{
			{diag.ClusterName, "cluster name", `"a.b"`}}},
		{"region misspelt", func(s *spec.Spec) { s.Cluster.Region = "ap-northeats-2" }, []want{
			{diag.UnknownRegion, "cluster region", `did you mean "ap-northeast-2"?`}}},
		{"version unknown", func(s *spec.Spec) { s.Cluster.Version = "1.12" }, []want{
			{diag.UnknownVersion, "cluster version", "does not offer Kubernetes 1.12"}}},
		{"version in extended support", func(s *spec.Spec) { s.Cluster.Version = "1.32" }, []want{
			{diag.ExtendedSupport, "cluster version", "1.32 ended on 2026-03-23"}}},
		{"tag allowed", tags("team:name", "a b/c@d é"), nil},
		{"tag of AWS", tags("AWS:owner", "x"), []want{
			{diag.InvalidTag, "cluster tags AWS:owner", "keeps for itself"}}},
		{"tag key long", tags(strings.Repeat("k", 129), "x"), []want{
			{diag.InvalidTag, "cluster tags " + strings.Repeat("k", 129), "129 characters"}}},
		{"tag key empty", tags("", "x"), []want{{diag.InvalidTag, "cluster tags ", "empty"}}},
		{"tag value long", tags("k", strings.Repeat("é", 257)), []want{
			{diag.InvalidTag, "cluster tags k", "257 characters"}}},
		{"tag value with a semicolon", tags("k", "a;b"), []want{
			{diag.InvalidTag, "cluster tags k", `"a;b"`}}},
		{"tags too many", func(s *spec.Spec) { s.Cluster.Tags = manyTags }, []want{
			{diag.InvalidTag, "cluster tags", "51 tags"}}},
		{"role by ARN", role(spec.ClusterRole{ARN: "arn:aws:iam::111122223333:role/path/eks"}), nil},
		{"role by ARN and name", role(spec.ClusterRole{ARN: "arn:aws:iam::111122223333:role/eks", Name: "eks"}), []want{
			{diag.RoleConflict, "cluster role", "exists already"}}},
		{"role of another account", role(spec.ClusterRole{ARN: "arn:aws:iam::999999999999:role/eks"}), []want{
			{diag.InvalidARN, "cluster role arn", "999999999999"}}},
		{"role of another partition", role(spec.ClusterRole{ARN: "arn:aws-cn:iam::111122223333:role/eks"}), []want{
			{diag.InvalidARN, "cluster role arn", `"aws-cn"`}}},
		{"role that is none", role(spec.ClusterRole{ARN: "arn:aws:iam::111122223333:user/eks"}), []want{
			{diag.InvalidARN, "cluster role arn", "not the ARN of an IAM role"}}},
		{"role with a region", role(spec.ClusterRole{ARN: "arn:aws:iam:eu-west-1:111122223333:role/eks"}), []want{
			{diag.InvalidARN, "cluster role arn", "IAM is global"}}},
		{"role without account", role(spec.ClusterRole{ARN: "arn:aws:iam::1111:role/eks"}), []want{
			{diag.InvalidARN, "cluster role arn", "12-digit"}}},
		{"role name", role(spec.ClusterRole{Name: "eks role"}), []want{
			{diag.InvalidName, "cluster role name", "an IAM role name"}}},
		{"role name long", role(spec.ClusterRole{Name: strings.Repeat("r", 65)}), []want{
			{diag.InvalidName, "cluster role name", "65 characters"}}},
		{"policies", role(spec.ClusterRole{ManagedPolicies: []string{"AmazonEKSServicePolicy"}}), nil},
		{"policy unknown", role(spec.ClusterRole{ManagedPolicies: []string{"AmazonEKSServicePolicy", "AmazonEKSPolicy"}}), []want{
			{diag.UnknownPolicy, "cluster role managedPolicies 1", `"AmazonEKSPolicy"`}}},
		{"policy by ARN", role(spec.ClusterRole{ManagedPolicies: []string{"arn:aws:iam::aws:policy/AmazonEKSNewPolicy", "arn:aws:iam::111122223333:policy/own"}}), nil},
		{"policy by ARN of a role", role(spec.ClusterRole{ManagedPolicies: []string{"arn:aws:iam::111122223333:role/own"}}), []want{
			{diag.InvalidARN, "cluster role managedPolicies 0", "an IAM policy"}}},
		{"policy by path", role(spec.ClusterRole{ManagedPolicies: []string{"service-role/AmazonEBSCSIDriverPolicy"}}), []want{
			{diag.UnknownPolicy, "cluster role managedPolicies 0", `write the name alone: "AmazonEBSCSIDriverPolicy"`}}},
		{"policy twice", role(spec.ClusterRole{ManagedPolicies: []string{"AmazonEKSServicePolicy", "AmazonEKSServicePolicy"}}), []want{
			{diag.UnknownPolicy, "cluster role managedPolicies 1", "twice"}}},
		{"boundary", role(spec.ClusterRole{PermissionsBoundary: "arn:aws:iam::111122223333:policy/b"}), nil},
		{"boundary of another account", role(spec.ClusterRole{PermissionsBoundary: "arn:aws:iam::999999999999:policy/b"}), []want{
			{diag.InvalidARN, "cluster role permissionsBoundary", "999999999999"}}},
		{"boundary that is a role", role(spec.ClusterRole{PermissionsBoundary: "arn:aws:iam::111122223333:role/b"}), []want{
			{diag.InvalidARN, "cluster role permissionsBoundary", "an IAM policy"}}},
		{"key", key("arn:aws:kms:ap-northeast-2:999999999999:key/1234"), nil},
		{"key by alias", key("arn:aws:kms:ap-northeast-2:111122223333:alias/eks"), nil},
		{"key of another region", key("arn:aws:kms:eu-west-1:111122223333:key/1234"), []want{
			{diag.InvalidARN, keyPath, `in "eu-west-1"`}}},
		{"key by id", key("1234abcd-12ab-34cd-56ef-1234567890ab"), []want{{diag.InvalidARN, keyPath, "not an ARN"}}},
		{"key of another service", key("arn:aws:s3:ap-northeast-2:111122223333:key/1"), []want{
			{diag.InvalidARN, keyPath, "a KMS key or alias"}}},
		{"key without account", key("arn:aws:kms:ap-northeast-2::key/1"), []want{{diag.InvalidARN, keyPath, "12-digit"}}},
		{"nobody administers", func(s *spec.Spec) {
			s.Cluster.AuthenticationMode = spec.AuthConfigMap
			s.Cluster.BootstrapClusterCreatorAdminPermissions = false
		}, []want{{diag.NoAdministrator, "cluster bootstrapClusterCreatorAdminPermissions", "CONFIG_MAP"}}},
		{"entries administer", func(s *spec.Spec) {
			s.Cluster.BootstrapClusterCreatorAdminPermissions = false
			s.Cluster.Access = map[string]spec.Access{"admins": {Role: "admin", Policy: "clusterAdmin"}}
		}, nil},
	})
}

func TestIPv6(t *testing.T) {
	runRules(t, newVPC, []ruleTest{
		{"alone", func(s *spec.Spec) { s.Cluster.IPFamily = spec.IPv6 }, nil},
		{"with a block of services", func(s *spec.Spec) { s.Cluster.IPFamily, s.Cluster.ServiceCIDR = spec.IPv6, "172.20.0.0/16" }, []want{
			{diag.IPFamily, "cluster serviceCIDR", "EKS itself"}}},
		{"in China", func(s *spec.Spec) {
			s.Cluster.IPFamily, s.Cluster.Region = spec.IPv6, "cn-north-1"
			s.Cluster.Network.AvailabilityZones = []string{"cn-north-1a", "cn-north-1b"}
		}, []want{{diag.IPFamily, "cluster ipFamily", "cn-north-1"}}},
	})
}

func TestUnknownRegionHidesNothing(t *testing.T) {
	s := newVPC()
	s.Cluster.Region = "mars-north-1"
	s.Cluster.Network.AvailabilityZones = []string{"mars-north-1a", "mars-north-1b"}
	s.Cluster.Name = ""
	compare(t, Resolve(s), []want{
		{diag.ClusterName, "cluster name", `""`},
		{diag.UnknownRegion, "cluster region", `"mars-north-1"`},
	})
}

func TestEndpoint(t *testing.T) {
	endpoint := func(public, private bool, cidrs ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Endpoint = spec.Endpoint{Public: public, Private: private, PublicAccessCIDRs: cidrs}
		}
	}
	var many []string
	for i := range 41 {
		many = append(many, fmt.Sprintf("203.0.113.%d/32", i))
	}
	const list = "cluster endpoint publicAccessCIDRs"
	runRules(t, newVPC, []ruleTest{
		{"public only", endpoint(true, false), nil},
		{"limited", endpoint(true, true, "203.0.113.0/24"), nil},
		{"closed", endpoint(false, false), []want{{diag.EndpointClosed, "cluster endpoint", "nobody"}}},
		{"limit of nothing", endpoint(false, true, "203.0.113.0/24"), []want{
			{diag.ClosedEndpoint, "cluster endpoint", "nodes alone"}, {diag.PublicAccessCIDRs, list, "public endpoint is off"}}},
		{"empty list", endpoint(true, true, []string{}...), []want{{diag.OpenEndpoint, list, "empty list"}}},
		{"open list", endpoint(true, true, "0.0.0.0/0"), []want{{diag.OpenEndpoint, list + " 0", "everybody in"}}},
		{"open among others", endpoint(true, true, "203.0.113.0/24", "0.0.0.0/0"), []want{{diag.OpenEndpoint, list + " 1", "limit nothing"}}},
		{"private address", endpoint(true, true, "10.1.0.0/16"), []want{{diag.PublicAccessCIDRs, list + " 0", "private or reserved"}}},
		{"reserved address", endpoint(true, true, "100.64.1.0/24"), []want{{diag.PublicAccessCIDRs, list + " 0", "private or reserved"}}},
		{"IPv6", endpoint(true, true, "2001:db8::/32"), []want{{diag.InvalidCIDR, list + " 0", "IPv6"}}},
		{"host bits", endpoint(true, true, "203.0.113.9/24"), []want{{diag.InvalidCIDR, list + " 0", `did you mean "203.0.113.0/24"?`}}},
		{"an address", endpoint(true, true, "203.0.113.9"), []want{{diag.InvalidCIDR, list + " 0", `"203.0.113.9/32"`}}},
		{"too many", endpoint(true, true, many...), []want{{diag.PublicAccessCIDRs, list, "41 blocks"}}},
		{"nodes of a new VPC shut out", endpoint(true, false, "203.0.113.0/24"), []want{{diag.EndpointNodes, "cluster endpoint private", "turn private on"}}},
		{"nodes of a new VPC let in", endpoint(true, false, "0.0.0.0/1", "128.0.0.0/1"), nil},
		{"no nodes to shut out", func(s *spec.Spec) {
			endpoint(true, false, "203.0.113.0/24")(s)
			s.Cluster.NodeGroups, s.Workloads, s.Cluster.Addons = nil, nil, nil
		}, nil},
	})
}

func TestEndpointOfExistingVPC(t *testing.T) {
	limited := func(nat ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Endpoint = spec.Endpoint{Public: true, PublicAccessCIDRs: []string{"203.0.113.0/25", "203.0.113.128/25"}}
			s.Cluster.Network.NATAddresses = nat
		}
	}
	runRules(t, oldVPC, []ruleTest{
		{"address not stated", limited(), []want{{diag.EndpointNodes, "cluster endpoint private", "natAddresses"}}},
		{"address allowed", limited("203.0.113.7/32"), nil},
		{"address allowed by two blocks", limited("203.0.113.0/24"), nil},
		{"address shut out", limited("203.0.113.7/32", "198.51.100.1/32"), []want{
			{diag.EndpointNodes, "cluster network natAddresses 1", "198.51.100.1/32"}}},
		{"address malformed", limited("203.0.113.7"), []want{{diag.InvalidCIDR, "cluster network natAddresses 0", "one address"}}},
		{"address private", limited("10.0.0.9/32"), []want{
			{diag.InvalidCIDR, "cluster network natAddresses 0", "private"}}},
	})
}
