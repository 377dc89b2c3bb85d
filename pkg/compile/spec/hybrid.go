package spec

import "slices"

// RemoteNetworks are the CIDR blocks of hybrid nodes and of their pods.
type RemoteNetworks struct {
	Nodes []string `json:"nodes"`
	Pods  []string `json:"pods,omitempty"`
}

// Blocks are the blocks of nodes and pods together. None are in nil.
func (n *RemoteNetworks) Blocks() []string {
	if n == nil {
		return nil
	}
	return slices.Concat(n.Nodes, n.Pods)
}
