package spec

// PodSecurityGroups is the security groups of the pods that have labels, or
// whose service accounts have them. An empty map of labels selects all, and a
// nil one says nothing.
type PodSecurityGroups struct {
	Namespace            string            `json:"namespace"`
	PodLabels            map[string]string `json:"podLabels,omitempty"`
	ServiceAccountLabels map[string]string `json:"serviceAccountLabels,omitempty"`
	Groups               []string          `json:"groups"`
}
