package spec

// Autoscaling is how many pods run, following what they do.
type Autoscaling struct {
	MinReplicas       int                       `json:"minReplicas"`
	MaxReplicas       int                       `json:"maxReplicas"`
	CPUUtilization    *int                      `json:"cpuUtilization,omitempty"`
	MemoryUtilization *int                      `json:"memoryUtilization,omitempty"`
	PodMetrics        map[string]PodMetric      `json:"podMetrics,omitempty"`
	ExternalMetrics   map[string]ExternalMetric `json:"externalMetrics,omitempty"`
	Behavior          ScalingBehavior           `json:"behavior,omitzero"`
}

// PodMetric is a metric of pods.
type PodMetric struct {
	AverageValue string            `json:"averageValue"`
	Selector     map[string]string `json:"selector,omitempty"`
}

// ExternalMetric is a metric of something outside the cluster.
type ExternalMetric struct {
	Value        string            `json:"value,omitempty"`
	AverageValue string            `json:"averageValue,omitempty"`
	Selector     map[string]string `json:"selector,omitempty"`
}

// ScalingBehavior is how fast the number of pods follows the metrics.
type ScalingBehavior struct {
	ScaleUp   *ScalingRules `json:"scaleUp,omitempty"`
	ScaleDown *ScalingRules `json:"scaleDown,omitempty"`
}

// ScalingRules is how pods are added or taken away.
type ScalingRules struct {
	StabilizationWindowSeconds *int            `json:"stabilizationWindowSeconds,omitempty"`
	SelectPolicy               string          `json:"selectPolicy,omitempty"`
	Policies                   []ScalingPolicy `json:"policies,omitempty"`
}

// ScalingPolicy is the most that changes within some time.
type ScalingPolicy struct {
	Type          string `json:"type"`
	Value         int    `json:"value"`
	PeriodSeconds int    `json:"periodSeconds"`
}

// PodDisruptionBudget is how many pods may be away at a time because somebody
// drains nodes.
type PodDisruptionBudget struct {
	MinAvailable               string `json:"minAvailable,omitempty"`
	MaxUnavailable             string `json:"maxUnavailable,omitempty"`
	UnhealthyPodEvictionPolicy string `json:"unhealthyPodEvictionPolicy,omitempty"`
}
