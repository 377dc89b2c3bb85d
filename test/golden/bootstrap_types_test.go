package golden_test

// nodeConfig has the fields of nodeadm's NodeConfig; see
// https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/.
type nodeConfig struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Spec       struct {
		Cluster *struct {
			Name                 string `json:"name"`
			APIServerEndpoint    string `json:"apiServerEndpoint"`
			CertificateAuthority []byte `json:"certificateAuthority"`
			CIDR                 string `json:"cidr"`
			EnableOutpost        *bool  `json:"enableOutpost"`
			ID                   string `json:"id"`
		} `json:"cluster"`
		Containerd struct {
			Config          string         `json:"config"`
			BaseRuntimeSpec map[string]any `json:"baseRuntimeSpec"`
		} `json:"containerd"`
		Instance struct {
			LocalStorage struct {
				Strategy       string   `json:"strategy"`
				MountPath      string   `json:"mountPath"`
				DisabledMounts []string `json:"disabledMounts"`
			} `json:"localStorage"`
		} `json:"instance"`
		Kubelet struct {
			Config map[string]any `json:"config"`
			Flags  []string       `json:"flags"`
		} `json:"kubelet"`
		FeatureGates map[string]bool `json:"featureGates"`
	} `json:"spec"`
}

// bottlerocketSettings has what is below settings of a Bottlerocket node for
// Kubernetes; see https://bottlerocket.dev/en/os/latest/api/settings/.
type bottlerocketSettings struct {
	Autoscaling         map[string]any            `toml:"autoscaling"`
	AWS                 map[string]any            `toml:"aws"`
	BootstrapCommands   map[string]any            `toml:"bootstrap-commands"`
	BootstrapContainers map[string]map[string]any `toml:"bootstrap-containers"`
	CloudFormation      map[string]any            `toml:"cloudformation"`
	ContainerRegistry   map[string]any            `toml:"container-registry"`
	ContainerRuntime    map[string]any            `toml:"container-runtime"`
	DNS                 map[string]any            `toml:"dns"`
	HostContainers      map[string]struct {
		Enabled *bool  `toml:"enabled"`
		Source  string `toml:"source"`
	} `toml:"host-containers"`
	Kernel     map[string]any         `toml:"kernel"`
	Kubernetes bottlerocketKubernetes `toml:"kubernetes"`
	Metrics    map[string]any         `toml:"metrics"`
	MOTD       string                 `toml:"motd"`
	Network    map[string]any         `toml:"network"`
	NTP        map[string]any         `toml:"ntp"`
	PKI        map[string]any         `toml:"pki"`
	Updates    map[string]any         `toml:"updates"`
}

// bottlerocketKubernetes are the settings of Kubernetes with their types; see
// https://bottlerocket.dev/en/os/latest/api/settings/kubernetes/.
type bottlerocketKubernetes struct {
	APIServer                string              `toml:"api-server"`
	ClusterCertificate       string              `toml:"cluster-certificate"`
	ClusterDNSIP             any                 `toml:"cluster-dns-ip"`
	ClusterName              string              `toml:"cluster-name"`
	MaxPods                  *uint32             `toml:"max-pods"`
	NodeLabels               map[string]string   `toml:"node-labels"`
	NodeTaints               map[string][]string `toml:"node-taints"`
	AllowedUnsafeSysctls     []string            `toml:"allowed-unsafe-sysctls"`
	ContainerLogMaxFiles     *int32              `toml:"container-log-max-files"`
	ContainerLogMaxSize      string              `toml:"container-log-max-size"`
	CPUCFSQuotaEnforced      *bool               `toml:"cpu-cfs-quota-enforced"`
	CPUManagerPolicy         string              `toml:"cpu-manager-policy"`
	DeviceOwnership          *bool               `toml:"device-ownership-from-security-context"`
	EvictionHard             map[string]string   `toml:"eviction-hard"`
	EvictionMaxPodGrace      *uint32             `toml:"eviction-max-pod-grace-period"`
	EvictionSoft             map[string]string   `toml:"eviction-soft"`
	EvictionSoftGrace        map[string]string   `toml:"eviction-soft-grace-period"`
	ImageGCHigh              *int                `toml:"image-gc-high-threshold-percent"`
	ImageGCLow               *int                `toml:"image-gc-low-threshold-percent"`
	KubeReserved             map[string]string   `toml:"kube-reserved"`
	PodPidsLimit             *int64              `toml:"pod-pids-limit"`
	RegistryBurst            *int32              `toml:"registry-burst"`
	RegistryQPS              *int32              `toml:"registry-qps"`
	SeccompDefault           *bool               `toml:"seccomp-default"`
	ShutdownGrace            string              `toml:"shutdown-grace-period"`
	ShutdownGraceForCritical string              `toml:"shutdown-grace-period-for-critical-pods"`
	SystemReserved           map[string]string   `toml:"system-reserved"`
	TopologyManagerPolicy    string              `toml:"topology-manager-policy"`
	TopologyManagerScope     string              `toml:"topology-manager-scope"`
}
