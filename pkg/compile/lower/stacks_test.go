package lower_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// created is a spec whose VPC is created, in two zones.
func created() *spec.Spec {
	s := plain("dev")
	s.Cluster.Network = spec.Network{
		VPC:               spec.VPC{CIDR: "10.0.0.0/16"},
		AvailabilityZones: []string{"eu-west-1b", "eu-west-1a"},
		NATGateways:       "single",
		Subnets: spec.Subnets{
			Public:  map[string]spec.Subnet{"a": {AvailabilityZone: "eu-west-1a"}, "b": {AvailabilityZone: "eu-west-1b"}},
			Private: map[string]spec.Subnet{"a": {AvailabilityZone: "eu-west-1a"}, "b": {AvailabilityZone: "eu-west-1b"}},
		},
	}
	s.Cluster.Addons = map[string]spec.Addon{"vpc-cni": {}, "coredns": {}}
	s.Cluster.Access = map[string]spec.Access{"admins": {Role: "team/admin", Policy: "clusterAdmin"}}
	return s
}

func stacksOf(s *spec.Spec) []ir.Stack {
	return lower.Lower(s, []*spec.Spec{s}).Environments[0].Stacks
}

// TestDeployOrder holds that stacks come after the ones they need, and say so.
func TestDeployOrder(t *testing.T) {
	got := map[string][]string{}
	var order []string
	for _, stack := range stacksOf(created()) {
		order = append(order, stack.File)
		got[stack.File] = stack.Needs
	}
	if want := []string{"network", "cluster", "access", "nodegroup-g", "addons"}; !slices.Equal(order, want) {
		t.Errorf("got order %q, want %q", order, want)
	}
	want := map[string][]string{
		"network":     nil,
		"cluster":     {"c-network"},
		"access":      {"c-cluster"},
		"nodegroup-g": {"c-network", "c-cluster"},
		"addons":      {"c-cluster", "c-nodegroup-g"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got needs %q, want %q", got, want)
	}
}

// TestAddonsBesideNodes holds that what nodes need to become ready is there
// before them, and what runs on them comes after.
func TestAddonsBesideNodes(t *testing.T) {
	stacks := stacksOf(created())
	if got := addonNames(stacks[1]); !slices.Equal(got, []string{"vpc-cni"}) {
		t.Errorf("the cluster's stack has the add-ons %q", got)
	}
	if got := addonNames(stacks[4]); !slices.Equal(got, []string{"coredns"}) {
		t.Errorf("the add-ons' stack has the add-ons %q", got)
	}
}

// TestAgentWithRole holds that the agent which gives pods their roles does not
// wait for itself.
func TestAgentWithRole(t *testing.T) {
	s := created()
	s.Cluster.Addons["eks-pod-identity-agent"] = spec.Addon{AddonBase: spec.AddonBase{Identity: spec.PodIdentity, ServiceAccount: "agent", Role: spec.AddonRole{ManagedPolicies: []string{"ReadOnlyAccess"}}}}
	for _, stack := range stacksOf(s) {
		for _, r := range stack.Resources {
			if slices.Contains(r.DependsOn, r.ID) {
				t.Errorf("%s depends on itself", r.ID)
			}
		}
	}
}

func addonNames(stack ir.Stack) []string {
	var names []string
	for _, r := range stack.Resources {
		if r.Type == "AWS::EKS::Addon" {
			names = append(names, r.Properties["AddonName"].(string))
		}
	}
	return names
}

func TestNATGateways(t *testing.T) {
	for _, test := range []struct {
		natGateways string
		gateways    map[string]ir.Value // logical id to subnet
		routes      map[string]ir.Value // logical id to gateway
	}{
		{"none", map[string]ir.Value{}, map[string]ir.Value{}},
		{"single",
			map[string]ir.Value{"NatGateway": ir.Ref("PublicSubnetB")}, // the first of the zones, as listed
			map[string]ir.Value{"PrivateDefaultRouteA": ir.Ref("NatGateway"), "PrivateDefaultRouteB": ir.Ref("NatGateway")}},
		{"perZone",
			map[string]ir.Value{"NatGatewayA": ir.Ref("PublicSubnetA"), "NatGatewayB": ir.Ref("PublicSubnetB")},
			map[string]ir.Value{"PrivateDefaultRouteA": ir.Ref("NatGatewayA"), "PrivateDefaultRouteB": ir.Ref("NatGatewayB")}},
	} {
		t.Run(test.natGateways, func(t *testing.T) {
			s := created()
			s.Cluster.Network.NATGateways = test.natGateways
			network := stacksOf(s)[0]
			if got := properties(network, "AWS::EC2::NatGateway", "SubnetId"); !reflect.DeepEqual(got, test.gateways) {
				t.Errorf("got gateways %v, want %v", got, test.gateways)
			}
			routes := properties(network, "AWS::EC2::Route", "NatGatewayId")
			if !reflect.DeepEqual(routes, test.routes) {
				t.Errorf("got routes %v, want %v", routes, test.routes)
			}
		})
	}
}

// properties are the values of a property by logical id, for the resources of
// a type that have it.
func properties(stack ir.Stack, resourceType, property string) map[string]ir.Value {
	values := map[string]ir.Value{}
	for _, r := range stack.Resources {
		if value, has := r.Properties[property]; has && r.Type == resourceType {
			values[r.ID] = value
		}
	}
	return values
}

// TestAccess holds what each authentication mode reads, and that aws-auth and
// the access entries agree on who the principals are.
func TestAccess(t *testing.T) {
	for _, test := range []struct {
		mode             spec.AuthenticationMode
		entries, awsAuth bool
	}{
		{spec.AuthConfigMap, false, true},
		{spec.AuthAPIAndConfigMap, true, true},
		{spec.AuthAPI, true, false},
	} {
		t.Run(string(test.mode), func(t *testing.T) {
			s := created()
			s.Cluster.AuthenticationMode = test.mode
			model := lower.Lower(s, []*spec.Spec{s})
			entries := slices.ContainsFunc(model.Environments[0].Stacks, func(stack ir.Stack) bool { return stack.File == "access" })
			if entries != test.entries {
				t.Errorf("access entries: %v, want %v", entries, test.entries)
			}
			data := ""
			for _, part := range model.Kustomize.Base {
				if part.Name == "aws-auth" {
					data = part.Objects[0].Body["data"].(map[string]any)["mapRoles"].(string)
				}
			}
			want := ""
			if test.awsAuth {
				want = `- rolearn: arn:aws:iam::111122223333:role/
  username: system:node:{{EC2PrivateDNSName}}
  groups:
  - system:bootstrappers
  - system:nodes
- rolearn: arn:aws:iam::111122223333:role/admin
  username: admins:{{SessionName}}
  groups:
  - system:masters
`
			}
			if data != want {
				t.Errorf("aws-auth has\n%s\nwant\n%s", data, want)
			}
		})
	}
}

// TestOneMoreNodeGroup holds that a new group leaves the templates of the
// others alone.
func TestOneMoreNodeGroup(t *testing.T) {
	before := created()
	after := created()
	group := after.Cluster.NodeGroups["g"]
	after.Cluster.NodeGroups = map[string]spec.NodeGroup{"f": group, "g": group, "h": group}
	old := map[string]ir.Stack{}
	for _, stack := range stacksOf(before) {
		old[stack.File] = stack
	}
	for _, stack := range stacksOf(after) {
		if was, has := old[stack.File]; has && !reflect.DeepEqual(was.Resources, stack.Resources) {
			t.Errorf("the template %s changed", stack.File)
		}
	}
}

// TestRulesBetweenGroups holds that a rule between two groups of the cluster is
// in the stack of the later one, so that stacks never need each other.
func TestRulesBetweenGroups(t *testing.T) {
	s := created()
	c := &s.Cluster
	port := 443
	from := func(peer spec.SecurityGroupPeer) map[string]spec.SecurityGroupRule {
		return map[string]spec.SecurityGroupRule{"r": {Protocol: "tcp", Port: &port, SecurityGroupPeer: peer}}
	}
	first, second := spec.SecurityGroupPeer{NodeGroup: "g"}, spec.SecurityGroupPeer{NodeGroup: "h"}
	g := c.NodeGroups["g"]
	g.Ingress = from(second)
	c.NodeGroups["g"] = g
	g.Ingress = from(first)
	c.NodeGroups["h"] = g
	c.SecurityGroup = &spec.SecurityGroup{Ingress: from(first)}
	c.NodeSecurityGroup = &spec.NodeSecurityGroup{Ingress: from(spec.SecurityGroupPeer{Group: "controlPlane"}), WithClusterSecurityGroup: true}
	got := map[string][]string{}
	for _, stack := range stacksOf(s) {
		for _, r := range stack.Resources {
			if r.Type == "AWS::EC2::SecurityGroupIngress" {
				got[stack.File] = append(got[stack.File], r.ID)
			}
		}
	}
	want := map[string][]string{
		"cluster":     {"NodeSecurityGroupIngressR"},
		"nodegroup-g": {"SecurityGroupIngressR"},
		"nodegroup-h": {"NodeGroupsGIngressR", "NodeGroupsHIngressR"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNodesOfOthers holds that the role of nodes which something else creates is
// let in by an access entry where there are such, and else by aws-auth.
func TestNodesOfOthers(t *testing.T) {
	for _, test := range []struct {
		kind, username string
		groups         []string
	}{
		{"EC2_LINUX", "system:node:{{EC2PrivateDNSName}}", []string{"system:bootstrappers", "system:nodes"}},
		{"EC2_WINDOWS", "system:node:{{EC2PrivateDNSName}}", []string{"eks:kube-proxy-windows", "system:bootstrappers", "system:nodes"}},
		{"FARGATE_LINUX", "system:node:{{SessionName}}", []string{"system:bootstrappers", "system:node-proxier", "system:nodes"}},
	} {
		s := created()
		s.Cluster.AuthenticationMode = spec.AuthAPIAndConfigMap
		s.Cluster.Access = map[string]spec.Access{"others": {Role: "team/others", Type: test.kind}}
		entry := "- rolearn: arn:aws:iam::111122223333:role/others\n  username: " + test.username + "\n  groups:\n"
		for _, group := range test.groups {
			entry += "  - " + group + "\n"
		}
		if got := resource(t, s, "access", "AccessEntryOthers").Properties["Type"]; got != test.kind {
			t.Errorf("the access entry has the type %v, want %s", got, test.kind)
		}
		if roles := mapRoles(t, s); strings.Contains(roles, "others") {
			t.Errorf("aws-auth lets them in, too: %s", roles)
		}
		s.Cluster.AuthenticationMode = spec.AuthConfigMap
		if roles := mapRoles(t, s); !strings.HasSuffix(roles, entry) {
			t.Errorf("got %s, want at its end %s", roles, entry)
		}
	}
}

// mapRoles is the roles in aws-auth.
func mapRoles(t *testing.T, s *spec.Spec) string {
	t.Helper()
	for _, part := range lower.Lower(s, []*spec.Spec{s}).Kustomize.Base {
		if part.Name == "aws-auth" {
			return part.Objects[0].Body["data"].(map[string]any)["mapRoles"].(string)
		}
	}
	t.Fatal("there is no aws-auth")
	return ""
}
