package spec

// VPCCNI is the settings of the Amazon VPC CNI plugin; nil keeps its default.
type VPCCNI struct {
	ExternalSNAT     *bool             `json:"externalSNAT,omitempty"`
	LogLevel         string            `json:"logLevel,omitempty"`
	PrefixDelegation *bool             `json:"prefixDelegation,omitempty"`
	Env              map[string]string `json:"env,omitempty"`
}

// Addon is an EKS add-on.
type Addon struct {
	Configuration map[string]any `json:"configuration,omitempty"`

	AddonBase
}

// AddonBase is what every EKS add-on has.
type AddonBase struct {
	Version          string            `json:"version,omitempty"`
	ResolveConflicts string            `json:"resolveConflicts"`
	PreserveOnDelete bool              `json:"preserveOnDelete,omitempty"`
	Namespace        string            `json:"namespace,omitempty"`
	Tags             map[string]string `json:"tags,omitempty"`
}
