package spec

// The ways in which the pods of a service account get its role.
const (
	PodIdentity = "podIdentity"
	IRSA        = "irsa"
)

// ServiceAccount is a Kubernetes service account with an IAM role. Name is
// empty until resolve fills it.
type ServiceAccount struct {
	Namespace            string               `json:"namespace"`
	Name                 string               `json:"name,omitempty"`
	Method               string               `json:"method"`
	Role                 ServiceAccountRole   `json:"role"`
	CreateServiceAccount bool                 `json:"createServiceAccount"`
	TargetRoleARN        string               `json:"targetRoleARN,omitempty"`
	SessionPolicy        map[string]Statement `json:"sessionPolicy,omitempty"`
	DisableSessionTags   bool                 `json:"disableSessionTags"`
}

// ServiceAccountRole is the IAM role of a service account: an existing one by
// ARN, or a new one. With IRSA, resolve fills the name of a new one.
type ServiceAccountRole struct {
	ARN                 string               `json:"arn,omitempty"`
	Name                string               `json:"name,omitempty"`
	ManagedPolicies     []string             `json:"managedPolicies,omitempty"`
	Statements          map[string]Statement `json:"statements,omitempty"`
	PermissionsBoundary string               `json:"permissionsBoundary,omitempty"`
}
