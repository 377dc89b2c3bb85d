package capacity

import (
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// mixedDaemons are how many DaemonSets for Linux nodes those add-ons have that
// have other pods, too.
var mixedDaemons = map[string]int{
	"amazon-cloudwatch-observability": 2, // the agent, and Fluent Bit
	"aws-ebs-csi-driver":              1,
	"aws-efs-csi-driver":              1,
	"aws-fsx-csi-driver":              1,
	"aws-mountpoint-s3-csi-driver":    1,
}

// daemons is how many pods of DaemonSets run on each node, at least: manifests
// may declare others. aws-node and kube-proxy run there whether or not they are
// add-ons.
func daemons(c *spec.Cluster) int {
	n := hostPods
	for name := range c.Addons {
		addon, _ := catalog.LookupAddon(name)
		switch {
		case name == pluginAddon || name == "kube-proxy":
		case addon.DaemonSet:
			n++
		default:
			n += mixedDaemons[name]
		}
	}
	return n
}

// defaultReplicas are the pods of an add-on's Deployment where its
// configuration does not say otherwise.
var defaultReplicas = map[string]int{
	"aws-ebs-csi-driver":  2,
	"aws-efs-csi-driver":  2,
	"coredns":             2,
	"metrics-server":      2,
	"snapshot-controller": 2,
}

// replicas is how many pods the add-ons run besides those on each node, at
// least. EKS installs CoreDNS in a new cluster even if it is no add-on, unless it
// is told not to.
func replicas(c *spec.Cluster) int {
	if c.HasFargate() {
		return 0 // some of them may run there
	}
	n := 0
	if _, isAddon := c.Addons["coredns"]; !isAddon && (c.BootstrapSelfManagedAddons == nil || *c.BootstrapSelfManagedAddons) {
		n = defaultReplicas["coredns"]
	}
	for name, addon := range c.Addons {
		if stated, ok := statedReplicas(addon.Configuration); ok {
			n += stated
		} else {
			n += defaultReplicas[name]
		}
	}
	return n
}

// statedReplicas is what the configuration of an add-on says of the replicas of
// its Deployment, which has one of three names.
func statedReplicas(configuration map[string]any) (int, bool) {
	controller, _ := configuration["controller"].(map[string]any)
	for _, value := range []any{configuration["replicaCount"], configuration["replicas"], controller["replicaCount"]} {
		switch n := value.(type) {
		case int:
			return n, true
		case float64:
			return int(n), true
		}
	}
	return 0, false
}
