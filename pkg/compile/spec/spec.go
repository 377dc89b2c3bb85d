// Package spec holds a validated spec of one environment as plain Go values.
//
// The structs mirror schemas/v1alpha1 field by field; their documentation is
// the schema's. CUE ends here: later stages know no cue.Value, and speak of a
// field by its path.
package spec

// Spec is the spec of one environment, with the schema's defaults filled in.
type Spec struct {
	// Environment is the environment's name: a key of environments, or the
	// cluster's name where the spec has none.
	Environment string `json:"-"`

	Cluster      Cluster                `json:"cluster"`
	Workloads    map[string]Workload    `json:"workloads,omitempty"`
	StatefulSets map[string]StatefulSet `json:"statefulSets,omitempty"`
	DaemonSets   map[string]DaemonSet   `json:"daemonSets,omitempty"`
	Jobs         map[string]Job         `json:"jobs,omitempty"`
	CronJobs     map[string]CronJob     `json:"cronJobs,omitempty"`
	Kubernetes   Kubernetes             `json:"kubernetes,omitzero"`
	Lint         Lint                   `json:"lint,omitzero"`
}

// Lint is what lint should not report.
type Lint struct {
	Suppress []Suppression `json:"suppress,omitempty"`
}

// Suppression is one accepted warning.
type Suppression struct {
	Code   string `json:"code"`
	Path   string `json:"path"`
	Reason string `json:"reason"`
}
