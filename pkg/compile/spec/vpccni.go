package spec

// VPCCNI is the settings of the Amazon VPC CNI plugin; nil keeps its default.
type VPCCNI struct {
	ExternalSNAT     *bool             `json:"externalSNAT,omitempty"`
	LogLevel         string            `json:"logLevel,omitempty"`
	PrefixDelegation *bool             `json:"prefixDelegation,omitempty"`
	Env              map[string]string `json:"env,omitempty"`

	PodSecurityGroupEnforcingMode string `json:"podSecurityGroupEnforcingMode,omitempty"`
}
