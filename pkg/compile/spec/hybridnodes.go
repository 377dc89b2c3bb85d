package spec

// HybridNodes is how machines outside AWS get the role of hybrid nodes.
type HybridNodes struct {
	Role          HybridNodesRole   `json:"role"`
	SSM           *HybridActivation `json:"ssm,omitempty"`
	RolesAnywhere *RolesAnywhere    `json:"rolesAnywhere,omitempty"`
	Tags          map[string]string `json:"tags,omitempty"`
}

// HybridNodesRole is the IAM role of hybrid nodes.
type HybridNodesRole struct {
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}

// HybridActivation is the tag of an activation of AWS Systems Manager. An empty
// TagValue is the ARN of the cluster.
type HybridActivation struct {
	TagKey   string `json:"tagKey"`
	TagValue string `json:"tagValue,omitempty"`
}

// RolesAnywhere is a trust anchor and a profile of IAM Roles Anywhere. Resolve
// leaves nothing but certificates of CABundle.
type RolesAnywhere struct {
	CABundle        string `json:"caBundle,omitempty"`
	PrivateCAARN    string `json:"privateCAARN,omitempty"`
	NodeNameField   string `json:"nodeNameField"`
	DurationSeconds int    `json:"durationSeconds"`
}
