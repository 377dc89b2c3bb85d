package spec

// AutoScalingGroup is what the Auto Scaling group of a self-managed node group
// has besides. A nil or empty field keeps EC2 Auto Scaling's default. Metrics
// is nil where none are sent, and empty where all are.
type AutoScalingGroup struct {
	MixedInstances    *MixedInstances `json:"mixedInstances,omitempty"`
	CapacityRebalance *bool           `json:"capacityRebalance,omitempty"`

	RollingUpdate             *RollingUpdate             `json:"rollingUpdate,omitempty"`
	InstanceRefresh           *InstanceRefresh           `json:"instanceRefresh,omitempty"`
	InstanceMaintenancePolicy *InstanceMaintenancePolicy `json:"instanceMaintenancePolicy,omitempty"`

	MaxInstanceLifetime              *int     `json:"maxInstanceLifetime,omitempty"`
	DefaultInstanceWarmup            *int     `json:"defaultInstanceWarmup,omitempty"`
	Cooldown                         *int     `json:"cooldown,omitempty"`
	AvailabilityZoneDistribution     string   `json:"availabilityZoneDistribution,omitempty"`
	TerminationPolicies              []string `json:"terminationPolicies,omitempty"`
	NewInstancesProtectedFromScaleIn *bool    `json:"newInstancesProtectedFromScaleIn,omitempty"`
	Metrics                          []string `json:"metrics,omitzero"`

	TargetGroups         []string     `json:"targetGroups,omitempty"`
	ClassicLoadBalancers []string     `json:"classicLoadBalancers,omitempty"`
	HealthCheck          *HealthCheck `json:"healthCheck,omitempty"`

	LifecycleHooks   map[string]LifecycleHook           `json:"lifecycleHooks,omitempty"`
	Notifications    map[string]AutoScalingNotification `json:"notifications,omitempty"`
	ScheduledActions map[string]ScheduledAction         `json:"scheduledActions,omitempty"`
	WarmPool         *AutoScalingWarmPool               `json:"warmPool,omitempty"`

	ClusterAutoscaler *bool `json:"clusterAutoscaler,omitempty"`
}

// MixedInstances is how an Auto Scaling group mixes capacity and chooses among
// its instance types.
type MixedInstances struct {
	OnDemandBase                *int           `json:"onDemandBase,omitempty"`
	OnDemandPercentageAboveBase *int           `json:"onDemandPercentageAboveBase,omitempty"`
	OnDemandAllocationStrategy  string         `json:"onDemandAllocationStrategy"`
	SpotAllocationStrategy      string         `json:"spotAllocationStrategy,omitempty"`
	SpotInstancePools           *int           `json:"spotInstancePools,omitempty"`
	SpotMaxPrice                string         `json:"spotMaxPrice,omitempty"`
	Weights                     map[string]int `json:"weights,omitempty"`
}

// BuysOnDemand reports whether some of a Spot group's nodes are on demand.
func (m *MixedInstances) BuysOnDemand() bool {
	return m != nil && (m.OnDemandBase != nil && *m.OnDemandBase > 0 || m.OnDemandPercentageAboveBase != nil && *m.OnDemandPercentageAboveBase > 0)
}

// InstanceMaintenancePolicy is how many nodes there are while some are
// replaced, in percent.
type InstanceMaintenancePolicy struct {
	MinHealthyPercentage int `json:"minHealthyPercentage"`
	MaxHealthyPercentage int `json:"maxHealthyPercentage"`
}

// HealthCheck is what makes a node unhealthy; GracePeriod is in seconds.
type HealthCheck struct {
	Types       []string `json:"types,omitempty"`
	GracePeriod *int     `json:"gracePeriod,omitempty"`
}

// AutoScalingWarmPool is instances that are made ready in advance.
type AutoScalingWarmPool struct {
	State                    string `json:"state"`
	MinSize                  int    `json:"minSize"`
	MaxGroupPreparedCapacity *int   `json:"maxGroupPreparedCapacity,omitempty"`
	ReuseOnScaleIn           bool   `json:"reuseOnScaleIn"`
}
