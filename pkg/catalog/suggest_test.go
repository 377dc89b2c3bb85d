package catalog

import "testing"

func TestSuggest(t *testing.T) {
	tests := []struct {
		name  string
		known []string
		want  string
	}{
		{"natGateway", []string{"name", "natGateways", "network"}, "natGateways"},
		{"ap-norteast-2", Regions(), "ap-northeast-2"},
		{"vpc-cin", Addons(), "vpc-cni"},
		{"core-dns", Addons(), "coredns"},
		{"AmazonEKSClusterPolcy", ManagedPolicies(), "AmazonEKSClusterPolicy"},
		{"vpcCidr", []string{"vpc", "region"}, ""}, // four letters too many for a name of seven
		{"abc", []string{"abd", "abe"}, "abd"},     // equally near: the first
		{"abc", []string{"abd", "abc"}, "abc"},
		{"ab", []string{"ba"}, "ba"},
		{"vpc", []string{"vpd", "VPC"}, "VPC"}, // another case only
		{"ab", []string{"cd"}, ""},
		{"", []string{"a"}, ""},
		{"a", nil, ""},
	}
	for _, tt := range tests {
		if got := Suggest(tt.name, tt.known); got != tt.want {
			t.Errorf("Suggest(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"kitten", "sitting", 3},
		{"ab", "ba", 1},
		{"abcd", "acbd", 1},
		{"ca", "abc", 3}, // optimal string alignment: no letter is edited twice
		{"zone", "zones", 1},
	}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
