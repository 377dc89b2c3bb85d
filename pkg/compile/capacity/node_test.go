package capacity

import "testing"

// The rows are those of the table in
// https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.2/docs/eni-and-ip-target.md:
// attached interfaces and secondary addresses.
func TestNodeWithSingleAddresses(t *testing.T) {
	for _, tt := range []struct {
		name                           string
		warmENIs, warmIPs, minimum     int
		pods, interfaces, andAddresses int
	}{
		{"t3.small", 1, 0, 0, 0, 1, 3},
		{"t3.small", 1, 0, 0, 5, 3, 9},
		{"t3.small", 1, 0, 0, 9, 3, 9},
		{"t3.small", 1, 1, 1, 0, 1, 1},
		{"t3.small", 1, 1, 1, 5, 2, 6},
		{"t3.small", 1, 1, 1, 9, 3, 9},
		{"t3.small", 1, 2, 5, 0, 2, 5},
		{"t3.small", 1, 2, 5, 5, 3, 7},
		{"t3.small", 1, 2, 5, 9, 3, 9},
		{"p3dn.24xlarge", 1, 0, 0, 0, 1, 49},
		{"p3dn.24xlarge", 1, 0, 0, 3, 2, 98},
		{"p3dn.24xlarge", 1, 0, 0, 95, 3, 147},
		{"p3dn.24xlarge", 1, 5, 10, 0, 1, 10},
		{"p3dn.24xlarge", 1, 5, 10, 7, 1, 12},
		{"p3dn.24xlarge", 1, 5, 10, 15, 1, 20},
		{"p3dn.24xlarge", 1, 5, 10, 45, 2, 50},
	} {
		p := Plugin{WarmENIs: tt.warmENIs, WarmIPs: tt.warmIPs, MinimumIPs: tt.minimum}
		want := Addresses{Single: tt.andAddresses + tt.interfaces - 1} // the node's own address is not counted
		if got := p.Node(instanceType(t, tt.name), tt.pods).All(); got != want {
			t.Errorf("%s with %+v and %d pods: %+v, want %+v", tt.name, p, tt.pods, got, want)
		}
	}
}

// The rows are those of the table in
// https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.2/docs/prefix-and-ip-target.md:
// attached prefixes. Interfaces are as many as these prefixes need.
func TestNodeWithPrefixes(t *testing.T) {
	for _, tt := range []struct {
		name                                 string
		warmPrefixes, warmIPs, minimum, pods int
		interfaces, prefixes                 int
	}{
		{"t3.small", 1, 0, 0, 0, 1, 1},
		{"t3.small", 1, 0, 0, 5, 1, 2},
		{"t3.small", 1, 0, 0, 16, 1, 2},
		{"t3.small", 1, 0, 0, 17, 1, 3},
		{"t3.small", 1, 0, 0, 58, 2, 5},
		{"t3.small", 0, 1, 1, 0, 1, 1},
		{"t3.small", 0, 1, 1, 5, 1, 1},
		{"t3.small", 0, 1, 1, 17, 1, 2},
		{"t3.small", 0, 1, 1, 58, 2, 4},
		{"t3.small", 0, 7, 20, 0, 1, 2},
		{"t3.small", 0, 7, 20, 5, 1, 2},
		{"t3.small", 0, 7, 20, 17, 1, 2},
		{"t3.small", 0, 7, 20, 58, 2, 5},
		{"p3dn.24xlarge", 1, 0, 0, 95, 1, 7},
		{"p3dn.24xlarge", 0, 5, 10, 7, 1, 1},
		{"p3dn.24xlarge", 0, 5, 10, 15, 1, 2},
		{"p3dn.24xlarge", 0, 5, 10, 45, 1, 4},
		{"t3.small", 1, 0, 0, 999, 3, 9}, // no more than there are slots
	} {
		p := Plugin{Prefixes: true, WarmPrefixes: tt.warmPrefixes, WarmIPs: tt.warmIPs, MinimumIPs: tt.minimum}
		want := Addresses{Single: tt.interfaces - 1, Prefixes: tt.prefixes}
		if got := p.Node(instanceType(t, tt.name), tt.pods).All(); got != want {
			t.Errorf("%s with %+v and %d pods: %+v, want %+v", tt.name, p, tt.pods, got, want)
		}
	}
}

func TestNodeInterfaces(t *testing.T) {
	for _, tt := range []struct {
		plugin Plugin
		want   Need
	}{
		{Plugin{WarmENIs: 1}, Need{Addresses{Single: 9}, Addresses{Single: 20}}},
		{Plugin{Prefixes: true, WarmPrefixes: 8}, Need{Addresses{Prefixes: 9}, Addresses{Single: 1, Prefixes: 1}}},
		{Plugin{CustomNetworking: true, WarmENIs: 1}, Need{Rest: Addresses{Single: 2 * 10}}}, // the first one has no pods
		{Plugin{CustomNetworking: true, Prefixes: true, WarmPrefixes: 1}, Need{Rest: Addresses{Single: 1, Prefixes: 3}}},
		{Plugin{CustomNetworking: true, MaxENIs: 1}, Need{}},
		{Plugin{IPv6: true, Prefixes: true}, Need{}},
	} {
		if got := tt.plugin.Node(instanceType(t, "m5.large"), 18); got != tt.want {
			t.Errorf("%+v: %+v, want %+v", tt.plugin, got, tt.want)
		}
	}
}
