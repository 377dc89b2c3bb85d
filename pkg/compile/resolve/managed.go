package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkManaged checks what only a managed node group has.
func (r *resolver) checkManaged(at path, g spec.NodeGroup) {
	checkKeyLengths(r, at.at("labels"), "label", g.Labels)
	checkKeyLengths(r, at.at("taints"), "taint", g.Taints)
	switch n := g.MaxUnavailable; {
	case n < 1 || n > 100:
		r.report(diag.MaxUnavailable, at.at("maxUnavailable"), "", "maxUnavailable is %d; EKS takes 1 to 100", n)
	case n > g.Scaling.Max && g.Scaling.Max >= 1:
		r.report(diag.MaxUnavailable, at.at("maxUnavailable"), "", "maxUnavailable is %d, but the group has at most %d nodes", n, g.Scaling.Max)
	}
}
