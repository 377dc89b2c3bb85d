package spec

// Workload is a Deployment, and a Service when Service is set.
type Workload struct {
	Pod
	// Replicas is filled by resolve.
	Replicas *int     `json:"replicas,omitempty"`
	Service  *Service `json:"service,omitempty"`
}

// MaxReplicas is the most pods that the workload runs, when nothing is being
// replaced.
func (w Workload) MaxReplicas() int {
	if w.Replicas == nil {
		return 1
	}
	return *w.Replicas
}
