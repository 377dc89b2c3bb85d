package spec

// RollingUpdate is how CloudFormation replaces the nodes of an Auto Scaling
// group. SuspendProcesses is nil where the spec leaves them to ekscc.
type RollingUpdate struct {
	MaxBatchSize          int      `json:"maxBatchSize"`
	MinInstancesInService *int     `json:"minInstancesInService,omitempty"`
	PauseTime             string   `json:"pauseTime,omitempty"`
	SuspendProcesses      []string `json:"suspendProcesses,omitzero"`
}

// InstanceRefresh is how EC2 Auto Scaling replaces the nodes of a group. Times
// are in seconds.
type InstanceRefresh struct {
	MinHealthyPercentage      int      `json:"minHealthyPercentage"`
	MaxHealthyPercentage      int      `json:"maxHealthyPercentage"`
	InstanceWarmup            *int     `json:"instanceWarmup,omitempty"`
	CheckpointPercentages     []int    `json:"checkpointPercentages,omitempty"`
	CheckpointDelay           *int     `json:"checkpointDelay,omitempty"`
	BakeTime                  *int     `json:"bakeTime,omitempty"`
	Alarms                    []string `json:"alarms,omitempty"`
	ScaleInProtectedInstances string   `json:"scaleInProtectedInstances,omitempty"`
	StandbyInstances          string   `json:"standbyInstances,omitempty"`
}
