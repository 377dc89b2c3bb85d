package spec

// DaemonSet is a program with a pod on each node.
type DaemonSet struct {
	Pod
	Service              *Service        `json:"service,omitempty"`
	UpdateStrategy       DaemonSetUpdate `json:"updateStrategy,omitzero"`
	MinReadySeconds      *int            `json:"minReadySeconds,omitempty"`
	RevisionHistoryLimit *int            `json:"revisionHistoryLimit,omitempty"`
}

// DaemonSetUpdate is how the pods of a DaemonSet are replaced.
type DaemonSetUpdate struct {
	Type           string `json:"type"`
	MaxSurge       string `json:"maxSurge,omitempty"`
	MaxUnavailable string `json:"maxUnavailable,omitempty"`
}
