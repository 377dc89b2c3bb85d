package resolve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// coreDNSLabels are the labels of CoreDNS's pods that selectors go by.
var coreDNSLabels = map[string]string{"eks.amazonaws.com/component": "coredns", "k8s-app": "kube-dns"}

// fargateDrivers are add-ons whose volumes pods on Fargate cannot have, or have
// without them.
var fargateDrivers = []string{"aws-ebs-csi-driver", "aws-efs-csi-driver", "aws-fsx-csi-driver", "aws-mountpoint-s3-csi-driver", "snapshot-controller"}

// checkFargateAddons checks the add-ons beside Fargate profiles. The CNI plugin
// and kube-proxy are let be: nodes may come later, and nothing waits for them.
func (r *resolver) checkFargateAddons() {
	r.checkFargateCoreDNS()
	for _, name := range sortedKeys(r.cluster.Addons) {
		a, at := r.cluster.Addons[name], clusterPath.at("addons", name)
		known, ok := catalog.LookupAddon(name)
		if !ok || name == "coredns" {
			continue
		}
		r.checkFargateAddonRole(at, a, known)
		if r.cluster.OnlyFargate() {
			r.checkAddonWithoutNodes(at, a, known)
		}
	}
}

// checkFargateAddonRole reports Pod Identity for pods that are on Fargate.
func (r *resolver) checkFargateAddonRole(at path, a spec.Addon, known catalog.Addon) {
	onFargate := r.cluster.OnlyFargate() || !known.DaemonSet && r.landsOnFargate(cmp.Or(a.Namespace, known.Namespace), nil)
	if a.Identity == spec.PodIdentity && onFargate {
		r.report(diag.FargateAddon, at, `set its identity to "irsa"`, "the pods of the add-on %q run on Fargate, where EKS Pod Identity gives them no role", known.Name)
	}
}

// checkAddonWithoutNodes warns of an add-on that does nothing where there are
// no nodes.
func (r *resolver) checkAddonWithoutNodes(at path, a spec.Addon, known catalog.Addon) {
	namespace := cmp.Or(a.Namespace, known.Namespace)
	switch {
	case known.Name == podIdentityAgent:
		r.report(diag.FargateIdle, at, `leave it out, and give roles by "irsa"`, "the agent runs on nodes, and there are none")
	case known.BeforeNodes:
	case known.DaemonSet:
		r.report(diag.FargateIdle, at, "leave it out, or add a node group", "the add-on %q runs on nodes, and there are none", known.Name)
	case slices.Contains(fargateDrivers, known.Name):
		r.report(diag.FargateIdle, at, "leave it out, or add a node group", "the volumes of the add-on %q are for pods on nodes, and there are none", known.Name)
	case namespace != "" && !r.mayLandOnFargate(namespace):
		r.report(diag.NoNodes, at, `add a selector for the namespace "`+namespace+`", or a node group`, "no Fargate profile takes the pods of the add-on %q, and there are no nodes", known.Name)
	}
}

// checkFargateCoreDNS checks that CoreDNS runs where all or it itself is meant
// to be on Fargate. By default it keeps to nodes; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html.
func (r *resolver) checkFargateCoreDNS() {
	const selector = `{namespace: "kube-system", labels: "k8s-app": "kube-dns"}`
	_, isAddon := r.cluster.Addons["coredns"]
	wanted, taken := r.wantsCoreDNSOnFargate(), r.landsOnFargate("kube-system", coreDNSLabels)
	at := clusterPath.at("addons", "coredns")
	switch {
	case isAddon && !wanted && r.cluster.OnlyFargate():
		r.report(diag.FargateCoreDNS, at, `set configuration.computeType to "Fargate"`, "CoreDNS keeps to nodes, and there are none")
	case !isAddon && r.cluster.OnlyFargate():
		r.report(diag.FargateIdle, fargatePath, `add to addons: coredns: configuration: computeType: "Fargate"`, "the CoreDNS that EKS installs keeps to nodes, and there are none, so that pods find no names")
	}
	if isAddon && !taken && (wanted || r.cluster.OnlyFargate()) {
		r.report(diag.FargateCoreDNS, at, "add to a Fargate profile the selector "+selector, "no Fargate profile takes the pods of CoreDNS")
	}
}

// wantsCoreDNSOnFargate reports whether CoreDNS does not keep to nodes.
func (r *resolver) wantsCoreDNSOnFargate() bool {
	kind, _ := r.cluster.Addons["coredns"].Configuration["computeType"].(string)
	return strings.EqualFold(kind, "fargate")
}

// coreDNSOnFargate reports whether CoreDNS runs on Fargate.
func (r *resolver) coreDNSOnFargate() bool {
	return r.wantsCoreDNSOnFargate() && r.landsOnFargate("kube-system", coreDNSLabels)
}
