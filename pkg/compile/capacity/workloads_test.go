package capacity

import (
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

func TestPlace(t *testing.T) {
	requests := func(cpu, memory string) spec.Resources {
		return spec.Resources{Requests: spec.ResourceQuantities{CPU: cpu, Memory: memory}}
	}
	c := spec.Cluster{
		Addons: map[string]spec.Addon{"vpc-cni": {}, "kube-proxy": {}, "coredns": {}, "eks-pod-identity-agent": {}},
		NodeGroups: map[string]spec.NodeGroup{
			"small": {NodeGroupBase: spec.NodeGroupBase{InstanceTypes: []string{"c5d.large"}, Scaling: spec.Scaling{Max: 2}}},
			"large": {NodeGroupBase: spec.NodeGroupBase{InstanceTypes: []string{"m5.xlarge", "c5d.large"}, Scaling: spec.Scaling{Max: 1}}},
			"gpu": {NodeGroupBase: spec.NodeGroupBase{
				InstanceTypes: []string{"g5.xlarge"}, Scaling: spec.Scaling{Max: 9}, Taints: map[string]spec.Taint{"gpu": {Effect: "NoExecute"}},
			}},
		},
	}
	room := RoomOf(&c, groupsOf(&c)).For(spec.Pod{})
	if !room.Known || len(room.Groups) != 2 || room.PerNode != 3 || room.Cluster != 0 || room.Pods() != 3*26 {
		t.Errorf("room: %+v with places for %d pods", room, room.Pods())
	}
	for _, tt := range []struct {
		what   string
		asks   spec.Resources
		placed int
		limit  string
	}{
		{"nothing", spec.Resources{}, 78, LimitPods},
		{"a whole core", requests("1", ""), 1 + 1 + 3, LimitCPU},
		{"all of a small node", requests("1930m", ""), 1 + 1 + 2, LimitCPU},
		{"more than a small node", requests("1931m", ""), 2, LimitCPU},
		{"memory", requests("10m", "3Gi"), 1 + 1 + 5, LimitMemory},
		{"more than any node", requests("", "16Gi"), 0, LimitMemory},
		{"a limit alone", spec.Resources{Limits: spec.ResourceQuantities{CPU: "1"}}, 5, LimitCPU},
		{"a malformed quantity", requests("much", ""), 78, LimitPods},
	} {
		if placed, limit := room.Place(asking(tt.asks)); placed != tt.placed || limit != tt.limit {
			t.Errorf("%s: %d by %s, want %d by %s", tt.what, placed, limit, tt.placed, tt.limit)
		}
	}
}

func TestReplicas(t *testing.T) {
	no := false
	for _, tt := range []struct {
		what    string
		cluster spec.Cluster
		want    int
	}{
		{"CoreDNS without being told", spec.Cluster{}, 2},
		{"no CoreDNS", spec.Cluster{ControlPlane: spec.ControlPlane{BootstrapSelfManagedAddons: &no}}, 0},
		{"stated", spec.Cluster{Addons: map[string]spec.Addon{
			"coredns":            {Configuration: map[string]any{"replicaCount": 5}},
			"metrics-server":     {Configuration: map[string]any{"replicas": 1.0}},
			"aws-ebs-csi-driver": {Configuration: map[string]any{"controller": map[string]any{"replicaCount": 3}}},
		}}, 9},
		{"defaults", spec.Cluster{Addons: map[string]spec.Addon{"coredns": {}, "metrics-server": {}, "kube-proxy": {}}}, 4},
	} {
		if got := replicas(&tt.cluster); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.what, got, tt.want)
		}
	}
}

// Where more nodes are started as they are needed, or a type is not known,
// nobody can say how many replicas find a place.
func TestWorkloadsOfUnknownRoom(t *testing.T) {
	group := func(instanceType string) map[string]spec.NodeGroup {
		return map[string]spec.NodeGroup{"a": {NodeGroupBase: spec.NodeGroupBase{InstanceTypes: []string{instanceType}, Scaling: spec.Scaling{Max: 1}}}}
	}
	for what, c := range map[string]spec.Cluster{
		"no groups":    {},
		"Auto Mode":    {NodeGroups: group("m5.large"), AutoMode: &spec.AutoMode{Enabled: true}},
		"Karpenter":    {NodeGroups: group("m5.large"), Karpenter: &spec.Karpenter{}},
		"hybrid nodes": {NodeGroups: group("m5.large"), RemoteNetworks: &spec.RemoteNetworks{}},
		"unknown type": {NodeGroups: group("m99.large")},
	} {
		many := 1000
		report := Of(&spec.Spec{Cluster: c, Workloads: map[string]spec.Workload{"web": {Replicas: &many}}})
		if w := report.Workloads[0]; w.Placed != nil || !report.Fits() {
			t.Errorf("%s: %+v", what, w)
		}
	}
}

func asking(r spec.Resources) spec.Workload {
	return spec.Workload{Pod: spec.Pod{Container: spec.Container{Program: spec.Program{Resources: r}}}}
}

// A pod asks for what its containers ask for together, or for what one before
// them asks for.
func TestRequests(t *testing.T) {
	asks := func(cpu string) spec.Program {
		return spec.Program{Resources: spec.Resources{Requests: spec.ResourceQuantities{CPU: cpu}}}
	}
	for before, want := range map[string]string{"100m": "750m", "2": "2"} {
		w := spec.Workload{Pod: spec.Pod{
			Container:      spec.Container{Program: asks("500m")},
			Sidecars:       map[string]spec.Container{"a": {Program: asks("150m")}, "b": {Program: asks("100m")}},
			InitContainers: []spec.InitContainer{{Name: "first", Program: asks(before)}},
		}}
		if got := Asks(w, LimitCPU); got != want {
			t.Errorf("with %s before: %s, want %s", before, got, want)
		}
	}
}

// Pods on Fargate take no place on nodes, and an address each.
func TestFargate(t *testing.T) {
	c := cluster()
	c.FargateProfiles = map[string]spec.FargateProfile{"jobs": {
		Selectors: []spec.FargateSelector{{Namespace: "batch-*"}}, Subnets: "private",
	}}
	replicas := 7
	report := Of(&spec.Spec{Cluster: c, Workloads: map[string]spec.Workload{
		"run": {Pod: spec.Pod{Namespace: "batch-a"}, Replicas: &replicas}, "web": {Pod: spec.Pod{Namespace: "default"}},
	}})
	run, web := report.Workloads[0], report.Workloads[1]
	if !run.Fargate || run.Placed != nil || web.Fargate || web.Placed == nil || report.Pods != 1 {
		t.Errorf("run %+v, web %+v, %d pods on nodes", run, web, report.Pods)
	}
	for _, subnet := range report.Subnets {
		found := slices.Contains(subnet.Uses, single("pods on Fargate", "", 4, 4))
		if found != (subnet.Tier == "private") {
			t.Errorf("%s %s is used by %+v", subnet.Tier, subnet.Name, subnet.Uses)
		}
	}
}
