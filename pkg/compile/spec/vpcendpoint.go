package spec

import "slices"

// VPCEndpoints is the VPC endpoints of AWS services. Resolve adds the derived
// ones to Interface and Gateway, so that they hold all that are made.
type VPCEndpoints struct {
	Derive        *bool                        `json:"derive,omitempty"`
	Interface     map[string]InterfaceEndpoint `json:"interface,omitempty"`
	Gateway       map[string]GatewayEndpoint   `json:"gateway,omitempty"`
	Existing      []string                     `json:"existing,omitempty"`
	Exclude       []string                     `json:"exclude,omitempty"`
	Subnets       string                       `json:"subnets"`
	SecurityGroup string                       `json:"securityGroup,omitempty"`
}

// InterfaceEndpoint is an interface endpoint of a service. Policy is nil where
// it allows everything.
type InterfaceEndpoint struct {
	PrivateDNS bool           `json:"privateDNS"`
	Policy     map[string]any `json:"policy,omitempty"`
}

// GatewayEndpoint is a gateway endpoint of a service. Policy is nil where it
// allows everything.
type GatewayEndpoint struct {
	Policy map[string]any `json:"policy,omitempty"`
}

// Reaches reports whether the VPC has an endpoint of the service, or another
// way to it.
func (e VPCEndpoints) Reaches(service string) bool {
	_, isInterface := e.Interface[service]
	_, isGateway := e.Gateway[service]
	return isInterface || isGateway || slices.Contains(e.Existing, service)
}
