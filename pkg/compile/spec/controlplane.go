package spec

// IPFamily is the family of the addresses of pods and services.
type IPFamily string

// The IP families. A cluster has the one that it was created with.
const (
	IPv4 IPFamily = "ipv4"
	IPv6 IPFamily = "ipv6"
)

// ControlPlane is what a cluster says of its control plane besides. A nil or
// empty field keeps EKS's default.
type ControlPlane struct {
	SupportType            string    `json:"supportType,omitempty"`
	ForceUpdate            *bool     `json:"forceUpdate,omitempty"`
	Rollback               *Rollback `json:"rollback,omitempty"`
	DeletionProtection     *bool     `json:"deletionProtection,omitempty"`
	ZonalShift             *bool     `json:"zonalShift,omitempty"`
	ScalingTier            string    `json:"scalingTier,omitempty"`
	ControlPlaneEgressMode string    `json:"controlPlaneEgressMode,omitempty"`

	APIServer            *APIServer            `json:"apiServer,omitempty"`
	Scheduler            *Scheduler            `json:"scheduler,omitempty"`
	ControllerManager    *ControllerManager    `json:"controllerManager,omitempty"`
	CertificateAuthority *CertificateAuthority `json:"certificateAuthority,omitempty"`

	BootstrapSelfManagedAddons *bool `json:"bootstrapSelfManagedAddons,omitempty"`
}

// APIServer is the settings of the Kubernetes API server. EventTTL is a number
// with the unit s, m or h.
type APIServer struct {
	EventTTL             string         `json:"eventTTL,omitempty"`
	ServiceNodePortRange *NodePortRange `json:"serviceNodePortRange,omitempty"`
}

// NodePortRange is a range of ports, both ends included.
type NodePortRange struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Scheduler is how the Kubernetes scheduler ranks nodes; Resources are the
// weights of resources.
type Scheduler struct {
	ScoringStrategy string         `json:"scoringStrategy"`
	Resources       map[string]int `json:"resources,omitempty"`
}

// ControllerManager is the settings of the Kubernetes controller manager. The
// period is a number with the unit s, m or h.
type ControllerManager struct {
	HorizontalPodAutoscalerSyncPeriod string `json:"horizontalPodAutoscalerSyncPeriod,omitempty"`
	TerminatedPodGCThreshold          *int   `json:"terminatedPodGCThreshold,omitempty"`
}

// Rollback is how a change to the version before is carried out.
type Rollback struct {
	TimeoutMinutes int `json:"timeoutMinutes"`
}

// CertificateAuthority is the authorities that were appended to the cluster's
// first one, by name, and the id of the one that signs.
type CertificateAuthority struct {
	Appended []string `json:"appended,omitempty"`
	ActiveID string   `json:"activeID,omitempty"`
}
