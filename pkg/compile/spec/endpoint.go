package spec

// Endpoint is who can reach the Kubernetes API server.
type Endpoint struct {
	Public            bool                       `json:"public"`
	Private           bool                       `json:"private"`
	PublicAccessCIDRs []string                   `json:"publicAccessCIDRs,omitempty"`
	Ingress           map[string]EndpointIngress `json:"ingress,omitempty"`
}

// EndpointIngress is who may reach the private endpoint.
type EndpointIngress struct {
	Description string `json:"description,omitempty"`

	SecurityGroupPeer
}

// APIServerPort is the TCP port of the endpoint.
const APIServerPort = 443

// rules are the ingress to the private endpoint as rules of the control plane's
// security group.
func (e Endpoint) rules() map[string]SecurityGroupRule {
	rules := map[string]SecurityGroupRule{}
	for name, ingress := range e.Ingress {
		port := APIServerPort
		rules[name] = SecurityGroupRule{Description: ingress.Description, Protocol: "tcp", Port: &port, SecurityGroupPeer: ingress.SecurityGroupPeer}
	}
	return rules
}
