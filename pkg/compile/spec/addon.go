package spec

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
	Identity         string            `json:"identity,omitempty"`
	Role             AddonRole         `json:"role,omitzero"`
	ServiceAccount   string            `json:"serviceAccount,omitempty"`
	Tags             map[string]string `json:"tags,omitempty"`
}

// HasRole reports whether the add-on's pods have a role of their own.
func (a AddonBase) HasRole() bool { return a.Identity == PodIdentity || a.Identity == IRSA }

// AddonRole is the IAM role of an add-on's pods.
type AddonRole struct {
	ARN                 string               `json:"arn,omitempty"`
	ManagedPolicies     []string             `json:"managedPolicies,omitempty"`
	Statements          map[string]Statement `json:"statements,omitempty"`
	PermissionsBoundary string               `json:"permissionsBoundary,omitempty"`
}

// Idle reports whether the spec says of nothing that the role may do.
func (r AddonRole) Idle() bool {
	return r.ARN == "" && len(r.ManagedPolicies) == 0 && len(r.Statements) == 0
}

// NoIdentity is that an add-on's pods use the nodes' role. The other ways are
// PodIdentity and IRSA.
const NoIdentity = "none"
