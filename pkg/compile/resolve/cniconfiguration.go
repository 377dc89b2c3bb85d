package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// ownedKeys are keys of the configuration of the add-on vpc-cni that a field of
// the spec makes, their names joined by dots.
type ownedKeys struct {
	isSet bool
	field string
	keys  []string
}

// agentKeys are the keys of the agent that enforces network policies.
var agentKeys = []string{
	"enableNetworkPolicy", "nodeAgent.enabled", "nodeAgent.logLevel", "nodeAgent.networkPolicyAgentLogFileLocation",
	"nodeAgent.enablePolicyEventLogs", "nodeAgent.enableCloudWatchLogs", "nodeAgent.conntrackCacheCleanupPeriod",
	"nodeAgent.conntrackCacheTableSize", "nodeAgent.metricsBindAddr", "nodeAgent.healthProbeBindAddr",
}

// windowsKeys are the keys of what the control plane does for pods on Windows.
var windowsKeys = []string{
	"enableWindowsIpam", "enableWindowsPrefixDelegation", "minimumWindowsIPTarget", "warmWindowsIPTarget", "warmWindowsPrefixTarget",
}

// checkCNIConfiguration reports keys of the add-on's configuration that fields
// of the spec make, too.
func (r *resolver) checkCNIConfiguration(at path, configuration map[string]any) {
	v := spec.VPCCNI{}
	if r.cluster.VPCCNI != nil {
		v = *r.cluster.VPCCNI
	}
	for _, owned := range []ownedKeys{
		{len(r.cluster.CNIEnv()) > 0, "cluster.vpcCNI sets the plugin's environment", []string{"env"}},
		{len(v.InitEnv()) > 0, "cluster.vpcCNI sets the environment of the init container", []string{"init.env"}},
		{v.BranchENICooldown != nil, "cluster.vpcCNI.branchENICooldown says it", []string{"branchENICooldown"}},
		{v.CustomNetworking != nil, "cluster.vpcCNI.customNetworking makes it", []string{"eniConfig"}},
		{v.NetworkPolicy != nil, "cluster.vpcCNI.networkPolicy makes it", agentKeys},
		{v.Windows != nil, "cluster.vpcCNI.windows makes it", windowsKeys},
	} {
		for _, key := range owned.keys {
			if names := strings.Split(key, "."); owned.isSet && dig(configuration, names...) != nil {
				r.report(diag.AddonConfig, at.at(names...), "move it into cluster.vpcCNI", "%s already", owned.field)
			}
		}
	}
}
