package spec

// SecurityGroup is an existing security group, or a new one.
type SecurityGroup struct {
	ID      string             `json:"id,omitempty"`
	Name    string             `json:"name,omitempty"`
	Ingress map[string]Ingress `json:"ingress,omitempty"`
}

// Ingress is what may connect to a security group.
type Ingress struct {
	Description   string `json:"description,omitempty"`
	Protocol      string `json:"protocol"`
	Port          int    `json:"port"`
	ToPort        *int   `json:"toPort,omitempty"`
	CIDR          string `json:"cidr,omitempty"`
	SecurityGroup string `json:"securityGroup,omitempty"`
}
