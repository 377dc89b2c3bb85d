package eksctl

import "strings"

// karpenter is Karpenter with its roles and its queue. The file has neither
// node classes nor node pools, and its chart makes the service account.
func karpenter(n node) object {
	if !n.exists() {
		return nil
	}
	n.field("createServiceAccount").use()
	return object{
		{"version", strings.TrimPrefix(n.field("version").required(), "v")},
		{"method", "irsa"},
		{"interruptionQueue", n.field("withSpotInterruptionQueue").flag(false)},
	}
}
