package catalog

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLookupRegion(t *testing.T) {
	tests := []struct {
		name, partition, suffix string
		eks                     bool
		zones                   string
	}{
		{"us-east-1", "aws", "amazonaws.com", true, "us-east-1a us-east-1b us-east-1c us-east-1d us-east-1e us-east-1f"},
		{"ap-northeast-2", "aws", "amazonaws.com", true, "ap-northeast-2a ap-northeast-2b ap-northeast-2c ap-northeast-2d"},
		{"cn-north-1", "aws-cn", "amazonaws.com.cn", true, "cn-north-1a cn-north-1b cn-north-1c cn-north-1d"},
		{"us-gov-west-1", "aws-us-gov", "amazonaws.com", true, "us-gov-west-1a us-gov-west-1b us-gov-west-1c"},
		{"eusc-de-east-1", "aws-eusc", "amazonaws.eu", true, "eusc-de-east-1a eusc-de-east-1b eusc-de-east-1c"},
		{"sa-west-1", "aws", "amazonaws.com", false, ""},
	}
	for _, tt := range tests {
		got, ok := LookupRegion(tt.name)
		if !ok {
			t.Errorf("LookupRegion(%q) knows no such region", tt.name)
			continue
		}
		if got.Partition != tt.partition || got.DNSSuffix != tt.suffix || got.EKS != tt.eks || strings.Join(got.Zones, " ") != tt.zones {
			t.Errorf("LookupRegion(%q) = %+v", tt.name, got)
		}
	}
	for _, name := range []string{"", "aws-global", "us-east", "us-east-1a", "us-east-1\taws", "-", "#"} {
		if r, ok := LookupRegion(name); ok {
			t.Errorf("LookupRegion(%q) = %+v", name, r)
		}
	}
}

func TestLookupVersion(t *testing.T) {
	tests := []Version{
		{"1.31", "2025-11-26", "2026-11-26", true},
		{"1.33", "2026-07-29", "2027-07-29", true},
		{"1.34", "2026-12-02", "2027-12-02", false},
		{"1.35", "2027-03-27", "2028-03-27", false},
		{"1.37", "", "", false},
	}
	for _, want := range tests {
		if got, ok := LookupVersion(want.Minor); !ok || got != want {
			t.Errorf("LookupVersion(%q) = %+v, %v", want.Minor, got, ok)
		}
	}
	for _, minor := range []string{"1.12", "1.30", "1.99", "1.35.1", "v1.35", "1.3", "1", ""} {
		if v, ok := LookupVersion(minor); ok {
			t.Errorf("LookupVersion(%q) = %+v", minor, v)
		}
	}
}

func TestVersionsAreInOrder(t *testing.T) {
	for i, minor := range Versions() {
		first, _ := MinorOf(Versions()[0])
		if number, ok := MinorOf(minor); !ok || number != first+i {
			t.Errorf("Versions()[%d] = %q, the first is 1.%d", i, minor, first)
		}
		v, _ := LookupVersion(minor)
		for _, day := range []string{v.StandardUntil, v.ExtendedUntil} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				t.Errorf("version %s: %v", minor, err)
			}
		}
		if v.ExtendedUntil != "" && v.ExtendedUntil <= Date {
			t.Errorf("version %s was out of support on %s", minor, Date)
		}
	}
}

func TestMinorOf(t *testing.T) {
	for version, want := range map[string]int{"1.35": 35, "1.9": 9, "1.0": 0} {
		if got, ok := MinorOf(version); !ok || got != want {
			t.Errorf("MinorOf(%q) = %d, %v", version, got, ok)
		}
	}
	for _, version := range []string{"", "1.", "1.x", "2.35", "1.035", "1.+35", "1.-1", "1.35.2", " 1.35", "1.99999999999999999999"} {
		if got, ok := MinorOf(version); ok {
			t.Errorf("MinorOf(%q) = %d", version, got)
		}
	}
}

