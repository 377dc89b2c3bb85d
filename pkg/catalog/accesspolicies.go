package catalog

import (
	"maps"
	"slices"
)

// An AccessPolicy is an EKS access policy: what a principal may do in a
// cluster, by Kubernetes permissions that EKS keeps.
type AccessPolicy struct {
	Name string // such as "AmazonEKSViewPolicy"
	// AWSOnly says that only roles of AWS itself may have the policy.
	AWSOnly bool
}

// accessPolicies are the access policies by name. EKS lists them by an API alone
// (aws eks list-access-policies), of which this is the list of April 2026; who
// may have them is in
// https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html.
var accessPolicies = map[string]AccessPolicy{
	"AIDevOpsAgentAccessPolicy":                    {},
	"AmazonAIOpsAssistantPolicy":                   {},
	"AmazonARCRegionSwitchScalingPolicy":           {},
	"AmazonEKSACKPolicy":                           {},
	"AmazonEKSAdminPolicy":                         {},
	"AmazonEKSAdminViewPolicy":                     {},
	"AmazonEKSArgoCDClusterPolicy":                 {},
	"AmazonEKSArgoCDPolicy":                        {},
	"AmazonEKSAutoNodePolicy":                      {},
	"AmazonEKSBlockStorageClusterPolicy":           {AWSOnly: true},
	"AmazonEKSBlockStoragePolicy":                  {AWSOnly: true},
	"AmazonEKSClusterAdminPolicy":                  {},
	"AmazonEKSClusterInsightsPolicy":               {AWSOnly: true},
	"AmazonEKSComputeClusterPolicy":                {AWSOnly: true},
	"AmazonEKSComputePolicy":                       {AWSOnly: true},
	"AmazonEKSEditPolicy":                          {},
	"AmazonEKSEventPolicy":                         {},
	"AmazonEKSHybridPolicy":                        {AWSOnly: true},
	"AmazonEKSKROPolicy":                           {},
	"AmazonEKSLoadBalancingClusterPolicy":          {},
	"AmazonEKSLoadBalancingPolicy":                 {},
	"AmazonEKSNetworkingClusterPolicy":             {},
	"AmazonEKSNetworkingPolicy":                    {},
	"AmazonEKSPodIdentityPolicy":                   {},
	"AmazonEKSSecretAdminPolicy":                   {},
	"AmazonEKSSecretReaderPolicy":                  {},
	"AmazonEKSViewPolicy":                          {},
	"AmazonEMRJobPolicy":                           {},
	"AmazonSagemakerHyperpodClusterPolicy":         {},
	"AmazonSagemakerHyperpodControllerPolicy":      {},
	"AmazonSagemakerHyperpodSpacePolicy":           {},
	"AmazonSagemakerHyperpodSpaceTemplatePolicy":   {},
	"AmazonSagemakerHyperpodSystemNamespacePolicy": {},
	"AmazonSagemakerHyperpodUserClusterPolicy":     {},
}

// LookupAccessPolicy returns the access policy of that name.
func LookupAccessPolicy(name string) (AccessPolicy, bool) {
	policy, ok := accessPolicies[name]
	policy.Name = name
	return policy, ok
}

// AccessPolicies returns the names of the access policies that roles of yours
// may have, sorted.
func AccessPolicies() []string {
	names := slices.Sorted(maps.Keys(accessPolicies))
	return slices.DeleteFunc(names, func(name string) bool { return accessPolicies[name].AWSOnly })
}
