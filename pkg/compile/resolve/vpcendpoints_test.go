package resolve

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// closedVPC is newVPC without a way to the internet.
func closedVPC() *spec.Spec {
	s := newVPC()
	s.Cluster.Network.VPC.InternetGateway = ptr(false)
	s.Workloads = nil
	return s
}

// closedOldVPC is oldVPC without a way to the internet.
func closedOldVPC() *spec.Spec {
	s := oldVPC()
	s.Cluster.Network.NATGateways = "none"
	for name, subnet := range s.Cluster.Network.Subnets.Private {
		subnet.RouteTable = "rtb-0000000" + name
		s.Cluster.Network.Subnets.Private[name] = subnet
	}
	s.Workloads = nil
	return s
}

// endpoints sets what the spec says of VPC endpoints.
func endpoints(e spec.VPCEndpoints) func(*spec.Spec) {
	return func(s *spec.Spec) {
		if e.Subnets == "" {
			e.Subnets = "private"
		}
		s.Cluster.Network.VPCEndpoints = &e
	}
}

func TestDerivedEndpoints(t *testing.T) {
	addon := func(names ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			for _, name := range names {
				s.Cluster.Addons[name] = spec.Addon{}
			}
		}
	}
	for name, tt := range map[string]struct {
		base func() *spec.Spec
		edit func(*spec.Spec)
		want string
	}{
		"nodes":             {closedVPC, func(*spec.Spec) {}, "ec2 ecr.api ecr.dkr eks s3 sts"},
		"an existing VPC":   {closedOldVPC, func(*spec.Spec) {}, "ec2 ecr.api ecr.dkr eks s3 sts"},
		"with a NAT":        {newVPC, func(*spec.Spec) {}, ""},
		"with a NAT, asked": {newVPC, endpoints(spec.VPCEndpoints{Derive: ptr(true)}), "ec2 ecr.api ecr.dkr eks s3 sts"},
		"logs and metrics":  {closedVPC, addon("amazon-cloudwatch-observability", "eks-pod-identity-agent"), "ec2 ecr.api ecr.dkr eks eks-auth logs monitoring s3 sts xray"},
		"Pod Identity":      {closedVPC, addon("eks-pod-identity-agent"), "ec2 ecr.api ecr.dkr eks eks-auth s3 sts"},
		"Session Manager": {closedVPC, group(func(g *spec.NodeGroup) { g.Role.ManagedPolicies = []string{"AmazonSSMManagedInstanceCore"} }),
			"ec2 ec2messages ecr.api ecr.dkr eks s3 ssm ssmmessages sts"},
		"those that exist":  {closedVPC, endpoints(spec.VPCEndpoints{Existing: []string{"ecr.api", "s3", "sqs"}}), "ec2 ecr.dkr eks sts"},
		"those excluded":    {closedVPC, endpoints(spec.VPCEndpoints{Exclude: []string{"eks", "sts"}}), "ec2 ecr.api ecr.dkr s3"},
		"more than derived": {closedVPC, endpoints(spec.VPCEndpoints{Interface: map[string]spec.InterfaceEndpoint{"sqs": {PrivateDNS: true}}}), "ec2 ecr.api ecr.dkr eks s3 sqs sts"},
		"no nodes":          {closedVPC, func(s *spec.Spec) { s.Cluster.NodeGroups, s.Cluster.Addons = nil, nil }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := tt.base()
			tt.edit(s)
			compare(t, Resolve(s), nil)
			compare(t, Resolve(s), nil) // a second run changes nothing
			var got []string
			if e := s.Cluster.Network.VPCEndpoints; e != nil {
				got = slices.Sorted(maps.Keys(e.Interface))
				got = append(got, slices.Collect(maps.Keys(e.Gateway))...)
			}
			slices.Sort(got)
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), tt.want)
			}
		})
	}
}

