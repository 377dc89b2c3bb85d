package bootstrap

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// KubeletSetting is a setting of the kubelet that a spec has a field for.
type KubeletSetting struct {
	// Name is that of the field, and of the setting in a KubeletConfiguration.
	Name string
	// Bottlerocket is the name below settings.kubernetes, or empty where
	// Bottlerocket has no such setting; see
	// https://bottlerocket.dev/en/os/latest/api/settings/kubernetes/.
	Bottlerocket string
	// Value is an int, bool, string, []any or map[string]any.
	Value any
}

// KubeletSettings are the settings that k has.
func KubeletSettings(k spec.Kubelet) []KubeletSetting {
	return slices.DeleteFunc(kubeletSettings(k), func(s KubeletSetting) bool { return s.Value == nil })
}

// KubeletNames are the names of all settings that a spec has a field for.
func KubeletNames() []string {
	var names []string
	for _, s := range kubeletSettings(spec.Kubelet{}) {
		names = append(names, s.Name)
	}
	return names
}

// kubeletSettings are all settings, with no value where k has none.
func kubeletSettings(k spec.Kubelet) []KubeletSetting {
	return []KubeletSetting{
		{"evictionHard", "eviction-hard", object(k.EvictionHard)},
		{"evictionSoft", "eviction-soft", object(k.EvictionSoft)},
		{"evictionSoftGracePeriod", "eviction-soft-grace-period", object(k.EvictionSoftGracePeriod)},
		{"evictionMaxPodGracePeriod", "eviction-max-pod-grace-period", given(k.EvictionMaxPodGracePeriod)},
		{"systemReserved", "system-reserved", object(k.SystemReserved)},
		{"kubeReserved", "kube-reserved", object(k.KubeReserved)},
		{"imageGCHighThresholdPercent", "image-gc-high-threshold-percent", given(k.ImageGCHighThresholdPercent)},
		{"imageGCLowThresholdPercent", "image-gc-low-threshold-percent", given(k.ImageGCLowThresholdPercent)},
		{"podPidsLimit", "pod-pids-limit", given(k.PodPidsLimit)},
		{"serializeImagePulls", "", given(k.SerializeImagePulls)},
		{"maxParallelImagePulls", "", given(k.MaxParallelImagePulls)},
		{"registryPullQPS", "registry-qps", given(k.RegistryPullQPS)},
		{"registryBurst", "registry-burst", given(k.RegistryBurst)},
		{"cpuManagerPolicy", "cpu-manager-policy", text(k.CPUManagerPolicy)},
		{"topologyManagerPolicy", "topology-manager-policy", text(k.TopologyManagerPolicy)},
		{"topologyManagerScope", "topology-manager-scope", text(k.TopologyManagerScope)},
		{"cpuCFSQuota", "cpu-cfs-quota-enforced", given(k.CPUCFSQuota)},
		{"seccompDefault", "seccomp-default", given(k.SeccompDefault)},
		{"containerLogMaxSize", "container-log-max-size", text(k.ContainerLogMaxSize)},
		{"containerLogMaxFiles", "container-log-max-files", given(k.ContainerLogMaxFiles)},
		{"clusterDNS", "cluster-dns-ip", list(k.ClusterDNS)},
		{"allowedUnsafeSysctls", "allowed-unsafe-sysctls", list(k.AllowedUnsafeSysctls)},
		{"shutdownGracePeriod", "shutdown-grace-period", text(k.ShutdownGracePeriod)},
		{"shutdownGracePeriodCriticalPods", "shutdown-grace-period-for-critical-pods", text(k.ShutdownGracePeriodCriticalPods)},
	}
}

// flags are the kubelet's flags. A node that joins learns its labels and
// taints by them.
func (n Node) flags() []string {
	var flags []string
	if n.Joins {
		flags = joinFlags(n.Group)
	}
	if n.Group.Kubelet != nil {
		flags = append(flags, n.Group.Kubelet.Flags...)
	}
	return flags
}

func joinFlags(g spec.NodeGroupBase) []string {
	var labels, taints, flags []string
	for _, key := range slices.Sorted(maps.Keys(g.Labels)) {
		labels = append(labels, key+"="+g.Labels[key])
	}
	for _, key := range slices.Sorted(maps.Keys(g.Taints)) {
		taints = append(taints, key+"="+g.Taints[key].Value+":"+g.Taints[key].Effect)
	}
	if len(labels) > 0 {
		flags = append(flags, "--node-labels="+strings.Join(labels, ","))
	}
	if len(taints) > 0 {
		flags = append(flags, "--register-with-taints="+strings.Join(taints, ","))
	}
	return flags
}

// extraArgs are the flags for a script that starts the kubelet, where they are
// all that it can be told.
func (n Node) extraArgs() string {
	flags := n.flags()
	if n.Group.MaxPods != nil {
		flags = append(flags, "--max-pods="+strconv.Itoa(*n.Group.MaxPods))
	}
	return strings.Join(flags, " ")
}

func given[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func list(texts []string) any {
	if texts == nil {
		return nil
	}
	return anys(texts)
}

func object(m map[string]string) any {
	if m == nil {
		return nil
	}
	values := map[string]any{}
	for name, value := range m {
		values[name] = value
	}
	return values
}
