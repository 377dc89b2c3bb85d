package spec

// Container is a program with the ports that it listens on and the probes that
// watch it.
type Container struct {
	Program
	Ports          map[string]int `json:"ports,omitempty"`
	UDPPorts       map[string]int `json:"udpPorts,omitempty"`
	LivenessProbe  *Probe         `json:"livenessProbe,omitempty"`
	ReadinessProbe *Probe         `json:"readinessProbe,omitempty"`
	StartupProbe   *Probe         `json:"startupProbe,omitempty"`
	Lifecycle      Lifecycle      `json:"lifecycle,omitzero"`
}

// Program is a program in a container, and what it gets.
type Program struct {
	Image           string                 `json:"image"`
	ImagePullPolicy string                 `json:"imagePullPolicy,omitempty"`
	Command         []string               `json:"command,omitempty"`
	Args            []string               `json:"args,omitempty"`
	WorkingDir      string                 `json:"workingDir,omitempty"`
	Env             map[string]string      `json:"env,omitempty"`
	ValueFrom       ValueFrom              `json:"valueFrom,omitzero"`
	EnvFrom         []EnvFrom              `json:"envFrom,omitempty"`
	Resources       Resources              `json:"resources,omitzero"`
	VolumeMounts    map[string]VolumeMount `json:"volumeMounts,omitempty"`
	SecurityContext SecurityContext        `json:"securityContext,omitzero"`
}

// ValueFrom is environment variables, by name, whose values are elsewhere.
type ValueFrom struct {
	SecretKeyRef     map[string]KeyRef `json:"secretKeyRef,omitempty"`
	ConfigMapKeyRef  map[string]KeyRef `json:"configMapKeyRef,omitempty"`
	FieldRef         map[string]string `json:"fieldRef,omitempty"`
	ResourceFieldRef map[string]string `json:"resourceFieldRef,omitempty"`
}

// KeyRef is one key of a ConfigMap or Secret.
type KeyRef struct {
	Name     string `json:"name"`
	Key      string `json:"key"`
	Optional *bool  `json:"optional,omitempty"`
}

// EnvFrom is a ConfigMap or Secret whose keys become environment variables.
type EnvFrom struct {
	ConfigMap string `json:"configMap,omitempty"`
	Secret    string `json:"secret,omitempty"`
	Prefix    string `json:"prefix,omitempty"`
	Optional  *bool  `json:"optional,omitempty"`
}

// Resources is what a container asks for, and what it may use at most.
type Resources struct {
	Requests ResourceQuantities `json:"requests,omitzero"`
	Limits   ResourceQuantities `json:"limits,omitzero"`
	Extended map[string]string  `json:"extended,omitempty"`
}

// ResourceQuantities is CPU, memory and disk space in Kubernetes quantities.
type ResourceQuantities struct {
	CPU              string `json:"cpu,omitempty"`
	Memory           string `json:"memory,omitempty"`
	EphemeralStorage string `json:"ephemeralStorage,omitempty"`
}

// SecurityContext is what a container may do.
type SecurityContext struct {
	RunAsUser                *int              `json:"runAsUser,omitempty"`
	RunAsGroup               *int              `json:"runAsGroup,omitempty"`
	RunAsNonRoot             *bool             `json:"runAsNonRoot,omitempty"`
	ReadOnlyRootFilesystem   *bool             `json:"readOnlyRootFilesystem,omitempty"`
	AllowPrivilegeEscalation *bool             `json:"allowPrivilegeEscalation,omitempty"`
	Privileged               *bool             `json:"privileged,omitempty"`
	Capabilities             LinuxCapabilities `json:"capabilities,omitzero"`
}

// LinuxCapabilities is capabilities of the Linux kernel.
type LinuxCapabilities struct {
	Add  []string `json:"add,omitempty"`
	Drop []string `json:"drop,omitempty"`
}