func TestVPCEndpoints(t *testing.T) {
	const at = "cluster network vpcEndpoints "
	interfaces := func(services ...string) spec.VPCEndpoints {
		m := map[string]spec.InterfaceEndpoint{}
		for _, service := range services {
			m[service] = spec.InterfaceEndpoint{PrivateDNS: true}
		}
		return spec.VPCEndpoints{Interface: m}
	}
	with := func(e spec.VPCEndpoints, edit func(e *spec.VPCEndpoints)) func(*spec.Spec) {
		edit(&e)
		return endpoints(e)
	}
	runRules(t, closedVPC, []ruleTest{
		{"nothing at all", endpoints(spec.VPCEndpoints{Derive: ptr(false)}), []want{{diag.NoRouteOut, at + "derive", `cannot pull images: "general"`}}},
		{"one too few", with(interfaces("ec2", "ecr.api"), func(e *spec.VPCEndpoints) {
			e.Derive, e.Gateway = ptr(false), map[string]spec.GatewayEndpoint{"s3": {}}
		}), []want{{diag.MissingEndpoint, strings.TrimSpace(at), `of "ecr.dkr" nodes cannot pull images`}}},
		{"excluded", endpoints(spec.VPCEndpoints{Exclude: []string{"ecr.dkr"}}), []want{{diag.MissingEndpoint, at + "exclude 0", "nodes cannot pull images from ECR"}}},
		{"excluded for nothing", endpoints(spec.VPCEndpoints{Exclude: []string{"ecr.dkrr"}}), []want{{diag.VPCEndpoint, at + "exclude 0", `did you mean "ecr.dkr"?`}}},
		{"excluded twice", endpoints(spec.VPCEndpoints{Exclude: []string{"eks", "eks"}}), []want{{diag.VPCEndpoint, at + "exclude 1", "twice"}}},
		{"excluded and stated", with(interfaces("eks"), func(e *spec.VPCEndpoints) { e.Exclude = []string{"eks"} }), []want{{diag.VPCEndpoint, at + "exclude 0", "stated"}}},
		{"excluded without deriving", with(interfaces("ec2", "ecr.api", "ecr.dkr"), func(e *spec.VPCEndpoints) {
			e.Derive, e.Existing, e.Exclude = ptr(false), []string{"s3"}, []string{"eks"}
		}), []want{{diag.VPCEndpoint, at + "exclude 0", "no endpoints are derived"}}},
		{"without private DNS", endpoints(spec.VPCEndpoints{Interface: map[string]spec.InterfaceEndpoint{"ec2": {}}}), []want{
			{diag.MissingEndpoint, at + "interface ec2 privateDNS", "turn it on"}}},
		{"S3 as an interface", endpoints(interfaces("s3")), []want{{diag.VPCEndpoint, at + "interface s3", "gateway"}}},
		{"a gateway of another service", endpoints(spec.VPCEndpoints{Gateway: map[string]spec.GatewayEndpoint{"sqs": {}}}), []want{
			{diag.VPCEndpoint, at + "gateway sqs", "only s3 and dynamodb"}}},
		{"a full name", endpoints(interfaces("com.amazonaws.ap-northeast-2.sqs")), []want{{diag.VPCEndpoint, at + "interface com.amazonaws.ap-northeast-2.sqs", `alone, "sqs"`}}},
		{"no name", endpoints(interfaces("Simple Queue")), []want{{diag.VPCEndpoint, at + "interface Simple Queue", "not the name"}}},
		{"existing twice", endpoints(spec.VPCEndpoints{Existing: []string{"sqs", "sqs"}}), []want{{diag.VPCEndpoint, at + "existing 1", "twice"}}},
		{"existing and made", with(interfaces("sqs"), func(e *spec.VPCEndpoints) { e.Existing = []string{"sqs"} }), []want{{diag.VPCEndpoint, at + "existing 0", "twice"}}},
		{"a policy of nothing", endpoints(spec.VPCEndpoints{Gateway: map[string]spec.GatewayEndpoint{"s3": {Policy: map[string]any{}}}}), []want{
			{diag.VPCEndpoint, at + "gateway s3 policy", "without a Statement"}}},
		{"a policy with null", endpoints(spec.VPCEndpoints{Gateway: map[string]spec.GatewayEndpoint{"s3": {Policy: map[string]any{"Statement": []any{nil}}}}}), []want{
			{diag.VPCEndpoint, at + "gateway s3 policy", "null"}}},
		{"a group that cannot exist", endpoints(spec.VPCEndpoints{SecurityGroup: "sg-12345678"}), []want{{diag.SecurityGroupConflict, at + "securityGroup", "cannot be in it yet"}}},
		{"in a tier without subnets", endpoints(spec.VPCEndpoints{Subnets: "isolated"}), []want{{diag.EmptyTier, at + "subnets", "no isolated subnets"}}},
		{"the public endpoint alone", func(s *spec.Spec) { s.Cluster.Endpoint.Private = false }, []want{
			{diag.EndpointNodes, "cluster endpoint private", `cannot reach the public endpoint: "general"`}}},
	})
	runRules(t, closedVPC, []ruleTest{
		{"IRSA without STS", func(s *spec.Spec) {
			endpoints(spec.VPCEndpoints{Exclude: []string{"sts"}})(s)
			s.Cluster.ServiceAccounts = map[string]spec.ServiceAccount{"web": {Namespace: "default", Method: spec.IRSA, Role: spec.ServiceAccountRole{ManagedPolicies: []string{"AmazonS3ReadOnlyAccess"}}}}
		}, []want{{diag.MissingEndpoint, at + "exclude 0", "pods get no credentials"}}},
	})
	runRules(t, newVPC, []ruleTest{
		{"a group for nothing", endpoints(spec.VPCEndpoints{SecurityGroup: "sg-12345678"}), []want{{diag.VPCEndpoint, at + "securityGroup", "no interface endpoints"}}},
		{"a route table that cannot exist", func(s *spec.Spec) {
			s.Cluster.Network.Subnets.Isolated = map[string]spec.Subnet{"a": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.240.0/24", RouteTable: "rtb-12345678"}}
		}, []want{{diag.SubnetFields, "cluster network subnets isolated a routeTable", "route tables"}}},
	})
	runRules(t, closedOldVPC, []ruleTest{
		{"an unknown route table", func(s *spec.Spec) {
			s.Cluster.Network.Subnets.Private["a"] = spec.Subnet{ID: "subnet-1000000a", AvailabilityZone: "ap-northeast-2a"}
		}, []want{{diag.SubnetFields, "cluster network subnets private a", "needs the route table"}}},
		{"a malformed route table", func(s *spec.Spec) {
			s.Cluster.Network.Subnets.Private["a"] = spec.Subnet{ID: "subnet-1000000a", AvailabilityZone: "ap-northeast-2a", RouteTable: "rtb-1"}
		}, []want{{diag.InvalidID, "cluster network subnets private a routeTable", "a route table"}}},
		{"a VPC of unknown blocks", func(s *spec.Spec) {
			s.Cluster.Network.VPC.CIDR = ""
		}, []want{{diag.VPCEndpoint, strings.TrimSpace(at), "not known"}}},
		{"all exist", endpoints(spec.VPCEndpoints{Existing: []string{"ec2", "ecr.api", "ecr.dkr", "eks", "s3", "sts"}}), nil},
		{"too few exist", endpoints(spec.VPCEndpoints{Derive: ptr(false), Existing: []string{"ec2", "ecr.api", "s3"}}), []want{
			{diag.MissingEndpoint, strings.TrimSpace(at), "ecr.dkr"}}},
	})
}

func TestClosedWorkloads(t *testing.T) {
	image := func(image string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Workloads = map[string]spec.Workload{"web": {Pod: pod(image)}}
		}
	}
	const at = "workloads web image"
	runRules(t, closedVPC, []ruleTest{
		{"of Docker Hub", image("nginx:1.29"), []want{{diag.UnreachableImage, at, "docker.io; copy it to ECR in ap-northeast-2"}}},
		{"of a user of Docker Hub", image("grafana/grafana:12.0"), []want{{diag.UnreachableImage, at, "docker.io"}}},
		{"of another registry", image("quay.io/team/app:1.0"), []want{{diag.UnreachableImage, at, "quay.io"}}},
		{"of ECR", image("111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/app:1.0"), nil},
		{"of ECR elsewhere", image("111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1.0"), []want{{diag.UnreachableImage, at, "eu-west-1"}}},
		{"of a registry that may be near", image("registry.example.com:5000/team/app:1.0"), nil},
	})
}
