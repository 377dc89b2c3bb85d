package spec

// Bastion is an EC2 instance in the VPC from which kubectl reaches the private
// endpoint. InstallKubectl is nil until resolve fills it.
type Bastion struct {
	InstanceType   string                       `json:"instanceType"`
	Subnets        string                       `json:"subnets"`
	Policy         string                       `json:"policy,omitempty"`
	Namespaces     []string                     `json:"namespaces,omitempty"`
	Groups         []string                     `json:"groups,omitempty"`
	InstallKubectl *bool                        `json:"installKubectl,omitempty"`
	KeyPair        string                       `json:"keyPair,omitempty"`
	Ingress        map[string]SecurityGroupRule `json:"ingress,omitempty"`
	Egress         map[string]SecurityGroupRule `json:"egress,omitempty"`
	Role           BastionRole                  `json:"role"`
}

// BastionRole is the IAM role of the bastion. Its name is empty until resolve
// fills it.
type BastionRole struct {
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}

// Access is what the bastion's role may do in the cluster.
func (b Bastion) Access() Access {
	return Access{Role: b.Role.Name, Policy: b.Policy, Namespaces: b.Namespaces, Groups: b.Groups}
}

// rules are the rules that a bastion needs: to the private endpoint, and to
// everything over HTTPS.
func (b *Bastion) rules() (toEndpoint, egress map[string]SecurityGroupRule) {
	port := APIServerPort
	rule := func(description string, peer SecurityGroupPeer) SecurityGroupRule {
		return SecurityGroupRule{Description: description, Protocol: "tcp", Port: &port, SecurityGroupPeer: peer}
	}
	return map[string]SecurityGroupRule{"endpoint": rule("kubectl on the bastion", SecurityGroupPeer{Group: BastionGroup.Name})},
		map[string]SecurityGroupRule{"https": rule("Session Manager, the API server and package repositories", SecurityGroupPeer{CIDR: "0.0.0.0/0"})}
}
