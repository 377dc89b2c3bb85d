package spec

// SecurityGroup is the additional security group of the control plane: an
// existing one, or a new one.
type SecurityGroup struct {
	ID      string                       `json:"id,omitempty"`
	Name    string                       `json:"name,omitempty"`
	Ingress map[string]SecurityGroupRule `json:"ingress,omitempty"`
}

// ClusterSecurityGroup is further rules of the security group that EKS makes.
type ClusterSecurityGroup struct {
	Ingress map[string]SecurityGroupRule `json:"ingress"`
}

// NodeSecurityGroup is the security group that all node groups share. With a
// nil Egress everything may leave; with an empty one nothing may.
type NodeSecurityGroup struct {
	ID      string                       `json:"id,omitempty"`
	Name    string                       `json:"name,omitempty"`
	Ingress map[string]SecurityGroupRule `json:"ingress,omitempty"`
	Egress  map[string]SecurityGroupRule `json:"egress,omitempty"`

	WithClusterSecurityGroup bool `json:"withClusterSecurityGroup"`
}

// LimitsEgress reports whether nodes may leave only where rules allow it: they
// are outside the security group that EKS makes, which lets everything out, and
// so does not this one, or it exists and is not known.
func (g *NodeSecurityGroup) LimitsEgress() bool {
	return g != nil && !g.WithClusterSecurityGroup && (g.ID != "" || g.Egress != nil)
}

// SecurityGroupRule is one rule of a security group.
type SecurityGroupRule struct {
	Description string `json:"description,omitempty"`
	Protocol    string `json:"protocol"`
	Port        *int   `json:"port,omitempty"`
	ToPort      *int   `json:"toPort,omitempty"`
	ICMPType    *int   `json:"icmpType,omitempty"`
	ICMPCode    *int   `json:"icmpCode,omitempty"`

	SecurityGroupPeer
}

// LastPort is the end of the range that begins at Port, which is not nil.
func (r SecurityGroupRule) LastPort() int {
	if r.ToPort != nil {
		return *r.ToPort
	}
	return *r.Port
}

// SecurityGroupPeer is the other side of a rule: one of its fields.
type SecurityGroupPeer struct {
	CIDR          string `json:"cidr,omitempty"`
	IPv6CIDR      string `json:"ipv6CIDR,omitempty"`
	PrefixList    string `json:"prefixList,omitempty"`
	SecurityGroup string `json:"securityGroup,omitempty"`
	Group         string `json:"group,omitempty"`
	NodeGroup     string `json:"nodeGroup,omitempty"`
}

// Ref is the security group of the cluster that the peer names, if it names
// one.
func (p SecurityGroupPeer) Ref() (GroupRef, bool) {
	if p.NodeGroup != "" {
		return NodeGroupRef(p.NodeGroup), true
	}
	return GroupRef{Name: p.Group}, p.Group != ""
}

// GroupRef names a security group of the cluster.
type GroupRef struct {
	// Name is "cluster", "controlPlane", "nodes" or "bastion", or empty for the
	// one of a node group.
	Name string
	// NodeGroup is the node group's name.
	NodeGroup string
}

// The security groups that a cluster has at most one of.
var (
	ClusterGroup      = GroupRef{Name: "cluster"}
	ControlPlaneGroup = GroupRef{Name: "controlPlane"}
	NodesGroup        = GroupRef{Name: "nodes"}
	BastionGroup      = GroupRef{Name: "bastion"}
)

// NodeGroupRef names the security group of one node group.
func NodeGroupRef(name string) GroupRef { return GroupRef{NodeGroup: name} }
