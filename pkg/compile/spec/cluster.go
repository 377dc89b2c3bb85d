package spec

// Cluster is one EKS cluster and the AWS resources around it.
type Cluster struct {
	Name               string             `json:"name"`
	Region             string             `json:"region"`
	Account            string             `json:"account"`
	Version            string             `json:"version"`
	Tags               map[string]string  `json:"tags,omitempty"`
	IAM                IAM                `json:"iam,omitzero"`
	Network            Network            `json:"network"`
	Endpoint           Endpoint           `json:"endpoint"`
	Role               *ClusterRole       `json:"role,omitempty"`
	SecurityGroup      *SecurityGroup     `json:"securityGroup,omitempty"`
	IPFamily           IPFamily           `json:"ipFamily"`
	ServiceCIDR        string             `json:"serviceCIDR,omitempty"`
	RemoteNetworks     *RemoteNetworks    `json:"remoteNetworks,omitempty"`
	HybridNodes        *HybridNodes       `json:"hybridNodes,omitempty"`
	Logging            *Logging           `json:"logging,omitempty"`
	SecretsEncryption  *SecretsEncryption `json:"secretsEncryption,omitempty"`
	AuthenticationMode AuthenticationMode `json:"authenticationMode"`

	Bastion                  *Bastion              `json:"bastion,omitempty"`
	AdditionalSecurityGroups []string              `json:"additionalSecurityGroups,omitempty"`
	ClusterSecurityGroup     *ClusterSecurityGroup `json:"clusterSecurityGroup,omitempty"`
	NodeSecurityGroup        *NodeSecurityGroup    `json:"nodeSecurityGroup,omitempty"`

	PodSecurityGroups map[string]PodSecurityGroups `json:"podSecurityGroups,omitempty"`

	BootstrapClusterCreatorAdminPermissions bool `json:"bootstrapClusterCreatorAdminPermissions"`

	IdentityProviders     map[string]IdentityProvider     `json:"identityProviders,omitempty"`
	Capabilities          *Capabilities                   `json:"capabilities,omitempty"`
	AutoMode              *AutoMode                       `json:"autoMode,omitempty"`
	Karpenter             *Karpenter                      `json:"karpenter,omitempty"`
	Access                map[string]Access               `json:"access,omitempty"`
	ServiceAccounts       map[string]ServiceAccount       `json:"serviceAccounts,omitempty"`
	NodeGroups            map[string]NodeGroup            `json:"nodeGroups,omitempty"`
	SelfManagedNodeGroups map[string]SelfManagedNodeGroup `json:"selfManagedNodeGroups,omitempty"`
	FargateProfiles       map[string]FargateProfile       `json:"fargateProfiles,omitempty"`
	FargateLogging        *FargateLogging                 `json:"fargateLogging,omitempty"`
	ClusterAutoscaler     *ClusterAutoscaler              `json:"clusterAutoscaler,omitempty"`
	VPCCNI                *VPCCNI                         `json:"vpcCNI,omitempty"`
	Addons                map[string]Addon                `json:"addons,omitempty"`

	Layout  Layout           `json:"layout,omitzero"`
	Stacks  map[string]Stack `json:"stacks,omitempty"`
	GitSync *GitSync         `json:"gitSync,omitempty"`

	ControlPlane
}
