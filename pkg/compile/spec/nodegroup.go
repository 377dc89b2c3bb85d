package spec

// NodeGroupBase is what every kind of node group has. MaxPods is nil where the
// node's image computes it.
type NodeGroupBase struct {
	InstanceTypes     []string                     `json:"instanceTypes"`
	CapacityType      string                       `json:"capacityType"`
	MaxPods           *int                         `json:"maxPods,omitempty"`
	Version           string                       `json:"version,omitempty"`
	Scaling           Scaling                      `json:"scaling"`
	Subnets           string                       `json:"subnets"`
	Image             Image                        `json:"image"`
	Kubelet           *Kubelet                     `json:"kubelet,omitempty"`
	UserData          *UserData                    `json:"userData,omitempty"`
	NodeConfig        *NodeConfig                  `json:"nodeConfig,omitempty"`
	Bottlerocket      *BottlerocketNode            `json:"bottlerocket,omitempty"`
	AvailabilityZones []string                     `json:"availabilityZones,omitempty"`
	Volume            Volume                       `json:"volume"`
	Volumes           map[string]ExtraVolume       `json:"volumes,omitempty"`
	KeyPair           string                       `json:"keyPair,omitempty"`
	Ingress           map[string]SecurityGroupRule `json:"ingress,omitempty"`
	Egress            map[string]SecurityGroupRule `json:"egress,omitempty"`
	SecurityGroups    []string                     `json:"securityGroups,omitempty"`
	Labels            map[string]string            `json:"labels,omitempty"`
	Taints            map[string]Taint             `json:"taints,omitempty"`
	Tags              map[string]string            `json:"tags,omitempty"`
	Role              NodeRole                     `json:"role"`

	InstanceSettings
}

// OnDemand, Spot and CapacityBlock are the capacityTypes of instances that one
// has for as long as one pays, of instances that EC2 may take back, and of those
// that have been reserved for some days.
const (
	OnDemand      = "ON_DEMAND"
	Spot          = "SPOT"
	CapacityBlock = "CAPACITY_BLOCK"
)

// HasRules reports whether the group declares rules of a security group, or
// that nothing may leave its nodes.
func (g NodeGroupBase) HasRules() bool { return len(g.Ingress) > 0 || g.Egress != nil }

// Scaling is the size of a node group. Desired is nil until resolve fills it.
type Scaling struct {
	Min     int  `json:"min"`
	Max     int  `json:"max"`
	Desired *int `json:"desired,omitempty"`
}

// Taint is the value and effect of a taint.
type Taint struct {
	Value  string `json:"value,omitempty"`
	Effect string `json:"effect"`
}

// NodeRole is the IAM role of a node group's nodes.
type NodeRole = Role
