package spec

// NodeGroup is an EKS managed node group.
type NodeGroup struct {
	MaxUnavailable int `json:"maxUnavailable"`

	NodeGroupBase
}
