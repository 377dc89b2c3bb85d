package spec

// StatefulSet is a program whose pods have names and volumes that stay.
type StatefulSet struct {
	Pod
	// Replicas is filled by resolve where Autoscaling does not say it.
	Replicas             *int                 `json:"replicas,omitempty"`
	Service              *Service             `json:"service,omitempty"`
	Autoscaling          *Autoscaling         `json:"autoscaling,omitempty"`
	PodDisruptionBudget  *PodDisruptionBudget `json:"podDisruptionBudget,omitempty"`
	VolumeClaimTemplates map[string]Claim     `json:"volumeClaimTemplates,omitempty"`
	PodManagementPolicy  string               `json:"podManagementPolicy"`
	UpdateStrategy       StatefulSetUpdate    `json:"updateStrategy,omitzero"`
	ClaimRetention       *ClaimRetention      `json:"persistentVolumeClaimRetentionPolicy,omitempty"`
	MinReadySeconds      *int                 `json:"minReadySeconds,omitempty"`
	RevisionHistoryLimit *int                 `json:"revisionHistoryLimit,omitempty"`
}

// StatefulSetUpdate is how the pods of a StatefulSet are replaced.
type StatefulSetUpdate struct {
	Type      string `json:"type"`
	Partition *int   `json:"partition,omitempty"`
}

// ClaimRetention is what becomes of the claims of pods that are gone.
type ClaimRetention struct {
	WhenDeleted string `json:"whenDeleted"`
	WhenScaled  string `json:"whenScaled"`
}

// HeadlessName is the name of the Service by which the pods of a StatefulSet
// are found, each by a name of its own.
func HeadlessName(statefulSet string) string { return statefulSet + "-headless" }
