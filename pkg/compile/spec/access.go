package spec

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
