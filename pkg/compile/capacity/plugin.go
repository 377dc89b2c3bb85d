package capacity

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// Plugin is the settings of the VPC CNI plugin that decide about addresses; see
// https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.2/README.md.
type Plugin struct {
	// Prefixes says that interfaces get prefixes of 16 addresses (/28), not
	// single addresses.
	Prefixes bool
	// CustomNetworking says that pods get addresses of other subnets than
	// their node's, so that they do not use its first interface.
	CustomNetworking bool
	// Discovery says that interfaces beyond a node's first one may be in the
	// subnets for pods even without custom networking.
	Discovery bool
	// Windows says that the nodes run Windows, where the control plane of EKS
	// does what the plugin does on Linux: with one interface, and with no pods
	// of its own.
	Windows bool
	// IPv6 says that pods have IPv6 addresses alone.
	IPv6 bool
	// MaxENIs is the most interfaces that a node uses, 0 for all it can have.
	MaxENIs int
	// WarmENIs, WarmPrefixes and WarmIPs are how many unused interfaces,
	// prefixes and addresses a node holds ready, and MinimumIPs how many
	// addresses it has at least. The last two, where they are not 0, take the
	// place of the first two.
	WarmENIs, WarmPrefixes, WarmIPs, MinimumIPs int
}

// PluginOf returns the settings of a cluster's plugin. Where the spec is
// silent they are the defaults of the plugin's manifest.
func PluginOf(c *spec.Cluster) Plugin {
	variables := c.CNIVariables()
	discovery, stated := variables["ENABLE_SUBNET_DISCOVERY"]
	return Plugin{
		Prefixes:         c.PrefixDelegation(),
		CustomNetworking: c.CustomNetworking(),
		Discovery:        !stated || discovery == "true",
		IPv6:             c.IPFamily == spec.IPv6,
		MaxENIs:          setting(variables, "MAX_ENI", 0),
		WarmENIs:         setting(variables, "WARM_ENI_TARGET", 1),
		WarmPrefixes:     setting(variables, "WARM_PREFIX_TARGET", 1),
		WarmIPs:          setting(variables, "WARM_IP_TARGET", 0),
		MinimumIPs:       setting(variables, "MINIMUM_IP_TARGET", 0),
	}
}

// WindowsOf returns the settings for nodes of Windows. The defaults are those of
// https://github.com/aws/amazon-vpc-resource-controller-k8s/blob/v1.8.2/pkg/config/loader.go.
func WindowsOf(c *spec.Cluster) Plugin {
	p := Plugin{Windows: true, MaxENIs: 1, WarmIPs: 3}
	if c.VPCCNI == nil || c.VPCCNI.Windows == nil {
		return p
	}
	w := c.VPCCNI.Windows
	if w.PrefixDelegation != nil && *w.PrefixDelegation {
		p.Prefixes, p.WarmIPs = true, 1
	}
	for _, stated := range []struct{ from, to *int }{
		{w.WarmIPTarget, &p.WarmIPs}, {w.MinimumIPTarget, &p.MinimumIPs}, {w.WarmPrefixTarget, &p.WarmPrefixes},
	} {
		if stated.from != nil {
			*stated.to = max(*stated.from, 0)
		}
	}
	return p
}

// setting is a number among the plugin's settings. The plugin takes a negative
// one for 0.
func setting(variables spec.CNIVariables, name string, otherwise int) int {
	if n, ok := variables.Number(name); ok {
		return max(n, 0)
	}
	return otherwise
}

// InForce are the settings of the plugin when EKS makes the nodes of managed
// groups, and computes how many pods they take. Those of the add-on are in
// force by then; others are applied to a cluster that has its nodes already.
func (p Plugin) InForce(c *spec.Cluster) Plugin {
	if _, ok := c.Addons[pluginAddon]; !ok {
		return Plugin{Prefixes: p.IPv6, IPv6: p.IPv6}
	}
	return p
}

// pluginAddon is the EKS add-on of the plugin.
const pluginAddon = "vpc-cni"
