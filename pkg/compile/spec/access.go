package spec

import "maps"

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

// Access is an IAM principal and what it may do in the cluster. Type is empty
// for people and programs.
type Access struct {
	Role       string                  `json:"role,omitempty"`
	User       string                  `json:"user,omitempty"`
	ARN        string                  `json:"arn,omitempty"`
	Type       string                  `json:"type,omitempty"`
	Policy     string                  `json:"policy,omitempty"`
	Namespaces []string                `json:"namespaces,omitempty"`
	Policies   map[string]AccessPolicy `json:"policies,omitempty"`
	Groups     []string                `json:"groups,omitempty"`
	Username   string                  `json:"username,omitempty"`
}

// AccessPolicy is how far an access policy reaches.
type AccessPolicy struct {
	Namespaces []string `json:"namespaces,omitempty"`
}

// ClusterAdminPolicy is the access policy of an administrator.
const ClusterAdminPolicy = "AmazonEKSClusterAdminPolicy"

// accessPolicyNames are the names of access policies by what Policy calls them.
var accessPolicyNames = map[string]string{
	"admin":        "AmazonEKSAdminPolicy",
	"adminView":    "AmazonEKSAdminViewPolicy",
	"clusterAdmin": ClusterAdminPolicy,
	"edit":         "AmazonEKSEditPolicy",
	"view":         "AmazonEKSViewPolicy",
}

// PolicyName is the name that EKS has for Policy; empty where there is none.
func (a Access) PolicyName() string { return accessPolicyNames[a.Policy] }

// PolicyCalled is what Policy calls the access policy of that name; empty where
// it has no word for it.
func PolicyCalled(name string) string {
	for short, long := range accessPolicyNames {
		if long == name {
			return short
		}
	}
	return ""
}

// AllPolicies are the access policies by name or ARN, Policy among them.
func (a Access) AllPolicies() map[string]AccessPolicy {
	all := maps.Clone(a.Policies)
	if a.Policy == "" {
		return all
	}
	if all == nil {
		all = map[string]AccessPolicy{}
	}
	all[a.PolicyName()] = AccessPolicy{a.Namespaces}
	return all
}

// IsClusterAdmin reports whether the principal administers the whole cluster.
func (a Access) IsClusterAdmin() bool {
	policy, ok := a.AllPolicies()[ClusterAdminPolicy]
	return ok && len(policy.Namespaces) == 0
}
