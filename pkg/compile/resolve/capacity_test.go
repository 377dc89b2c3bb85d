package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// oneNode is newVPC with one c5d.large, which takes 29 pods.
func oneNode() *spec.Spec {
	s := newVPC()
	group(func(g *spec.NodeGroup) {
		g.InstanceTypes, g.Scaling = []string{"c5d.large"}, spec.Scaling{Min: 1, Max: 1}
	})(s)
	return s
}

func TestDensity(t *testing.T) {
	const at = "workloads nginx replicas"
	replicas := func(n int, edits ...func(*spec.Spec)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			workload(func(w *spec.Workload) { w.Replicas = &n })(s)
			for _, edit := range edits {
				edit(s)
			}
		}
	}
	prefixes := func(s *spec.Spec) { s.Cluster.VPCCNI = &spec.VPCCNI{PrefixDelegation: ptr(true)} }
	nodes := func(n int) func(*spec.Spec) { return group(func(g *spec.NodeGroup) { g.Scaling.Max = n }) }
	runRules(t, oneNode, []ruleTest{
		{"as many as there are places", replicas(25), nil},
		{"one more", replicas(26), []want{{diag.NoPlace, at, `25 of 26 replicas find a place: 1 node of "general" with 29 pods each`}}},
		{"a hundred", replicas(100), []want{{diag.NoPlace, at, `prefixDelegation: true, with which a node of "general" takes 110 pods`}}},
		{"a hundred with prefixes", replicas(100, prefixes), nil},
		{"a hundred on four nodes", replicas(100, nodes(4)), nil},
		{"a hundred on three nodes", replicas(100, nodes(3)), []want{{diag.NoPlace, at, "raise scaling.max to 4"}}},
		{"more than prefixes allow", replicas(200, prefixes), []want{{diag.NoPlace, at, "raise scaling.max to 2"}}},
		{"Auto Mode", replicas(100, func(s *spec.Spec) {
			s.Cluster.AutoMode = &spec.AutoMode{Enabled: true}
		}), nil},
		{"none at all", replicas(0), nil},
	})
}

func TestPlaces(t *testing.T) {
	const at = "workloads nginx replicas"
	asks := func(cpu, memory string) func(*spec.Spec) {
		return workload(func(w *spec.Workload) {
			w.Resources.Requests = spec.ResourceQuantities{CPU: cpu, Memory: memory}
		})
	}
	tainted := func(effect string) func(*spec.Spec) {
		return group(func(g *spec.NodeGroup) { g.Taints = map[string]spec.Taint{"gpu": {Effect: effect}} })
	}
	runRules(t, oneNode, []ruleTest{
		{"half of the CPU time", asks("965m", ""), nil},
		{"more than half", asks("966m", ""), []want{{diag.NoPlace, at, "1 of 2 replicas find a place: each asks for 966m of cpu, and a node of type c5d.large has 1930m"}}},
		{"memory", asks("", "4Gi"), []want{{diag.NoPlace, at, "0 of 2 replicas find a place: each asks for 4Gi of memory"}}},
		{"not there at all", tainted("NoSchedule"), []want{{diag.NoPlace, at, "no node group whose taints and labels let it in"}}},
		{"only preferred elsewhere", tainted("PreferNoSchedule"), nil},
		{"two that fit each alone", func(s *spec.Spec) {
			workload(func(w *spec.Workload) { w.Replicas = ptr(20) })(s)
			s.Workloads["other"] = spec.Workload{Pod: pod("nginx:1.29"), Replicas: ptr(20)}
		}, []want{{diag.TooManyPods, "workloads", "40 pods together, but there are places for 25"}}},
	})
}

func TestAddresses(t *testing.T) {
	subnets := func(a, b string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Network.Subnets.Private = map[string]spec.Subnet{
				"a": {AvailabilityZone: "ap-northeast-2a", CIDR: a}, "c": {AvailabilityZone: "ap-northeast-2c", CIDR: b},
			}
			s.Cluster.Network.Subnets.Public = map[string]spec.Subnet{
				"a": {AvailabilityZone: "ap-northeast-2a", CIDR: "10.0.2.0/24"}, "c": {AvailabilityZone: "ap-northeast-2c", CIDR: "10.0.3.0/24"},
			}
		}
	}
	both := func(edit func(*spec.Spec), max, replicas int, settings *spec.VPCCNI) func(*spec.Spec) {
		return func(s *spec.Spec) {
			edit(s)
			group(func(g *spec.NodeGroup) { g.Scaling.Max = max })(s)
			workload(func(w *spec.Workload) { w.Replicas = &replicas })(s)
			s.Cluster.VPCCNI = settings
		}
	}
	small := subnets("10.0.0.0/27", "10.0.0.32/27")
	few := &spec.VPCCNI{WarmIPTarget: ptr(1), MinimumIPTarget: ptr(1)}
	const at = "cluster nodeGroups general scaling max"
	runRules(t, newVPC, []ruleTest{
		{"one node in each", both(small, 2, 1, nil), nil},
		{"two nodes in each", both(small, 4, 1, nil), []want{{diag.SubnetAddresses, at, `the private subnet "a" needs 46 addresses and has 27: control plane 6, nodes of general 2, pods of general 38`}}},
		{"two nodes in each with lower targets", both(small, 4, 1, few), nil},
		{"one subnet is smaller", both(subnets("10.0.0.0/24", "10.0.1.0/27"), 4, 1, nil), []want{{diag.SubnetAddresses, at, `the private subnet "c"`}}},
		{"as many nodes as addresses", both(small, 54, 1, few), []want{{diag.SubnetAddresses, at, ""}}},
		{"more nodes than addresses", both(small, 55, 1, few), []want{{diag.NodeAddresses, at, "may have 55 nodes, but these subnets have 54 addresses"}}},
		{"pods as many as addresses", both(small, 6, 53, few), nil},
		{"more pods than addresses", both(small, 6, 54, few), []want{{diag.PodAddresses, "workloads", "have 54 pods, but of the addresses of the subnets there are 53 for them"}}},
	})
	unknown := func() *spec.Spec {
		s := oldVPC()
		g := s.Cluster.SelfManagedNodeGroups["workers"]
		g.Scaling.Max = 5000
		s.Cluster.SelfManagedNodeGroups["workers"] = g
		return s
	}
	runRules(t, unknown, []ruleTest{{"subnets of unknown size", func(*spec.Spec) {}, nil}})
}
