package spec

// Claim is a wish for a volume of a storage class.
type Claim struct {
	Storage          string `json:"storage"`
	StorageClassName string `json:"storageClassName,omitempty"`
	AccessMode       string `json:"accessMode"`
}

// PersistentVolumeClaim is a volume that outlives the pods that mount it.
type PersistentVolumeClaim struct {
	Claim
	Namespace   string            `json:"namespace"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// StorageClass is how a driver makes volumes.
type StorageClass struct {
	Provisioner          string            `json:"provisioner"`
	Parameters           map[string]string `json:"parameters,omitempty"`
	Default              bool              `json:"default"`
	ReclaimPolicy        string            `json:"reclaimPolicy"`
	VolumeBindingMode    string            `json:"volumeBindingMode"`
	AllowVolumeExpansion bool              `json:"allowVolumeExpansion"`
	MountOptions         []string          `json:"mountOptions,omitempty"`
}
