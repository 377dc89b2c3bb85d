package spec

// Pod is the pods of a workload. The fields of its container are those of the
// main one.
type Pod struct {
	Container
	PodPlacement
	PodNetwork
	Namespace                     string               `json:"namespace"`
	ServiceAccount                string               `json:"serviceAccount,omitempty"`
	AutomountServiceAccountToken  *bool                `json:"automountServiceAccountToken,omitempty"`
	Labels                        map[string]string    `json:"labels,omitempty"`
	Annotations                   map[string]string    `json:"annotations,omitempty"`
	ImagePullSecrets              []string             `json:"imagePullSecrets,omitempty"`
	InitContainers                []InitContainer      `json:"initContainers,omitempty"`
	Sidecars                      map[string]Container `json:"sidecars,omitempty"`
	Volumes                       map[string]PodVolume `json:"volumes,omitempty"`
	PodSecurity                   string               `json:"podSecurity"`
	PodSecurityContext            PodSecurityContext   `json:"podSecurityContext,omitzero"`
	TerminationGracePeriodSeconds *int                 `json:"terminationGracePeriodSeconds,omitempty"`
	Patch                         map[string]any       `json:"patch,omitempty"`
}

// GraceSeconds is how long the pods have to end, in seconds. Kubernetes gives
// them 30 where the spec does not say it.
func (p Pod) GraceSeconds() int {
	if p.TerminationGracePeriodSeconds == nil {
		return 30
	}
	return *p.TerminationGracePeriodSeconds
}

// The Pod Security Standards, https://kubernetes.io/docs/concepts/security/pod-security-standards/.
const (
	PodSecurityPrivileged = "privileged"
	PodSecurityBaseline   = "baseline"
	PodSecurityRestricted = "restricted"
)

// InitContainer is a container that runs to its end before the others start.
type InitContainer struct {
	Name string `json:"name"`
	Program
}

// PodSecurityContext is under which users the pods of a workload run and write.
type PodSecurityContext struct {
	RunAsUser           *int   `json:"runAsUser,omitempty"`
	RunAsGroup          *int   `json:"runAsGroup,omitempty"`
	RunAsNonRoot        *bool  `json:"runAsNonRoot,omitempty"`
	FSGroup             *int   `json:"fsGroup,omitempty"`
	FSGroupChangePolicy string `json:"fsGroupChangePolicy,omitempty"`
	SupplementalGroups  []int  `json:"supplementalGroups,omitempty"`
	SeccompProfile      string `json:"seccompProfile,omitempty"`
}
