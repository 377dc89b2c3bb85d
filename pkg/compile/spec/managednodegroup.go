package spec

// NodeGroup is an EKS managed node group.
type NodeGroup struct {
	UpdateConfig UpdateConfig `json:"updateConfig"`
	NodeRepair   *NodeRepair  `json:"nodeRepair,omitempty"`
	WarmPool     *WarmPool    `json:"warmPool,omitempty"`

	LaunchTemplate *GivenLaunchTemplate `json:"launchTemplate,omitempty"`

	NodeGroupBase
}

// GivenLaunchTemplate is a launch template that exists already.
type GivenLaunchTemplate struct {
	ID        string `json:"id,omitempty"`
	Name      string `json:"name,omitempty"`
	Version   int    `json:"version"`
	WithImage bool   `json:"withImage,omitempty"`
}

// UpdateConfig is how EKS updates the nodes of a managed group. Resolve fills
// in MaxUnavailable where the spec states no limit.
type UpdateConfig struct {
	MaxUnavailable           *int   `json:"maxUnavailable,omitempty"`
	MaxUnavailablePercentage *int   `json:"maxUnavailablePercentage,omitempty"`
	UpdateStrategy           string `json:"updateStrategy,omitempty"`
	Force                    bool   `json:"force,omitempty"`
}

// NodeRepair is how EKS mends nodes. Overrides are by the condition of a node
// and the reason of the condition.
type NodeRepair struct {
	Enabled                             bool                                     `json:"enabled"`
	MaxParallelNodesRepairedCount       *int                                     `json:"maxParallelNodesRepairedCount,omitempty"`
	MaxParallelNodesRepairedPercentage  *int                                     `json:"maxParallelNodesRepairedPercentage,omitempty"`
	MaxUnhealthyNodeThresholdCount      *int                                     `json:"maxUnhealthyNodeThresholdCount,omitempty"`
	MaxUnhealthyNodeThresholdPercentage *int                                     `json:"maxUnhealthyNodeThresholdPercentage,omitempty"`
	Overrides                           map[string]map[string]NodeRepairOverride `json:"overrides,omitempty"`
}

// NodeRepairOverride is what EKS does about one problem of a node.
type NodeRepairOverride struct {
	MinRepairWaitTimeMins int    `json:"minRepairWaitTimeMins"`
	RepairAction          string `json:"repairAction"`
}

// WarmPool is a pool of instances that wait for their group to grow.
type WarmPool struct {
	Enabled                  bool   `json:"enabled"`
	MinSize                  *int   `json:"minSize,omitempty"`
	MaxGroupPreparedCapacity *int   `json:"maxGroupPreparedCapacity,omitempty"`
	PoolState                string `json:"poolState,omitempty"`
	ReuseOnScaleIn           *bool  `json:"reuseOnScaleIn,omitempty"`
}
