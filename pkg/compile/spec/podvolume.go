package spec

// VolumeMount is where a container sees a volume.
type VolumeMount struct {
	Volume   string `json:"volume"`
	SubPath  string `json:"subPath,omitempty"`
	ReadOnly *bool  `json:"readOnly,omitempty"`
}

// PodVolume is a volume of a pod, of one of its kinds.
type PodVolume struct {
	EmptyDir              *EmptyDir     `json:"emptyDir,omitempty"`
	HostPath              *HostPath     `json:"hostPath,omitempty"`
	ConfigMap             *ObjectVolume `json:"configMap,omitempty"`
	Secret                *ObjectVolume `json:"secret,omitempty"`
	Projected             *Projected    `json:"projected,omitempty"`
	DownwardAPI           *DownwardAPI  `json:"downwardAPI,omitempty"`
	PersistentVolumeClaim *ClaimVolume  `json:"persistentVolumeClaim,omitempty"`
	Ephemeral             *Claim        `json:"ephemeral,omitempty"`
	CSI                   *CSIVolume    `json:"csi,omitempty"`
}

// EmptyDir is an empty directory that lives as long as the pod.
type EmptyDir struct {
	Medium    string `json:"medium,omitempty"`
	SizeLimit string `json:"sizeLimit,omitempty"`
}

// HostPath is a file or directory of the node.
type HostPath struct {
	Path string `json:"path"`
	Type string `json:"type,omitempty"`
}

// ObjectVolume is the keys of a ConfigMap or Secret as files.
type ObjectVolume struct {
	Name        string            `json:"name"`
	Items       map[string]string `json:"items,omitempty"`
	DefaultMode string            `json:"defaultMode,omitempty"`
	Optional    *bool             `json:"optional,omitempty"`
}

// Projected is several sources in one directory.
type Projected struct {
	Sources     []ProjectedSource `json:"sources"`
	DefaultMode string            `json:"defaultMode,omitempty"`
}

// ProjectedSource is a source of a projected volume, of one of its kinds.
type ProjectedSource struct {
	ConfigMap           *ProjectedObject      `json:"configMap,omitempty"`
	Secret              *ProjectedObject      `json:"secret,omitempty"`
	DownwardAPI         *ProjectedDownwardAPI `json:"downwardAPI,omitempty"`
	ServiceAccountToken *ServiceAccountToken  `json:"serviceAccountToken,omitempty"`
}

// ProjectedObject is the keys of a ConfigMap or Secret as files beside others.
type ProjectedObject struct {
	Name     string            `json:"name"`
	Items    map[string]string `json:"items,omitempty"`
	Optional *bool             `json:"optional,omitempty"`
}

// ProjectedDownwardAPI is fields of the pod as files beside others.
type ProjectedDownwardAPI struct {
	FieldRef map[string]string `json:"fieldRef"`
}

// ServiceAccountToken is a token of the pod's service account.
type ServiceAccountToken struct {
	Path              string `json:"path"`
	Audience          string `json:"audience,omitempty"`
	ExpirationSeconds *int   `json:"expirationSeconds,omitempty"`
}

// DownwardAPI is fields of the pod and its containers as files.
type DownwardAPI struct {
	FieldRef         map[string]string `json:"fieldRef,omitempty"`
	ResourceFieldRef map[string]string `json:"resourceFieldRef,omitempty"`
	DefaultMode      string            `json:"defaultMode,omitempty"`
}

// ClaimVolume is a claim in the namespace of the pods.
type ClaimVolume struct {
	ClaimName string `json:"claimName"`
	ReadOnly  *bool  `json:"readOnly,omitempty"`
}

// CSIVolume is a volume that a CSI driver makes for the pod.
type CSIVolume struct {
	Driver           string            `json:"driver"`
	ReadOnly         *bool             `json:"readOnly,omitempty"`
	VolumeAttributes map[string]string `json:"volumeAttributes,omitempty"`
}