func TestManagedPolicy(t *testing.T) {
	for name, want := range map[string]string{
		"AmazonEKSClusterPolicy":                 "AmazonEKSClusterPolicy",
		"AmazonEKSServicePolicy":                 "AmazonEKSServicePolicy",
		"AmazonEKSVPCResourceController":         "AmazonEKSVPCResourceController",
		"AmazonEKSWorkerNodePolicy":              "AmazonEKSWorkerNodePolicy",
		"AmazonEKSWorkerNodeMinimalPolicy":       "AmazonEKSWorkerNodeMinimalPolicy",
		"AmazonEKS_CNI_Policy":                   "AmazonEKS_CNI_Policy",
		"AmazonEC2ContainerRegistryPullOnly":     "AmazonEC2ContainerRegistryPullOnly",
		"AmazonEC2ContainerRegistryReadOnly":     "AmazonEC2ContainerRegistryReadOnly",
		"AmazonEKSFargatePodExecutionRolePolicy": "AmazonEKSFargatePodExecutionRolePolicy",
		"AmazonSSMManagedInstanceCore":           "AmazonSSMManagedInstanceCore",
		"CloudWatchAgentServerPolicy":            "CloudWatchAgentServerPolicy",
		"AmazonEBSCSIDriverPolicy":               "service-role/AmazonEBSCSIDriverPolicy",
		"AmazonEFSCSIDriverPolicy":               "service-role/AmazonEFSCSIDriverPolicy",
		"ViewOnlyAccess":                         "job-function/ViewOnlyAccess",
	} {
		if got, ok := ManagedPolicy(name); !ok || got != want {
			t.Errorf("ManagedPolicy(%q) = %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "AmazonEKSClusterpolicy", "service-role/AmazonEBSCSIDriverPolicy", "AmazonEKSServiceRolePolicy"} {
		if path, ok := ManagedPolicy(name); ok {
			t.Errorf("ManagedPolicy(%q) = %q", name, path)
		}
	}
}

func TestLookupInstanceType(t *testing.T) {
	for _, want := range []InstanceType{
		{"t3.small", "x86_64", 2, 2048, 3, 4, "nitro", "", 0, 1, 0, 0, true},
		{"t2.medium", "x86_64", 2, 4096, 3, 6, "xen", "", 0, 1, 0, 0, true},
		{"c5d.large", "x86_64", 2, 4096, 3, 10, "nitro", "", 0, 1, 0, 9, false},
		{"m7g.large", "arm64", 2, 8192, 3, 10, "nitro", "", 0, 1, 0, 9, false},
		{"c6gn.xlarge", "arm64", 4, 8192, 4, 15, "nitro", "", 0, 1, 0, 18, false},
		{"a1.metal", "arm64", 16, 32768, 8, 30, "", "", 0, 1, 0, 54, false},
		{"g5.xlarge", "x86_64", 4, 16384, 4, 15, "nitro", "nvidia", 1, 1, 0, 4, false},
		{"g5g.xlarge", "arm64", 4, 8192, 4, 15, "nitro", "nvidia", 1, 1, 0, 18, false},
		{"p4d.24xlarge", "x86_64", 96, 1179648, 15, 50, "nitro", "nvidia", 8, 4, 4, 62, false},
		{"inf2.xlarge", "x86_64", 4, 16384, 4, 15, "nitro", "neuron", 1, 1, 0, 18, false},
		{"p3.2xlarge", "x86_64", 0, 0, 4, 15, "xen", "", 0, 1, 0, 0, false},
	} {
		if got, ok := LookupInstanceType(want.Name); !ok || got != want {
			t.Errorf("LookupInstanceType(%q) = %+v, %v", want.Name, got, ok)
		}
	}
	for _, name := range []string{"", "m7g", "m7g.", "m7g.huge", "mac2.metal", "M7g.large"} {
		if it, ok := LookupInstanceType(name); ok {
			t.Errorf("LookupInstanceType(%q) = %+v", name, it)
		}
	}
}

// How many pods a node takes follows from two columns: ENIs × (IPv4 addresses
// - 1) + 2. AWS publishes the figures, and they agree with every row.
func TestInstanceTypesGiveThePublishedPodLimits(t *testing.T) {
	published, err := os.ReadFile("testdata/maxpods.tsv")
	if err != nil {
		t.Fatal(err)
	}
	names := table(published).keys()
	if len(names) < 1300 {
		t.Errorf("AWS publishes %d instance types; where are the others?", len(names))
	}
	for _, name := range names {
		row, _ := table(published).find(name)
		it, ok := LookupInstanceType(name)
		if got := it.ENIs*(it.IPv4PerENI-1) + 2; !ok || got != number(row[1]) {
			t.Errorf("%s takes %d pods, want %s", name, got, row[1])
		}
	}
}

func TestPrefixDelegation(t *testing.T) {
	for name, want := range map[string]bool{"m5.large": true, "m5.metal": true, "m4.large": false, "t2.medium": false} {
		if it, _ := LookupInstanceType(name); it.PrefixDelegation() != want {
			t.Errorf("%s: prefix delegation %v", name, !want)
		}
	}
}

func TestBareMetal(t *testing.T) {
	for name, want := range map[string]bool{"m5.metal": true, "m8g.metal-24xl": true, "m5.large": false} {
		it, _ := LookupInstanceType(name)
		if it.BareMetal() != want || want != (it.Hypervisor == "") {
			t.Errorf("%s: bare metal %v, hypervisor %q", name, it.BareMetal(), it.Hypervisor)
		}
	}
}

func TestEveryInstanceTypeIsComplete(t *testing.T) {
	for _, name := range InstanceTypes() {
		it, _ := LookupInstanceType(name)
		if it.Architecture != "x86_64" && it.Architecture != "arm64" {
			t.Errorf("%s has architecture %q", name, it.Architecture)
		}
		if it.ENIs < 1 || it.IPv4PerENI < 1 || it.NetworkCards < 1 || (it.VCPUs == 0) != (it.MemoryMiB == 0) || (it.Accelerator == "") != (it.Accelerators == 0) {
			t.Errorf("%s lacks a number: %+v", name, it)
		}
	}
}

func TestLookupAddon(t *testing.T) {
	for _, want := range []Addon{
		{"vpc-cni", true, true, "kube-system", "aws-node", []string{"AmazonEKS_CNI_Policy"}, nil},
		{"eks-pod-identity-agent", true, true, "kube-system", "", nil, nil},
		{"eks-node-monitoring-agent", true, false, "kube-system", "", nil, nil},
		{"amazon-cloudwatch-observability", false, false, "amazon-cloudwatch", "cloudwatch-agent", []string{"AWSXrayWriteOnlyAccess", "CloudWatchAgentServerPolicy"}, nil},
		{"adot", false, false, "opentelemetry-operator-system", "", nil, []string{"cert-manager"}},
	} {
		if got, ok := LookupAddon(want.Name); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("LookupAddon(%q) = %+v, %v", want.Name, got, ok)
		}
	}
	if a, ok := LookupAddon("aws-vpc-cni"); ok {
		t.Errorf("LookupAddon(%q) = %+v", "aws-vpc-cni", a)
	}
}

// What an add-on refers to is in the catalog too, and an add-on that needs
// another one does not come before it.
func TestAddonsAreWhole(t *testing.T) {
	for _, name := range Addons() {
		a, _ := LookupAddon(name)
		for _, policy := range a.Policies {
			if _, ok := ManagedPolicy(policy); !ok {
				t.Errorf("%s has the policy %q, which AWS does not have", name, policy)
			}
		}
		for _, other := range a.Needs {
			if needed, ok := LookupAddon(other); !ok || a.BeforeNodes && !needed.BeforeNodes {
				t.Errorf("%s needs %q, which comes later or not at all", name, other)
			}
		}
		if a.ServiceAccount != "" && a.Namespace == "" || len(a.Policies) > 0 && a.ServiceAccount == "" {
			t.Errorf("%s lacks a namespace or service account: %+v", name, a)
		}
	}
}

func TestTablesAreSearchable(t *testing.T) {
	for name, tab := range map[string]table{
		"regions": regions, "versions": versions, "policies": policies, "instances": instances, "addons": addons,
	} {
		text := string(tab)
		if !strings.HasSuffix(text, "\n") || strings.Contains(text, "\r") || !strings.Contains(text, "\n# Source: ") {
			t.Errorf("table %s is not as the generator writes it", name)
		}
		keys := tab.keys()
		if len(keys) == 0 || !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("table %s is empty, out of order or holds a name twice", name)
		}
		width := strings.Count(strings.SplitN(tab.body(), "\n", 2)[0], "\t")
		for row := range strings.Lines(tab.body()) {
			if strings.Count(row, "\t") != width {
				t.Errorf("table %s: a row of another width: %q", name, row)
			}
			key, _, _ := strings.Cut(row, "\t")
			if got, ok := tab.find(key); !ok || got[0] != key {
				t.Errorf("table %s: %q is there and cannot be found", name, key)
			}
		}
	}
	if size := len(instances); size > 100<<10 {
		t.Errorf("the table of instance types has %d bytes", size)
	}
}

func BenchmarkLookupInstanceType(b *testing.B) {
	for b.Loop() {
		if _, ok := LookupInstanceType("m7g.large"); !ok {
			b.Fatal("m7g.large is unknown")
		}
	}
}

func BenchmarkSuggestManagedPolicy(b *testing.B) {
	known := ManagedPolicies()
	for b.Loop() {
		if got := Suggest("AmazonEKSClusterPolcy", known); got != "AmazonEKSClusterPolicy" {
			b.Fatal(got)
		}
	}
}
