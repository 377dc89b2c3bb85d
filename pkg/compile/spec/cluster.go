package spec

// Cluster is one EKS cluster and the AWS resources around it.
type Cluster struct {
	Name               string             `json:"name"`
	Region             string             `json:"region"`
	Account            string             `json:"account"`
	Version            string             `json:"version"`
	Tags               map[string]string  `json:"tags,omitempty"`
	Network            Network            `json:"network"`
	Endpoint           Endpoint           `json:"endpoint"`
	Role               *ClusterRole       `json:"role,omitempty"`
	SecurityGroup      *SecurityGroup     `json:"securityGroup,omitempty"`
	ServiceCIDR        string             `json:"serviceCIDR,omitempty"`
	Logging            *Logging           `json:"logging,omitempty"`
	SecretsEncryption  *SecretsEncryption `json:"secretsEncryption,omitempty"`
	AuthenticationMode AuthenticationMode `json:"authenticationMode"`

	BootstrapClusterCreatorAdminPermissions bool `json:"bootstrapClusterCreatorAdminPermissions"`

	Access                map[string]Access               `json:"access,omitempty"`
	NodeGroups            map[string]NodeGroup            `json:"nodeGroups,omitempty"`
	SelfManagedNodeGroups map[string]SelfManagedNodeGroup `json:"selfManagedNodeGroups,omitempty"`
	VPCCNI                *VPCCNI                         `json:"vpcCNI,omitempty"`
	Addons                map[string]Addon                `json:"addons,omitempty"`
}

// AuthenticationMode says where EKS looks for who may use the cluster.
type AuthenticationMode string

// The authentication modes, in the only order in which a cluster can move
// through them.
const (
	AuthConfigMap       AuthenticationMode = "CONFIG_MAP"
	AuthAPIAndConfigMap AuthenticationMode = "API_AND_CONFIG_MAP"
	AuthAPI             AuthenticationMode = "API"
)

// UsesConfigMap reports whether EKS reads the aws-auth ConfigMap.
func (m AuthenticationMode) UsesConfigMap() bool { return m != AuthAPI }

// UsesAccessEntries reports whether EKS reads access entries.
func (m AuthenticationMode) UsesAccessEntries() bool { return m != AuthConfigMap }

// Endpoint is who can reach the Kubernetes API server.
type Endpoint struct {
	Public            bool     `json:"public"`
	Private           bool     `json:"private"`
	PublicAccessCIDRs []string `json:"publicAccessCIDRs,omitempty"`
}

// ClusterRole is the IAM role of the control plane.
type ClusterRole struct {
	ARN                 string   `json:"arn,omitempty"`
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}

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

// Logging is which control-plane logs go to CloudWatch Logs.
type Logging struct {
	Types []string `json:"types"`
}

// SecretsEncryption is the KMS key that encrypts Kubernetes secrets.
type SecretsEncryption struct {
	KeyARN string `json:"keyARN"`
}

// Access is an IAM principal and what it may do in the cluster.
type Access struct {
	Role       string   `json:"role,omitempty"`
	User       string   `json:"user,omitempty"`
	ARN        string   `json:"arn,omitempty"`
	Policy     string   `json:"policy,omitempty"`
	Namespaces []string `json:"namespaces,omitempty"`
	Groups     []string `json:"groups,omitempty"`
	Username   string   `json:"username,omitempty"`
}

// VPCCNI is the settings of the Amazon VPC CNI plugin; nil keeps its default.
type VPCCNI struct {
	ExternalSNAT     *bool             `json:"externalSNAT,omitempty"`
	LogLevel         string            `json:"logLevel,omitempty"`
	PrefixDelegation *bool             `json:"prefixDelegation,omitempty"`
	Env              map[string]string `json:"env,omitempty"`
}

// Addon is an EKS add-on.
type Addon struct {
	Version          string         `json:"version,omitempty"`
	Configuration    map[string]any `json:"configuration,omitempty"`
	ResolveConflicts string         `json:"resolveConflicts"`
}
