package spec

import "slices"

// Karpenter is Karpenter with its node classes and node pools. Resolve fills
// in the names of roles that need one, and what node classes leave to ekscc.
type Karpenter struct {
	Version           string                  `json:"version"`
	Namespace         string                  `json:"namespace"`
	ServiceAccount    string                  `json:"serviceAccount"`
	Method            string                  `json:"method"`
	ControllerRole    KarpenterControllerRole `json:"controllerRole"`
	NodeRole          KarpenterNodeRole       `json:"nodeRole"`
	InstanceProfile   bool                    `json:"instanceProfile"`
	InterruptionQueue bool                    `json:"interruptionQueue"`
	NodeClasses       map[string]EC2NodeClass `json:"nodeClasses,omitempty"`
	NodePools         map[string]NodePool     `json:"nodePools,omitempty"`
}

// KarpenterDiscoveryTag is the tag, with the cluster's name, by which node
// classes find subnets and security groups.
const KarpenterDiscoveryTag = "karpenter.sh/discovery"

// KarpenterControllerRole is the IAM role of the controller: an existing one by
// ARN, or a new one.
type KarpenterControllerRole = ServiceAccountRole

// KarpenterNodeRole is the IAM role of the nodes that Karpenter starts. Name is
// empty until resolve fills it.
type KarpenterNodeRole struct {
	Name                string   `json:"name,omitempty"`
	ManagedPolicies     []string `json:"managedPolicies,omitempty"`
	PermissionsBoundary string   `json:"permissionsBoundary,omitempty"`
}

// OtherRoles are the names of the existing roles that node classes name in
// place of the created one, sorted, each once.
func (k Karpenter) OtherRoles() []string {
	var names []string
	for _, class := range k.NodeClasses {
		if class.Role != "" && class.Role != k.NodeRole.Name {
			names = append(names, class.Role)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
