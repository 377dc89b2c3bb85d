package resolve

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// autoModeAddons are what nodes of Auto Mode bring themselves. The add-ons of
// these names keep off such nodes, so without others they never start; see
// https://docs.aws.amazon.com/eks/latest/userguide/automode.html.
var autoModeAddons = []string{"aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"}

// checkAutoMode completes and checks Auto Mode.
func (r *resolver) checkAutoMode() {
	auto, c := r.cluster.AutoMode, r.cluster
	if auto == nil {
		return
	}
	at := clusterPath.at("autoMode")
	r.completeAutoMode(auto)
	r.checkGivenRole(at.at("role"), auto.Role, "the role of Auto Mode's nodes")
	if arn := auto.Role.ARN; arn != "" && c.Role != nil && c.Role.ARN == arn {
		r.report(diag.RoleTaken, at.at("role", "arn"), "take another role for the nodes", "%q is the role of the control plane", arn)
	}
	if !c.AuthenticationMode.UsesAccessEntries() {
		r.report(diag.AutoMode, clusterPath.at("authenticationMode"), `set it to "API" or "API_AND_CONFIG_MAP"`, "nodes of Auto Mode join by access entries, which the mode CONFIG_MAP does not have")
	}
	if !auto.AddedLater && *c.BootstrapSelfManagedAddons {
		r.report(diag.AutoMode, clusterPath.at("bootstrapSelfManagedAddons"), "leave it out, or set autoMode.addedLater if the cluster is older than Auto Mode",
			"EKS does not create a cluster with Auto Mode and with self-managed add-ons")
	}
	if c.OnlyAutoMode() {
		r.checkAutoModeAlone()
	}
}

// completeAutoMode fills in the built-in node pools, and what follows from
// Auto Mode for the rest of the cluster.
func (r *resolver) completeAutoMode(auto *spec.AutoMode) {
	c := r.cluster
	if auto.NodePools == nil {
		auto.NodePools = []string{"general-purpose", "system"}
	}
	if role := &auto.Role; (auto.OwnNodePools() || len(auto.NodeClasses) > 0) && role.ARN == "" && role.Name == "" {
		role.Name = RoleName(c.Name, "auto", c.Region)
	}
	if !auto.AddedLater && c.BootstrapSelfManagedAddons == nil {
		no := false
		c.BootstrapSelfManagedAddons = &no
	}
}

// checkAutoModeAlone checks a cluster in which all nodes are Auto Mode's.
func (r *resolver) checkAutoModeAlone() {
	c := r.cluster
	if c.VPCCNI != nil {
		r.report(diag.AutoMode, clusterPath.at("vpcCNI"), "leave it out; node classes have such settings", "nodes of Auto Mode bring a CNI plugin of their own, and there are no others")
	}
	for _, name := range sortedKeys(c.Addons) {
		if name == "coredns" && c.HasFargate() {
			continue // pods on Fargate do not ask the nodes' own
		}
		if slices.Contains(autoModeAddons, name) {
			r.report(diag.BuiltInAddon, clusterPath.at("addons", name), "leave it out", "nodes of Auto Mode bring %s themselves, and there are no others that the add-on could run on", name)
		}
	}
}
