package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkManaged checks what only a managed node group has.
func (r *resolver) checkManaged(at path, g spec.NodeGroup) {
	checkKeyLengths(r, at.at("labels"), "label", g.Labels)
	checkKeyLengths(r, at.at("taints"), "taint", g.Taints)
	r.checkUpdateConfig(at.at("updateConfig"), g.UpdateConfig, g.Scaling)
	r.checkNodeRepair(at.at("nodeRepair"), g.NodeRepair)
	r.checkWarmPool(at, g)
	r.checkGivenTemplate(at, g)
	r.checkManagedQuotas(at, g)
}

// What EKS takes of a managed node group; see
// https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html and
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html.
const (
	nodeQuota        = 450
	maxInstanceTypes = 20
)

// checkManagedQuotas checks how large a group is, and of how many types.
func (r *resolver) checkManagedQuotas(at path, g spec.NodeGroup) {
	if g.Scaling.Max > nodeQuota {
		r.report(diag.NodeQuota, at.at("scaling", "max"), "suppress this if the account's quota is raised", "max is %d; EKS allows %d nodes in a managed node group by default", g.Scaling.Max, nodeQuota)
	}
	if n := len(g.InstanceTypes); n > maxInstanceTypes {
		r.report(diag.InstanceTypes, at.at("instanceTypes"), "leave some out, or make a second group", "%d instance types; EKS takes %d in a managed node group", n, maxInstanceTypes)
	}
}
