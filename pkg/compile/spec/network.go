package spec

// Network is the VPC and its subnets.
type Network struct {
	VPC               VPC                   `json:"vpc"`
	AvailabilityZones []string              `json:"availabilityZones,omitempty"`
	Subnets           Subnets               `json:"subnets,omitzero"`
	NATGateways       string                `json:"natGateways,omitempty"`
	NATAddresses      []string              `json:"natAddresses,omitempty"`
	NetworkACLs       map[string]NetworkACL `json:"networkACLs,omitempty"`
}

// Exists reports whether the VPC is an existing one.
func (n Network) Exists() bool { return n.VPC.ID != "" }

// VPC is an existing VPC by id, or a new one by CIDR block.
type VPC struct {
	ID   string `json:"id,omitempty"`
	CIDR string `json:"cidr,omitempty"`
}

// Subnets are the subnets of each tier by name.
type Subnets struct {
	Public  map[string]Subnet `json:"public,omitempty"`
	Private map[string]Subnet `json:"private,omitempty"`
}

// Tier returns the subnets of the tier "public" or "private".
func (s Subnets) Tier(tier string) map[string]Subnet {
	if tier == "public" {
		return s.Public
	}
	return s.Private
}

// Subnet is one subnet.
type Subnet struct {
	ID               string `json:"id,omitempty"`
	AvailabilityZone string `json:"availabilityZone"`
	CIDR             string `json:"cidr,omitempty"`
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
	CIDR     string `json:"cidr"`
}

// ControlPlaneTier is the tier whose subnets get the control plane's network
// interfaces: the private one if its subnets span the two zones that EKS asks
// for, and the public one otherwise.
func (n Network) ControlPlaneTier() string {
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
