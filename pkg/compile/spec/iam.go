package spec

// IAM is what all IAM resources that ekscc creates have in common.
type IAM struct {
	Path                string `json:"path,omitempty"`
	PermissionsBoundary string `json:"permissionsBoundary,omitempty"`
	OIDCProvider        *bool  `json:"oidcProvider,omitempty"`
}

// ClusterRole is the IAM role of the control plane.
type ClusterRole = Role

// Role is an IAM role: an existing one by its ARN, or a new one.
type Role struct {
	ARN                 string   `json:"arn,omitempty"`
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}

// Statement is a statement of an IAM policy. Conditions are the values by
// operator and key.
type Statement struct {
	Effect     string                         `json:"effect"`
	Actions    []string                       `json:"actions"`
	Resources  []string                       `json:"resources"`
	Conditions map[string]map[string][]string `json:"conditions,omitempty"`
}
