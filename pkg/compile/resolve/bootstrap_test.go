package resolve

import (
	"math/big"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// told changes what the nodes of the managed group are told, and their image.
func told(family spec.ImageFamily, f func(g *spec.NodeGroup)) func(*spec.Spec) {
	return func(s *spec.Spec) {
		if family.IsWindows() {
			besideLinux(s)
		}
		g := s.Cluster.NodeGroups["general"]
		g.InstanceTypes = []string{"t3.small"}
		g.Image.Family = family
		f(&g)
		s.Cluster.NodeGroups["general"] = g
	}
}

// besideLinux gives a cluster what Windows nodes need.
func besideLinux(s *spec.Spec) {
	if s.Cluster.VPCCNI == nil {
		s.Cluster.VPCCNI = &spec.VPCCNI{}
	}
	if s.Cluster.VPCCNI.Windows == nil {
		s.Cluster.VPCCNI.Windows = &spec.WindowsIPAM{}
	}
	s.Workloads = nil
	s.Cluster.SelfManagedNodeGroups = map[string]spec.SelfManagedNodeGroup{"linux": {NodeGroupBase: groupBase()}}
}

func TestKubelet(t *testing.T) {
	kubelet := func(family spec.ImageFamily, k spec.Kubelet) func(*spec.Spec) {
		return told(family, func(g *spec.NodeGroup) { g.Kubelet = &k })
	}
	const at = "cluster nodeGroups general kubelet"
	runRules(t, newVPC, []ruleTest{
		{"settings of nodeadm", kubelet(spec.AL2023, spec.Kubelet{
			EvictionHard: map[string]string{"memory.available": "5%"}, EvictionSoft: map[string]string{"nodefs.available": "1Gi"},
			EvictionSoftGracePeriod: map[string]string{"nodefs.available": "1m"}, SystemReserved: map[string]string{"pid": "100"},
			SerializeImagePulls: ptr(false), MaxParallelImagePulls: ptr(5), ShutdownGracePeriod: "30s", ShutdownGracePeriodCriticalPods: "10s",
			Config: map[string]any{"featureGates": map[string]any{"A": true}}, Flags: []string{"--v=4"}}), nil},
		{"setting that Bottlerocket lacks", kubelet(spec.Bottlerocket, spec.Kubelet{SerializeImagePulls: ptr(false)}), []want{{diag.KubeletSetting, at + " serializeImagePulls", "Bottlerocket has no setting"}}},
		{"flags and names for Bottlerocket", kubelet(spec.Bottlerocket, spec.Kubelet{Flags: []string{"--v=4"}, Config: map[string]any{"a": 1}}), []want{
			{diag.KubeletSetting, at + " config", "no configuration of the kubelet by name"}, {diag.KubeletSetting, at + " flags", "takes no flags"}}},
		{"setting for a script", kubelet("Ubuntu2404", spec.Kubelet{PodPidsLimit: ptr(100)}), []want{{diag.KubeletSetting, at + " podPidsLimit", "Ubuntu2404 take flags"}}},
		{"flags for a script", kubelet("Ubuntu2404", spec.Kubelet{Flags: []string{"--pod-max-pids=100"}}), nil},
		{"flags for Windows of EKS", kubelet("WindowsServer2022Core", spec.Kubelet{Flags: []string{"--v=4"}}), []want{{diag.KubeletSetting, at + " flags", "EKS starts the kubelet"}}},

		{"no signal", kubelet(spec.AL2023, spec.Kubelet{EvictionHard: map[string]string{"memory": "5%"}}), []want{{diag.KubeletSetting, at + " evictionHard memory", "no signal"}}},
		{"no threshold", kubelet(spec.AL2023, spec.Kubelet{EvictionHard: map[string]string{"memory.available": "101%"}}), []want{{diag.InvalidQuantity, at + " evictionHard memory.available", "not a Kubernetes quantity"}}},
		{"no grace period", kubelet(spec.AL2023, spec.Kubelet{EvictionSoft: map[string]string{"memory.available": "5%"}}), []want{{diag.KubeletSetting, at + " evictionSoft memory.available", "waited for"}}},
		{"grace period for nothing", kubelet(spec.AL2023, spec.Kubelet{EvictionSoftGracePeriod: map[string]string{"memory.available": "x"}}), []want{
			{diag.KubeletSetting, at + " evictionSoftGracePeriod memory.available", "not a duration"}, {diag.KubeletSetting, at + " evictionSoftGracePeriod memory.available", "at what amount"}}},
		{"reserved of nothing", kubelet(spec.AL2023, spec.Kubelet{KubeReserved: map[string]string{"gpu": "1"}}), []want{{diag.KubeletSetting, at + " kubeReserved gpu", "does not keep"}}},
		{"reserved by no quantity", kubelet(spec.AL2023, spec.Kubelet{KubeReserved: map[string]string{"cpu": "x"}}), []want{{diag.InvalidQuantity, at + " kubeReserved cpu", "not a Kubernetes quantity"}}},
		{"images removed up to more", kubelet(spec.AL2023, spec.Kubelet{ImageGCHighThresholdPercent: ptr(70)}), []want{{diag.KubeletSetting, at + " imageGCLowThresholdPercent", "from 70 percent down to 80"}}},
		{"more than all", kubelet(spec.AL2023, spec.Kubelet{ImageGCHighThresholdPercent: ptr(101)}), []want{{diag.KubeletSetting, at + " imageGCHighThresholdPercent", "100 at most"}}},
		{"one log file", kubelet(spec.AL2023, spec.Kubelet{ContainerLogMaxFiles: ptr(1)}), []want{{diag.KubeletSetting, at + " containerLogMaxFiles", "2 at least"}}},
		{"pulls at once one after the other", kubelet(spec.AL2023, spec.Kubelet{MaxParallelImagePulls: ptr(2)}), []want{{diag.KubeletSetting, at + " maxParallelImagePulls", "not 2 at once"}}},
		{"scope of no policy", kubelet(spec.AL2023, spec.Kubelet{TopologyManagerScope: "pod"}), []want{{diag.KubeletSetting, at + " topologyManagerScope", "no effect"}}},
		{"critical pods alone", kubelet(spec.AL2023, spec.Kubelet{ShutdownGracePeriodCriticalPods: "10s"}), []want{{diag.KubeletSetting, at + " shutdownGracePeriodCriticalPods", "of 0s"}}},
		{"no address", kubelet(spec.AL2023, spec.Kubelet{ClusterDNS: []string{"dns"}}), []want{{diag.KubeletSetting, at + " clusterDNS 0", "not an IP address"}}},
		{"names with fields", kubelet(spec.AL2023, spec.Kubelet{Config: map[string]any{"maxPods": 1, "kind": "x", "podPidsLimit": 1}}), []want{
			{diag.KubeletSetting, at + " config kind", "nodeadm says"}, {diag.KubeletSetting, at + " config maxPods", "has a field"}, {diag.KubeletSetting, at + " config podPidsLimit", "has a field"}}},
		{"null and a large number", kubelet(spec.AL2023, spec.Kubelet{Config: map[string]any{"a": nil, "b": []any{new(big.Int).Lsh(big.NewInt(1), 70)}}}), []want{
			{diag.KubeletSetting, at + " config a", "null"}, {diag.KubeletSetting, at + " config b 0", "64 bits"}}},
		{"flags with fields and no flags", kubelet(spec.AL2023, spec.Kubelet{Flags: []string{"--node-labels=a=b", "v", "--v 4"}}), []want{
			{diag.KubeletSetting, at + " flags 0", "a field for --node-labels"}, {diag.KubeletSetting, at + " flags 1", "not a flag"}, {diag.KubeletSetting, at + " flags 2", "not a flag"}}},
	})
}

func TestUserDataParts(t *testing.T) {
	before := func(family spec.ImageFamily, parts ...spec.UserDataPart) func(*spec.Spec) {
		return told(family, func(g *spec.NodeGroup) { g.UserData = &spec.UserData{Before: parts} })
	}
	after := func(family spec.ImageFamily, part spec.UserDataPart) func(*spec.Spec) {
		return told(family, func(g *spec.NodeGroup) { g.UserData = &spec.UserData{After: []spec.UserDataPart{part}} })
	}
	script := spec.UserDataPart{Content: "#!/bin/bash\n"}
	config := spec.UserDataPart{ContentType: spec.NodeConfigPart, Content: "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n"}
	const at = "cluster nodeGroups general userData"
	runRules(t, newVPC, []ruleTest{
		{"script and NodeConfig", before(spec.AL2023, script, config), nil},
		{"NodeConfig that wins", after(spec.AL2023, config), nil},
		{"script after bootstrap.sh", after("Ubuntu2404", script), nil},
		{"commands", before("WindowsServer2022Core", spec.UserDataPart{Content: "dir"}), nil},

		{"script of Bottlerocket", before(spec.Bottlerocket, script), []want{{diag.UserData, at, "runs no scripts"}}},
		{"script after nodeadm", after(spec.AL2023, script), []want{{diag.UserData, at + " after 0", "when all scripts have run"}}},
		{"commands after EKS", after("WindowsServer2022Core", spec.UserDataPart{Content: "dir"}), []want{{diag.UserData, at + " after 0", "EKS makes nodes"}}},
		{"script for nothing", before(spec.AL2023, spec.UserDataPart{Content: "echo"}), []want{{diag.UserData, at + " before 0 content", "what runs it"}}},
		{"carriage return", before(spec.AL2023, spec.UserDataPart{Content: "#!/bin/bash\r\n"}), []want{{diag.UserData, at + " before 0 content", `'\r'`}}},
		{"NodeConfig without nodeadm", before("Ubuntu2404", config), []want{{diag.UserData, at + " before 0 contentType", "no nodeadm"}}},
		{"type of PowerShell", before("WindowsServer2022Core", spec.UserDataPart{ContentType: spec.ShellScript, Content: "dir"}), []want{{diag.UserData, at + " before 0 contentType", "no types"}}},
		{"tags of PowerShell", before("WindowsServer2022Core", spec.UserDataPart{Content: "<powershell>dir</powershell>"}), []want{{diag.UserData, at + " before 0 content", "tag"}}},
		{"no YAML", before(spec.AL2023, spec.UserDataPart{ContentType: spec.NodeConfigPart, Content: "a: b: c"}), []want{{diag.UserData, at + " before 0 content", "not a NodeConfig in YAML"}}},
		{"no NodeConfig", before(spec.AL2023, spec.UserDataPart{ContentType: spec.NodeConfigPart, Content: "kind: Pod"}), []want{{diag.UserData, at + " before 0 content", "not a NodeConfig"}}},
		{"too much", before(spec.AL2023, spec.UserDataPart{Content: "#!" + strings.Repeat("x", 14_000)}), []want{{diag.UserData, at, "EC2 takes 16384"}}},
	})
}

func TestNodeSettings(t *testing.T) {
	bottlerocket := func(settings map[string]any) func(*spec.Spec) {
		return told(spec.Bottlerocket, func(g *spec.NodeGroup) { g.Bottlerocket = &spec.BottlerocketNode{Settings: settings} })
	}
	kubernetes := func(settings map[string]any) func(*spec.Spec) {
		return bottlerocket(map[string]any{"kubernetes": settings})
	}
	nodeConfig := func(family spec.ImageFamily, c spec.NodeConfig) func(*spec.Spec) {
		return told(family, func(g *spec.NodeGroup) { g.NodeConfig = &c })
	}
	const at = "cluster nodeGroups general"
	const settings = at + " bottlerocket settings"
	runRules(t, newVPC, []ruleTest{
		{"RAID0", nodeConfig(spec.AL2023, spec.NodeConfig{Instance: &spec.NodeInstance{LocalStorage: &spec.NodeLocalStorage{Strategy: "RAID0"}}}), nil},
		{"nodeadm on Ubuntu", nodeConfig("Ubuntu2404", spec.NodeConfig{}), []want{{diag.NodeSetting, at + " nodeConfig", "no nodeadm"}}},
		{"no TOML", nodeConfig(spec.AL2023, spec.NodeConfig{Containerd: &spec.NodeContainerd{Config: "a b"}}), []want{{diag.NodeSetting, at + " nodeConfig containerd config", "not TOML"}}},
		{"mounts", nodeConfig(spec.AL2023, spec.NodeConfig{Instance: &spec.NodeInstance{LocalStorage: &spec.NodeLocalStorage{MountPath: "fast", DisabledMounts: []string{"Logs"}}}}), []want{
			{diag.NodeSetting, at + " nodeConfig instance localStorage mountPath", "not an absolute path"}, {diag.NodeSetting, at + " nodeConfig instance localStorage disabledMounts 0", "no mount"}}},

		{"Bottlerocket's on AL2023", told(spec.AL2023, func(g *spec.NodeGroup) { g.Bottlerocket = &spec.BottlerocketNode{} }), []want{{diag.NodeSetting, at + " bottlerocket", "do not run Bottlerocket"}}},
		{"setting", kubernetes(map[string]any{"log-level": 4}), nil},
		{"what the cluster decides", kubernetes(map[string]any{"api-server": "x"}), []want{{diag.NodeSetting, settings + " kubernetes api-server", "the cluster decides"}}},
		{"what has a field", kubernetes(map[string]any{"node-labels": map[string]any{}}), []want{{diag.NodeSetting, settings + " kubernetes node-labels", "a field"}}},
		{"said twice", told(spec.Bottlerocket, func(g *spec.NodeGroup) {
			g.Kubelet = &spec.Kubelet{PodPidsLimit: ptr(1)}
			g.Bottlerocket = &spec.BottlerocketNode{Settings: map[string]any{"kubernetes": map[string]any{"pod-pids-limit": 2}}}
		}), []want{{diag.NodeSetting, settings + " kubernetes pod-pids-limit", "another field"}}},
		{"null", bottlerocket(map[string]any{"motd": nil}), []want{{diag.NodeSetting, settings + " motd", "null"}}},
		{"escaped quotes", bottlerocket(map[string]any{"motd": `it's "it"`}), []want{{diag.NodeSetting, settings + " motd", "escaped"}}},
		{"quotes of one kind", bottlerocket(map[string]any{"motd": `say "it"`}), nil},
		{"quoted table", bottlerocket(map[string]any{"a": map[string]any{"b.c": map[string]any{"d": 1}}}), []want{{diag.NodeSetting, settings + " a b.c", "does not read the name"}}},
		{"list of two types", bottlerocket(map[string]any{"a": []any{1, "b"}}), []want{{diag.NodeSetting, settings + " a", "a list of numbers and texts"}}},
		{"those of nodes that join by themselves", told(spec.Bottlerocket, func(g *spec.NodeGroup) {
			g.Image.ID = "ami-12345678"
			g.Bottlerocket = &spec.BottlerocketNode{Settings: map[string]any{"a": []any{1, "b"}, "motd": `it's "it"`}}
		}), nil},
		{"key for nothing", told(spec.Bottlerocket, func(g *spec.NodeGroup) { g.KeyPair = "k" }), []want{{diag.NodeSetting, at + " keyPair", "admin container"}}},
		{"key for the admin container", told(spec.Bottlerocket, func(g *spec.NodeGroup) {
			g.KeyPair, g.Bottlerocket = "k", &spec.BottlerocketNode{AdminContainer: ptr(true)}
		}), nil},
	})
}

func TestWindows(t *testing.T) {
	windows := func(f func(s *spec.Spec)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			told("WindowsServer2022Core", func(g *spec.NodeGroup) { g.Taints = map[string]spec.Taint{"os": {Effect: "NoSchedule"}} })(s)
			f(s)
		}
	}
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"beside Linux", windows(func(*spec.Spec) {}), nil},
		{"addresses by the add-on", windows(func(s *spec.Spec) {
			s.Cluster.VPCCNI = nil
			s.Cluster.Addons["vpc-cni"] = spec.Addon{Configuration: map[string]any{"enableWindowsIpam": "true"}}
		}), nil},
		{"without addresses", windows(func(s *spec.Spec) { s.Cluster.VPCCNI = nil }), []want{{diag.WindowsNodes, at + " image family", "nothing gives addresses"}}},
		{"alone", windows(func(s *spec.Spec) { s.Cluster.SelfManagedNodeGroups = nil }), []want{{diag.WindowsNodes, at + " image family", "all nodes have Windows"}}},
		{"image of one's own without aws-auth", windows(func(s *spec.Spec) {
			s.Cluster.AuthenticationMode = spec.AuthAPI
			g := s.Cluster.NodeGroups["general"]
			g.Image.ID = "ami-12345678"
			s.Cluster.NodeGroups["general"] = g
		}), []want{{diag.WindowsNodes, at + " image id", "aws-auth alone"}}},
		{"one role for Windows and Linux", windows(func(s *spec.Spec) {
			linux := groupBase()
			linux.Role.ARN = "arn:aws:iam::111122223333:role/nodes"
			g := s.Cluster.NodeGroups["general"]
			g.Role = linux.Role
			s.Cluster.NodeGroups["general"] = g
			s.Cluster.NodeGroups["mixed"] = spec.NodeGroup{NodeGroupBase: linux}
		}), []want{{diag.WindowsNodes, "cluster nodeGroups mixed role arn", "another operating system"}}},
		{"open to Linux", windows(func(s *spec.Spec) {
			s.Workloads = newVPC().Workloads
			g := s.Cluster.NodeGroups["general"]
			g.Taints = map[string]spec.Taint{"os": {Effect: "PreferNoSchedule"}}
			s.Cluster.NodeGroups["general"] = g
		}), []want{{diag.WindowsTaint, at + " taints", "keeps their pods off"}}},
	})
}
