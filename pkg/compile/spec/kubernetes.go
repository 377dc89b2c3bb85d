package spec

// Kubernetes is the Kubernetes objects that are not workloads.
type Kubernetes struct {
	Namespaces             map[string]Namespace             `json:"namespaces,omitempty"`
	ConfigMaps             map[string]ConfigMap             `json:"configMaps,omitempty"`
	StorageClasses         map[string]StorageClass          `json:"storageClasses,omitempty"`
	PersistentVolumeClaims map[string]PersistentVolumeClaim `json:"persistentVolumeClaims,omitempty"`
	Manifests              map[string]Manifest              `json:"manifests,omitempty"`
}

// Manifest is one Kubernetes object, passed on as it is.
type Manifest map[string]any

// ConfigMap is texts that containers get as environment variables or files.
type ConfigMap struct {
	Namespace   string            `json:"namespace"`
	Data        map[string]string `json:"data"`
	Immutable   bool              `json:"immutable"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}
