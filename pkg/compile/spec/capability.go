package spec

// Capabilities are the controllers that EKS runs for the cluster.
type Capabilities struct {
	ArgoCD *ArgoCDCapability `json:"argoCD,omitempty"`
	ACK    *ACKCapability    `json:"ack,omitempty"`
	Kro    *KroCapability    `json:"kro,omitempty"`
}

// CapabilityBase is what every capability has. Resolve fills in the name.
type CapabilityBase struct {
	Name string         `json:"name,omitempty"`
	Role CapabilityRole `json:"role"`
}

// CapabilityRole is the IAM role of a capability.
type CapabilityRole = ServiceAccountRole

// ArgoCDCapability is the capability for Argo CD.
type ArgoCDCapability struct {
	Namespace      string               `json:"namespace,omitempty"`
	IdentityCenter ArgoCDIdentityCenter `json:"identityCenter"`
	Roles          ArgoCDRoles          `json:"roles,omitzero"`
	VPCEndpoints   []string             `json:"vpcEndpoints,omitempty"`

	CapabilityBase
}

// ArgoCDIdentityCenter is where people sign in.
type ArgoCDIdentityCenter struct {
	InstanceARN string `json:"instanceARN"`
	Region      string `json:"region,omitempty"`
}

// ArgoCDRoles is who may do what in Argo CD.
type ArgoCDRoles struct {
	Admin  ArgoCDIdentities `json:"admin,omitzero"`
	Editor ArgoCDIdentities `json:"editor,omitzero"`
	Viewer ArgoCDIdentities `json:"viewer,omitzero"`
}

// ArgoCDIdentities are the ids of users and groups.
type ArgoCDIdentities struct {
	Users  []string `json:"users,omitempty"`
	Groups []string `json:"groups,omitempty"`
}

// ACKCapability is the capability for AWS Controllers for Kubernetes.
type ACKCapability struct {
	DisabledServices     []string `json:"disabledServices,omitempty"`
	EnableCrossNamespace *bool    `json:"enableCrossNamespace,omitempty"`

	CapabilityBase
}

// KroCapability is the capability for kro.
type KroCapability struct {
	CapabilityBase
}

// CapabilityEntry is one of the capabilities that a cluster has.
type CapabilityEntry struct {
	// Field is its name in the spec, and Type what EKS calls its kind.
	Field, Type string
	*CapabilityBase
}

// All are the capabilities that there are, in the order of their fields. None
// are in nil.
func (c *Capabilities) All() []CapabilityEntry {
	var all []CapabilityEntry
	if c != nil && c.ACK != nil {
		all = append(all, CapabilityEntry{"ack", "ACK", &c.ACK.CapabilityBase})
	}
	if c != nil && c.ArgoCD != nil {
		all = append(all, CapabilityEntry{"argoCD", "ARGOCD", &c.ArgoCD.CapabilityBase})
	}
	if c != nil && c.Kro != nil {
		all = append(all, CapabilityEntry{"kro", "KRO", &c.Kro.CapabilityBase})
	}
	return all
}

// ArgoCDRole is a role of Argo CD with who has it.
type ArgoCDRole struct {
	// Field is its name in the spec, and Name what EKS calls it.
	Field, Name string
	ArgoCDIdentities
}

// All are the roles in the order of what they may do, those of nobody too.
func (r ArgoCDRoles) All() []ArgoCDRole {
	return []ArgoCDRole{{"admin", "ADMIN", r.Admin}, {"editor", "EDITOR", r.Editor}, {"viewer", "VIEWER", r.Viewer}}
}
