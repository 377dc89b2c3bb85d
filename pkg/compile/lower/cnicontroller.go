package lower

import (
	"fmt"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// controllerSetting is a setting of what the control plane does for the
// plugin.
type controllerSetting struct {
	data  string // the key of the ConfigMap amazon-vpc-cni
	key   string // that of the add-on's configuration
	value any
}

// controllerSettings are what the spec says of that: network policies are
// resolved, Windows pods get addresses and interfaces of pods rest there; see
// https://github.com/aws/amazon-vpc-resource-controller-k8s.
func controllerSettings(v spec.VPCCNI) []controllerSetting {
	var all []controllerSetting
	add := func(data, key string, value any) {
		if value != nil {
			all = append(all, controllerSetting{data, key, value})
		}
	}
	add("branch-eni-cooldown", "branchENICooldown", pointed(v.BranchENICooldown))
	if v.NetworkPolicy != nil {
		add("enable-network-policy-controller", "enableNetworkPolicy", "true")
	}
	if w := v.Windows; w != nil {
		add("enable-windows-ipam", "enableWindowsIpam", "true")
		add("enable-windows-prefix-delegation", "enableWindowsPrefixDelegation", truth(w.PrefixDelegation))
		add("minimum-ip-target", "minimumWindowsIPTarget", pointed(w.MinimumIPTarget))
		add("warm-ip-target", "warmWindowsIPTarget", pointed(w.WarmIPTarget))
		add("warm-prefix-target", "warmWindowsPrefixTarget", pointed(w.WarmPrefixTarget))
	}
	return all
}

// controllerData are the settings as the ConfigMap has them.
func controllerData(settings []controllerSetting) map[string]string {
	data := map[string]string{}
	for _, s := range settings {
		data[s.data] = fmt.Sprint(s.value)
	}
	return data
}
