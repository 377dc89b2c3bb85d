package spec

// NodeClass is a node class of Auto Mode. Its fields are those of the object
// that it becomes, but for the certificates, so that its JSON form is nearly the
// object's spec once resolve has filled in what is not stated.
type NodeClass struct {
	Role                             string                      `json:"role,omitempty"`
	SubnetSelectorTerms              []SubnetSelectorTerm        `json:"subnetSelectorTerms,omitempty"`
	SecurityGroupSelectorTerms       []SecurityGroupSelectorTerm `json:"securityGroupSelectorTerms,omitempty"`
	PodSubnetSelectorTerms           []SubnetSelectorTerm        `json:"podSubnetSelectorTerms,omitempty"`
	PodSecurityGroupSelectorTerms    []SecurityGroupSelectorTerm `json:"podSecurityGroupSelectorTerms,omitempty"`
	CapacityReservationSelectorTerms []NodeClassReservationTerm  `json:"capacityReservationSelectorTerms,omitempty"`
	SNATPolicy                       string                      `json:"snatPolicy,omitempty"`
	NetworkPolicy                    string                      `json:"networkPolicy,omitempty"`
	NetworkPolicyEventLogs           string                      `json:"networkPolicyEventLogs,omitempty"`
	EphemeralStorage                 *EphemeralStorage           `json:"ephemeralStorage,omitempty"`
	AdvancedNetworking               *AdvancedNetworking         `json:"advancedNetworking,omitempty"`
	AdvancedSecurity                 *AdvancedSecurity           `json:"advancedSecurity,omitempty"`
	CertificateBundles               map[string]string           `json:"certificateBundles,omitempty"`
	Tags                             map[string]string           `json:"tags,omitempty"`
}

// NodeClassReservationTerm selects capacity reservations.
type NodeClassReservationTerm struct {
	ID    string            `json:"id,omitempty"`
	Tags  map[string]string `json:"tags,omitempty"`
	Owner string            `json:"owner,omitempty"`
}

// EphemeralStorage is the disk of nodes that pods use.
type EphemeralStorage struct {
	Size       string `json:"size,omitempty"`
	IOPS       *int   `json:"iops,omitempty"`
	Throughput *int   `json:"throughput,omitempty"`
	KMSKeyID   string `json:"kmsKeyID,omitempty"`
}

// AdvancedNetworking is how nodes reach others.
type AdvancedNetworking struct {
	AssociatePublicIPAddress *bool    `json:"associatePublicIPAddress,omitempty"`
	HTTPSProxy               string   `json:"httpsProxy,omitempty"`
	NoProxy                  []string `json:"noProxy,omitempty"`
	IPv4PrefixSize           string   `json:"ipv4PrefixSize,omitempty"`
}

// AdvancedSecurity is what nodes run that certain rules ask for.
type AdvancedSecurity struct {
	FIPS *bool `json:"fips,omitempty"`
}
