package resolve

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// newVPC is a small spec without a fault: a created VPC in two zones, one
// managed node group, the usual add-ons and one workload.
func newVPC() *spec.Spec {
	return &spec.Spec{
		Environment: "dev",
		Cluster: spec.Cluster{
			Name: "demo", Region: "ap-northeast-2", Account: "111122223333", Version: "1.35",
			Network: spec.Network{
				VPC:               spec.VPC{CIDR: "10.0.0.0/16"},
				AvailabilityZones: []string{"ap-northeast-2a", "ap-northeast-2c"},
			},
			Endpoint:           spec.Endpoint{Public: true, Private: true},
			AuthenticationMode: spec.AuthAPIAndConfigMap,

			BootstrapClusterCreatorAdminPermissions: true,

			NodeGroups: map[string]spec.NodeGroup{"general": {NodeGroupBase: groupBase()}},
			Addons:     map[string]spec.Addon{"vpc-cni": {}, "coredns": {}, "kube-proxy": {}},
		},
		Workloads: map[string]spec.Workload{"nginx": {
			Pod: pod("nginx:1.29"), Replicas: ptr(2), Service: &spec.Service{Type: "LoadBalancer"},
		}},
	}
}

// oldVPC is a small spec without a fault for an existing VPC, with a
// self-managed node group.
func oldVPC() *spec.Spec {
	s := newVPC()
	c := &s.Cluster
	c.Network = spec.Network{
		VPC: spec.VPC{ID: "vpc-0123456789abcdef0", CIDR: "10.0.0.0/16"},
		Subnets: spec.Subnets{
			Public: map[string]spec.Subnet{
				"a": {ID: "subnet-0000000000000000a", AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.0.0/20"},
				"c": {ID: "subnet-0000000000000000c", AvailabilityZone: "ap-northeast-2c"},
			},
			Private: map[string]spec.Subnet{
				"a": {ID: "subnet-1000000a", AvailabilityZone: "ap-northeast-2a"},
				"c": {ID: "subnet-1000000c", AvailabilityZone: "ap-northeast-2c"},
			},
		},
	}
	c.NodeGroups = nil
	workers := groupBase()
	workers.InstanceTypes = []string{"t3.small"}
	c.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"workers": {NodeGroupBase: workers}}
	return s
}

// pod is a pod without a fault, with the port http.
func pod(image string) spec.Pod {
	return spec.Pod{Namespace: "default", PodSecurity: spec.PodSecurityBaseline, Container: spec.Container{
		Program: spec.Program{Image: image}, Ports: map[string]int{"http": 80},
	}}
}

func groupBase() spec.NodeGroupBase {
	return spec.NodeGroupBase{
		InstanceTypes: []string{"m7g.large"}, CapacityType: "ON_DEMAND",
		Scaling: spec.Scaling{Min: 1, Max: 3}, Subnets: "private",
		Image: spec.Image{Family: spec.AL2023}, Volume: spec.Volume{Type: "gp3", Encrypted: true},
	}
}

// group changes the managed node group of newVPC.
func group(f func(g *spec.NodeGroup)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		g := s.Cluster.NodeGroups["general"]
		f(&g)
		s.Cluster.NodeGroups["general"] = g
	}
}

// workload changes the workload of newVPC.
func workload(f func(w *spec.Workload)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		w := s.Workloads["nginx"]
		f(&w)
		s.Workloads["nginx"] = w
	}
}

func ptr[T any](v T) *T { return &v }

// want is an expected diagnostic: its code, its path joined by spaces, and a
// part of its message or hint.
type want struct {
	code diag.Code
	path string
	text string
}

// ruleTest changes a spec without a fault and names every diagnostic that
// follows; none says that the change is allowed.
type ruleTest struct {
	name string
	edit func(s *spec.Spec)
	want []want
}

func runRules(t *testing.T, base func() *spec.Spec, tests []ruleTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := base()
			tt.edit(s)
			compare(t, Resolve(s), tt.want)
		})
	}
}

