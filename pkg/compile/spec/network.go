package spec

// Network is the VPC and its subnets.
type Network struct {
	VPC               VPC      `json:"vpc"`
	AvailabilityZones []string `json:"availabilityZones,omitempty"`
	Tiers             Tiers    `json:"tiers,omitzero"`
	Subnets           Subnets  `json:"subnets,omitzero"`
	NATGateways       string   `json:"natGateways,omitempty"`

	ControlPlaneSubnets string `json:"controlPlaneSubnets,omitempty"`

	NATAddresses  []string              `json:"natAddresses,omitempty"`
	VPCEndpoints  *VPCEndpoints         `json:"vpcEndpoints,omitempty"`
	FlowLogs      *FlowLogs             `json:"flowLogs,omitempty"`
	DHCPOptions   *DHCPOptions          `json:"dhcpOptions,omitempty"`
	HostnameType  string                `json:"hostnameType,omitempty"`
	RemoteGateway *RemoteGateway        `json:"remoteGateway,omitempty"`
	NetworkACLs   map[string]NetworkACL `json:"networkACLs,omitempty"`

	KarpenterDiscovery *bool `json:"karpenterDiscovery,omitempty"`
}

// Exists reports whether the VPC is an existing one.
func (n Network) Exists() bool { return n.VPC.ID != "" }

// VPC is an existing VPC by id, or a new one by CIDR block.
type VPC struct {
	ID   string `json:"id,omitempty"`
	CIDR string `json:"cidr,omitempty"`

	InstanceTenancy string `json:"instanceTenancy,omitempty"`

	SecondaryCIDRs map[string]string `json:"secondaryCIDRs,omitempty"`

	// InternetGateway and IPv6 are nil until resolve fills them.
	InternetGateway *bool `json:"internetGateway,omitempty"`
	IPv6            *bool `json:"ipv6,omitempty"`
}

// RemoteGateway is a gateway to remote networks.
type RemoteGateway struct {
	TransitGateway string `json:"transitGateway,omitempty"`
	VPNGateway     string `json:"vpnGateway,omitempty"`
}

// TierNames are the names of the tiers, in the order of reports.
var TierNames = []string{"public", "private", "isolated", "pod"}

// Tiers is how the subnets of each tier are computed; nil says nothing of it.
type Tiers struct {
	Public   *Tier `json:"public,omitempty"`
	Private  *Tier `json:"private,omitempty"`
	Isolated *Tier `json:"isolated,omitempty"`
	Pod      *Tier `json:"pod,omitempty"`
}

// Tier returns what is said of the tier of that name.
func (t Tiers) Tier(name string) *Tier {
	return map[string]*Tier{"public": t.Public, "private": t.Private, "isolated": t.Isolated, "pod": t.Pod}[name]
}

// Tier is how the subnets of one tier are computed. PrefixLength is 0 where
// each subnet gets all that its zone has of the block.
type Tier struct {
	CIDR         string `json:"cidr,omitempty"`
	PrefixLength int    `json:"prefixLength,omitempty"`
}

// Subnets are the subnets of each tier by name.
type Subnets struct {
	Public   map[string]Subnet `json:"public,omitempty"`
	Private  map[string]Subnet `json:"private,omitempty"`
	Isolated map[string]Subnet `json:"isolated,omitempty"`
	Pod      map[string]Subnet `json:"pod,omitempty"`
}

// Tier returns the subnets of the tier of that name.
func (s Subnets) Tier(name string) map[string]Subnet {
	return map[string]map[string]Subnet{"public": s.Public, "private": s.Private, "isolated": s.Isolated, "pod": s.Pod}[name]
}

// SetTier replaces the subnets of the tier of that name.
func (s *Subnets) SetTier(name string, subnets map[string]Subnet) {
	*map[string]*map[string]Subnet{"public": &s.Public, "private": &s.Private, "isolated": &s.Isolated, "pod": &s.Pod}[name] = subnets
}

// Subnet is one subnet.
type Subnet struct {
	ID               string `json:"id,omitempty"`
	RouteTable       string `json:"routeTable,omitempty"`
	AvailabilityZone string `json:"availabilityZone"`
	CIDR             string `json:"cidr,omitempty"`
	// IPv6Index is nil where the VPC has no IPv6 block.
	IPv6Index *int `json:"ipv6Index,omitempty"`
}

// NetworkACL is a network ACL for all subnets of one tier.
type NetworkACL struct {
	Tier    string                    `json:"tier"`
	Ingress map[string]NetworkACLRule `json:"ingress"`
	Egress  map[string]NetworkACLRule `json:"egress"`
}

// NetworkACLRule is one rule of a network ACL.
type NetworkACLRule struct {
	Number   int    `json:"number"`
	Action   string `json:"action"`
	Protocol string `json:"protocol"`
	Port     *int   `json:"port,omitempty"`
	ToPort   *int   `json:"toPort,omitempty"`
	CIDR     string `json:"cidr,omitempty"`
	IPv6CIDR string `json:"ipv6CIDR,omitempty"`
}

// ControlPlaneTier is the tier whose subnets get the control plane's network
// interfaces: the stated one, or else the private one if its subnets span the
// two zones that EKS asks for, and the public one otherwise.
func (n Network) ControlPlaneTier() string {
	if n.ControlPlaneSubnets != "" {
		return n.ControlPlaneSubnets
	}
	if n.Subnets.zones("private") >= 2 {
		return "private"
	}
	return "public"
}

// zones counts the Availability Zones of a tier's subnets.
func (s Subnets) zones(tier string) int {
	zones := map[string]bool{}
	for _, subnet := range s.Tier(tier) {
		zones[subnet.AvailabilityZone] = true
	}
	return len(zones)
}
