package spec

import (
	"cmp"
	"slices"
	"strings"
)

// AutoMode is EKS Auto Mode. Resolve fills in the node pools where the spec
// has none; an empty list stays.
type AutoMode struct {
	Enabled    bool         `json:"enabled"`
	NodePools  []string     `json:"nodePools,omitempty"`
	Role       AutoModeRole `json:"role"`
	AddedLater bool         `json:"addedLater"`

	CustomNodePools map[string]NodePool  `json:"customNodePools,omitempty"`
	NodeClasses     map[string]NodeClass `json:"nodeClasses,omitempty"`
}

// AutoModeRole is the IAM role of Auto Mode's nodes.
type AutoModeRole = Role

// OtherRoles are the names of the existing roles that node classes name in
// place of that of the nodes, sorted, each once.
func (a AutoMode) OtherRoles() []string {
	var names []string
	for _, class := range a.NodeClasses {
		if class.Role != "" {
			names = append(names, class.Role)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// RoleName is the name of the nodes' role, created or given, or empty where
// CloudFormation names it.
func (a AutoMode) RoleName() string {
	return cmp.Or(a.Role.ARN[strings.LastIndex(a.Role.ARN, "/")+1:], a.Role.Name)
}

// OwnNodePools reports whether the user brings the node pools, so that EKS
// does not let the node role in by itself.
func (a AutoMode) OwnNodePools() bool { return a.NodePools != nil && len(a.NodePools) == 0 }

// AutoModeEnabled reports whether Auto Mode starts nodes.
func (c Cluster) AutoModeEnabled() bool { return c.AutoMode != nil && c.AutoMode.Enabled }

// HasNodeGroups reports whether there are node groups of any kind.
func (c Cluster) HasNodeGroups() bool { return len(c.NodeGroups)+len(c.SelfManagedNodeGroups) > 0 }

// OnlyAutoMode reports whether all nodes in the VPC are Auto Mode's.
func (c Cluster) OnlyAutoMode() bool {
	return c.AutoModeEnabled() && !c.HasNodeGroups() && c.Karpenter == nil
}

// HasNodes reports whether anything gives the cluster nodes in the VPC.
func (c Cluster) HasNodes() bool {
	return c.HasNodeGroups() || c.AutoModeEnabled() || c.Karpenter != nil
}