func compare(t *testing.T, got diag.List, wants []want) {
	t.Helper()
	slices.SortFunc(got, func(a, b diag.Diagnostic) int {
		return cmp.Or(slices.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code))
	})
	slices.SortFunc(wants, func(a, b want) int {
		return cmp.Or(slices.Compare(strings.Split(a.path, " "), strings.Split(b.path, " ")), cmp.Compare(a.code, b.code))
	})
	for i, d := range got {
		at, said := strings.Join(d.Path, " "), d.Message+"; "+d.Hint
		if i >= len(wants) {
			t.Errorf("unexpected: %s %s: %s", d.Code, at, said)
		} else if w := wants[i]; d.Code != w.code || at != w.path || !strings.Contains(said, w.text) {
			t.Errorf("got  %s %s: %s\nwant %s %s: ... %s ...", d.Code, at, said, w.code, w.path, w.text)
		}
		if strings.HasSuffix(d.Message, ".") || d.Message == "" {
			t.Errorf("%s: %q is not one clause without a full stop", d.Code, d.Message)
		}
	}
	for _, w := range wants[min(len(got), len(wants)):] {
		t.Errorf("missing: %s %s: ... %s ...", w.code, w.path, w.text)
	}
}

func TestNothingToReport(t *testing.T) {
	compare(t, Resolve(newVPC()), nil)
	compare(t, Resolve(oldVPC()), nil)
}

func TestComputedDefaults(t *testing.T) {
	s := newVPC()
	compare(t, Resolve(s), nil)
	c := s.Cluster
	if c.ServiceCIDR != "172.20.0.0/16" {
		t.Errorf("service CIDR %q", c.ServiceCIDR)
	}
	if c.Network.NATGateways != "single" {
		t.Errorf("NAT gateways %q", c.Network.NATGateways)
	}
	g := c.NodeGroups["general"]
	if g.Version != "1.35" || *g.Scaling.Desired != 1 || g.Role.Name != "demo-general-ap-northeast-2" {
		t.Errorf("node group: version %q, desired %d, role %q", g.Version, *g.Scaling.Desired, g.Role.Name)
	}
}

// What the user states stays, and a second run changes nothing.
func TestResolveKeepsWhatIsStated(t *testing.T) {
	s := oldVPC()
	s.Cluster.ServiceCIDR = "192.168.0.0/20"
	s.Cluster.Addons = map[string]spec.Addon{"coredns": {AddonBase: spec.AddonBase{Identity: spec.NoIdentity}}}
	w := s.Cluster.SelfManagedNodeGroups["workers"]
	w.Version, w.Scaling.Desired, w.Role.Name = "1.34", ptr(2), "nodes"
	w.Image.Variant, w.Volume.Size = "standard", ptr(30)
	s.Cluster.SelfManagedNodeGroups["workers"] = w
	before := marshal(t, s)
	compare(t, Resolve(s), nil)
	if after := marshal(t, s); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}

	s = newVPC()
	compare(t, Resolve(s), nil)
	before = marshal(t, s)
	compare(t, Resolve(s), nil)
	if after := marshal(t, s); after != before {
		t.Errorf("a second run changed the spec\nbefore %s\nafter  %s", before, after)
	}
}

func marshal(t *testing.T, s *spec.Spec) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A spec of nothing but zero values has to be reported, not to panic: the
// stages before may let more through than they do today.
func TestEmptySpec(t *testing.T) {
	if found := Resolve(&spec.Spec{}); !found.HasErrors() {
		t.Error("an empty spec has no errors")
	}
	s := &spec.Spec{
		Cluster: spec.Cluster{
			NodeGroups:            map[string]spec.NodeGroup{"": {}},
			SelfManagedNodeGroups: map[string]spec.SelfManagedNodeGroup{"": {}},
			Access:                map[string]spec.Access{"": {}},
			ServiceAccounts:       map[string]spec.ServiceAccount{"": {Role: spec.ServiceAccountRole{Statements: map[string]spec.Statement{"": {}}}}},
			Addons:                map[string]spec.Addon{"": {}},
		},
		Workloads:  map[string]spec.Workload{"": {Service: &spec.Service{}}},
		Kubernetes: spec.Kubernetes{Manifests: map[string]spec.Manifest{"": nil}},
	}
	if found := Resolve(s); !found.HasErrors() {
		t.Error("a spec of zero values has no errors")
	}
	Environments([]*spec.Spec{s, {}})
}

func BenchmarkResolve(b *testing.B) {
	for b.Loop() {
		Resolve(newVPC())
	}
}
