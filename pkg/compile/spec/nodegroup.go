package spec

// NodeGroup is an EKS managed node group.
type NodeGroup struct {
	InstanceTypes  []string `json:"instanceTypes"`
	CapacityType   string   `json:"capacityType"`
	ReleaseVersion string   `json:"releaseVersion,omitempty"`
	MaxUnavailable int      `json:"maxUnavailable"`

	NodeGroupBase
}

// SelfManagedNodeGroup is an Auto Scaling group with a launch template.
type SelfManagedNodeGroup struct {
	InstanceType string `json:"instanceType"`
	Image        *Image `json:"image,omitempty"`

	NodeGroupBase
}

// NodeGroupBase is what every kind of node group has.
type NodeGroupBase struct {
	Version        string                       `json:"version,omitempty"`
	Scaling        Scaling                      `json:"scaling"`
	Subnets        string                       `json:"subnets"`
	Volume         Volume                       `json:"volume"`
	KeyPair        string                       `json:"keyPair,omitempty"`
	Ingress        map[string]SecurityGroupRule `json:"ingress,omitempty"`
	Egress         map[string]SecurityGroupRule `json:"egress,omitempty"`
	SecurityGroups []string                     `json:"securityGroups,omitempty"`
	Labels         map[string]string            `json:"labels,omitempty"`
	Taints         map[string]Taint             `json:"taints,omitempty"`
	Tags           map[string]string            `json:"tags,omitempty"`
	Role           NodeRole                     `json:"role"`
}

// HasRules reports whether the group declares rules of a security group, or
// that nothing may leave its nodes.
func (g NodeGroupBase) HasRules() bool { return len(g.Ingress) > 0 || g.Egress != nil }

// Scaling is the size of a node group. Desired is nil until resolve fills it.
type Scaling struct {
	Min     int  `json:"min"`
	Max     int  `json:"max"`
	Desired *int `json:"desired,omitempty"`
}

// Image is an image by id or by release.
type Image struct {
	ID      string `json:"id,omitempty"`
	Release string `json:"release,omitempty"`
}

// Volume is the root EBS volume of a node; Size is in GiB.
type Volume struct {
	Size      int    `json:"size"`
	Type      string `json:"type"`
	Encrypted bool   `json:"encrypted"`
}

// Taint is the value and effect of a taint.
type Taint struct {
	Value  string `json:"value,omitempty"`
	Effect string `json:"effect"`
}

// NodeRole is the IAM role of a node group's nodes.
type NodeRole struct {
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}
