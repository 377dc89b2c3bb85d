package spec

// Workload is a Deployment, and a Service when Service is set.
type Workload struct {
	Pod
	// Replicas is filled by resolve where Autoscaling does not say it.
	Replicas                *int                 `json:"replicas,omitempty"`
	Service                 *Service             `json:"service,omitempty"`
	Autoscaling             *Autoscaling         `json:"autoscaling,omitempty"`
	PodDisruptionBudget     *PodDisruptionBudget `json:"podDisruptionBudget,omitempty"`
	Strategy                DeploymentStrategy   `json:"strategy,omitzero"`
	MinReadySeconds         *int                 `json:"minReadySeconds,omitempty"`
	RevisionHistoryLimit    *int                 `json:"revisionHistoryLimit,omitempty"`
	ProgressDeadlineSeconds *int                 `json:"progressDeadlineSeconds,omitempty"`
}

// DeploymentStrategy is how the pods of a Deployment are replaced.
type DeploymentStrategy struct {
	Type           string `json:"type"`
	MaxSurge       string `json:"maxSurge,omitempty"`
	MaxUnavailable string `json:"maxUnavailable,omitempty"`
}

// Ways of replacing pods.
const (
	ReplaceAllAtOnce  = "Recreate"
	ReplaceOnDeletion = "OnDelete"
)

// MaxReplicas is the most pods that the workload runs, when nothing is being
// replaced.
func (w Workload) MaxReplicas() int {
	switch {
	case w.Autoscaling != nil:
		return w.Autoscaling.MaxReplicas
	case w.Replicas == nil:
		return 1
	}
	return *w.Replicas
}
