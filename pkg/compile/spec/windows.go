package spec

// HasWindows reports whether a node group's nodes run Windows.
func (c Cluster) HasWindows() bool {
	for _, g := range c.NodeGroups {
		if g.Image.Family.IsWindows() {
			return true
		}
	}
	for _, g := range c.SelfManagedNodeGroups {
		if g.Image.Family.IsWindows() {
			return true
		}
	}
	return false
}

// WindowsIPAM reports whether the control plane gives addresses to pods on
// Windows nodes, by a field or in the configuration of the add-on.
func (c Cluster) WindowsIPAM() bool {
	return c.VPCCNI != nil && c.VPCCNI.Windows != nil || c.Addons["vpc-cni"].Configuration["enableWindowsIpam"] == "true"
}
