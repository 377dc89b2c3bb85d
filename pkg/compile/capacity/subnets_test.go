package capacity

import (
	"reflect"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		what   string
		need   Addresses
		usable int
		want   bool
	}{
		{"all single addresses", Addresses{Single: 251}, 251, true},
		{"one more", Addresses{Single: 252}, 251, false},
		{"all whole blocks, and the broken ones", Addresses{Single: 27, Prefixes: 14}, 251, true},
		{"a block more", Addresses{Prefixes: 15}, 251, false},
		{"a single address in a whole block", Addresses{Single: 28, Prefixes: 14}, 251, false},
		{"a single address in a block of its own", Addresses{Single: 28, Prefixes: 13}, 251, true},
		{"a subnet without whole blocks", Addresses{Prefixes: 1}, 11, false},
		{"nothing", Addresses{}, 11, true},
	} {
		if got := tt.need.fit(tt.usable); got != tt.want {
			t.Errorf("%s: %+v in %d addresses: %v", tt.what, tt.need, tt.usable, got)
		}
	}
}

func TestSpread(t *testing.T) {
	l := ledger{[]Subnet{
		{Tier: "private", Name: "a1", Zone: "a"}, {Tier: "private", Name: "a2", Zone: "a"},
		{Tier: "private", Name: "b", Zone: "b"}, {Tier: "public", Name: "p", Zone: "a"},
	}}
	for _, tt := range []struct {
		zones []string
		want  map[string]int
	}{
		{nil, map[string]int{"a1": 2, "a2": 2, "b": 4}},
		{[]string{"a"}, map[string]int{"a1": 4, "a2": 4}},
	} {
		got := map[string]int{}
		l.spread("private", tt.zones, 7, func(s *Subnet, nodes int) { got[s.Name] = nodes })
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("7 nodes in %q: %v, want %v", tt.zones, got, tt.want)
		}
	}
}

// cluster is a cluster in a new VPC as resolve leaves it, with all kinds of
// things that need addresses.
func cluster() spec.Cluster {
	desired := 2
	return spec.Cluster{
		Network: spec.Network{
			VPC: spec.VPC{CIDR: "10.0.0.0/16"}, NATGateways: "single",
			Subnets: spec.Subnets{
				Public: map[string]spec.Subnet{
					"a": {AvailabilityZone: "a", CIDR: "10.0.0.0/26"},
					"b": {AvailabilityZone: "b", CIDR: "10.0.0.64/26"},
				},
				Private: map[string]spec.Subnet{
					"a": {AvailabilityZone: "a", CIDR: "10.0.1.0/24"},
					"b": {AvailabilityZone: "b", CIDR: "10.0.2.0/25"},
				},
			},
			VPCEndpoints:  &spec.VPCEndpoints{Interface: map[string]spec.InterfaceEndpoint{"sts": {}, "ec2": {}}, Subnets: "private"},
			RemoteGateway: &spec.RemoteGateway{TransitGateway: "tgw-1"},
		},
		Bastion: &spec.Bastion{Subnets: "public"},
		NodeGroups: map[string]spec.NodeGroup{"general": {NodeGroupBase: spec.NodeGroupBase{
			InstanceTypes: []string{"m5.large"}, Scaling: spec.Scaling{Min: 1, Max: 9, Desired: &desired}, Subnets: "private",
		}}},
	}
}

func single(what, group string, least, full int) Use {
	return Use{What: what, Group: group, Least: Addresses{Single: least}, Full: Addresses{Single: full}}
}

func TestSubnets(t *testing.T) {
	s := &spec.Spec{Cluster: cluster(), Workloads: map[string]spec.Workload{
		"web": {Service: &spec.Service{Type: "LoadBalancer"}}, "internal": {Service: &spec.Service{Type: "ClusterIP"}},
	}}
	report := Of(s)
	want := map[string][]Use{
		"public a": {single("NAT gateway", "", 1, 1), single("bastion", "", 1, 1), single("load balancers", "", 8, 8)},
		"public b": {single("load balancers", "", 8, 8)},
	}
	for _, zone := range []string{"a", "b"} {
		want["private "+zone] = []Use{
			single("control plane", "", 6, 6), single("transit gateway", "", 1, 1), single("VPC endpoints", "", 2, 2),
			single("nodes of general", "general", 5, 5), single("pods of general", "general", 5*19, 5*29),
		}
	}
	results := map[string]Verdict{"public a": Fits, "public b": Fits, "private a": Fits, "private b": Tight}
	for _, subnet := range report.Subnets {
		name := subnet.Tier + " " + subnet.Name
		if !reflect.DeepEqual(subnet.Uses, want[name]) {
			t.Errorf("%s is used by %+v, want %+v", name, subnet.Uses, want[name])
		}
		if subnet.Result != results[name] {
			t.Errorf("%s: %q with %d of %d, want %q", name, subnet.Result, subnet.Most, *subnet.Usable, results[name])
		}
	}
	if usable, known := report.Usable("private"); usable != 251+123 || !known {
		t.Errorf("the private subnets have %d addresses, %v", usable, known)
	}
}

// Pods have addresses of the subnets for pods with custom networking, and a
// subnet of unknown size has no verdict.
func TestSubnetsForPods(t *testing.T) {
	c := cluster()
	c.VPCCNI = &spec.VPCCNI{CustomNetworking: &spec.CustomNetworking{}}
	c.Network.Subnets.Pod = map[string]spec.Subnet{"a": {AvailabilityZone: "a"}, "b": {AvailabilityZone: "b", CIDR: "100.64.0.0/24"}}
	report := Of(&spec.Spec{Cluster: c})
	for _, subnet := range report.Subnets {
		switch name := subnet.Tier + " " + subnet.Name; name {
		case "pod a":
			if subnet.Result != Unknown || subnet.Most != 5*20 || subnet.Usable != nil {
				t.Errorf("%s: %+v", name, subnet)
			}
		case "pod b":
			if subnet.Result != Fits || subnet.Most != 5*20 {
				t.Errorf("%s: %+v", name, subnet)
			}
		case "private a":
			if last := subnet.Uses[len(subnet.Uses)-1]; last != single("nodes of general", "general", 5, 5) {
				t.Errorf("%s is used last by %+v", name, last)
			}
		}
	}
	if _, known := report.Usable("pod"); known {
		t.Error("the size of the subnets for pods is known")
	}
}
