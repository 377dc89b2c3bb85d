package lower

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/ir"
)

// podENIPolicy lets EKS attach the network interfaces of pods with security
// groups of their own, and give addresses to pods on Windows nodes; see
// https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html
// and https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html.
const podENIPolicy = "AmazonEKSVPCResourceController"

// podSecurityGroupPolicies are the SecurityGroupPolicies, a kind that EKS
// brings; see https://docs.aws.amazon.com/eks/latest/userguide/sg-pods-example-deployment.html.
func (c cluster) podSecurityGroupPolicies() []ir.Object {
	var objects []ir.Object
	for _, policy := range sorted(c.PodSecurityGroups) {
		selector, labels := "podSelector", policy.value.PodLabels
		if policy.value.ServiceAccountLabels != nil {
			selector, labels = "serviceAccountSelector", policy.value.ServiceAccountLabels
		}
		matched := map[string]any{}
		if len(labels) > 0 {
			matched["matchLabels"] = labels
		}
		groups := map[string]any{}
		// The base may not know them.
		if len(policy.value.Groups) > 0 {
			groups["groupIds"] = slices.Sorted(slices.Values(policy.value.Groups))
		}
		object := object(map[string]any{
			"apiVersion": "vpcresources.k8s.aws/v1beta1",
			"kind":       "SecurityGroupPolicy",
			"metadata":   map[string]any{"name": policy.name, "namespace": policy.value.Namespace},
			"spec":       map[string]any{selector: matched, "securityGroups": groups},
		})
		object.File = policy.name
		objects = append(objects, object)
	}
	return objects
}
