package spec

// ClusterRole is the IAM role of the control plane.
type ClusterRole struct {
	ARN                 string   `json:"arn,omitempty"`
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}
