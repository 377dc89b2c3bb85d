package spec

// NodeGroup is an EKS managed node group.
type NodeGroup struct {
	ReleaseVersion string `json:"releaseVersion,omitempty"`
	MaxUnavailable int    `json:"maxUnavailable"`

	NodeGroupBase
}
