package spec

// LifecycleHook is what waits for a node that starts or ends, HeartbeatTimeout
// seconds at most.
type LifecycleHook struct {
	Transition           string `json:"transition"`
	HeartbeatTimeout     int    `json:"heartbeatTimeout"`
	DefaultResult        string `json:"defaultResult"`
	NotificationTarget   string `json:"notificationTarget,omitempty"`
	NotificationRole     string `json:"notificationRole,omitempty"`
	NotificationMetadata string `json:"notificationMetadata,omitempty"`
}

// AutoScalingNotification is an SNS topic that is told of nodes.
type AutoScalingNotification struct {
	Topic string   `json:"topic"`
	Types []string `json:"types,omitempty"`
}

// ScheduledAction is a change of an Auto Scaling group's size at certain times.
type ScheduledAction struct {
	Recurrence string `json:"recurrence,omitempty"`
	TimeZone   string `json:"timeZone,omitempty"`
	StartTime  string `json:"startTime,omitempty"`
	EndTime    string `json:"endTime,omitempty"`
	Min        *int   `json:"min,omitempty"`
	Max        *int   `json:"max,omitempty"`
	Desired    *int   `json:"desired,omitempty"`
}
