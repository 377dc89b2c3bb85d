package spec

// Kubelet are settings of the kubelet. The json tags are the names of its
// KubeletConfiguration; see
// https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/.
type Kubelet struct {
	EvictionHard                    map[string]string `json:"evictionHard,omitempty"`
	EvictionSoft                    map[string]string `json:"evictionSoft,omitempty"`
	EvictionSoftGracePeriod         map[string]string `json:"evictionSoftGracePeriod,omitempty"`
	EvictionMaxPodGracePeriod       *int              `json:"evictionMaxPodGracePeriod,omitempty"`
	SystemReserved                  map[string]string `json:"systemReserved,omitempty"`
	KubeReserved                    map[string]string `json:"kubeReserved,omitempty"`
	ImageGCHighThresholdPercent     *int              `json:"imageGCHighThresholdPercent,omitempty"`
	ImageGCLowThresholdPercent      *int              `json:"imageGCLowThresholdPercent,omitempty"`
	PodPidsLimit                    *int              `json:"podPidsLimit,omitempty"`
	SerializeImagePulls             *bool             `json:"serializeImagePulls,omitempty"`
	MaxParallelImagePulls           *int              `json:"maxParallelImagePulls,omitempty"`
	RegistryPullQPS                 *int              `json:"registryPullQPS,omitempty"`
	RegistryBurst                   *int              `json:"registryBurst,omitempty"`
	CPUManagerPolicy                string            `json:"cpuManagerPolicy,omitempty"`
	TopologyManagerPolicy           string            `json:"topologyManagerPolicy,omitempty"`
	TopologyManagerScope            string            `json:"topologyManagerScope,omitempty"`
	CPUCFSQuota                     *bool             `json:"cpuCFSQuota,omitempty"`
	SeccompDefault                  *bool             `json:"seccompDefault,omitempty"`
	ContainerLogMaxSize             string            `json:"containerLogMaxSize,omitempty"`
	ContainerLogMaxFiles            *int              `json:"containerLogMaxFiles,omitempty"`
	ClusterDNS                      []string          `json:"clusterDNS,omitempty"`
	AllowedUnsafeSysctls            []string          `json:"allowedUnsafeSysctls,omitempty"`
	ShutdownGracePeriod             string            `json:"shutdownGracePeriod,omitempty"`
	ShutdownGracePeriodCriticalPods string            `json:"shutdownGracePeriodCriticalPods,omitempty"`
	Config                          map[string]any    `json:"config,omitempty"`
	Flags                           []string          `json:"flags,omitempty"`
}
