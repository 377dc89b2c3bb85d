package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// checkManaged checks what only a managed node group has.
func (r *resolver) checkManaged(at path, g spec.NodeGroup) {
	checkKeyLengths(r, at.at("labels"), "label", g.Labels)
	checkKeyLengths(r, at.at("taints"), "taint", g.Taints)
	r.checkUpdateConfig(at.at("updateConfig"), g.UpdateConfig, g.Scaling)
	r.checkNodeRepair(at.at("nodeRepair"), g.NodeRepair)
	r.checkWarmPool(at, g)
}
