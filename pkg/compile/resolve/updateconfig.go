package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxUnavailableNodes is how many nodes of a group EKS updates at once at most;
// see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html.
const maxUnavailableNodes = 100

// completeUpdateConfig fills in the limit where the spec states none: EKS's own.
func completeUpdateConfig(u *spec.UpdateConfig) {
	if u.MaxUnavailable == nil && u.MaxUnavailablePercentage == nil {
		one := 1
		u.MaxUnavailable = &one
	}
}

func (r *resolver) checkUpdateConfig(at path, u spec.UpdateConfig, s spec.Scaling) {
	if u.MaxUnavailable != nil && u.MaxUnavailablePercentage != nil {
		r.report(diag.MaxUnavailable, at, "leave one of them out", "maxUnavailable and maxUnavailablePercentage both limit how many nodes are unavailable")
	}
	r.checkPercentage(diag.MaxUnavailable, at, "maxUnavailablePercentage", u.MaxUnavailablePercentage)
	if u.MaxUnavailable == nil {
		return
	}
	switch n := *u.MaxUnavailable; {
	case n < 1 || n > maxUnavailableNodes:
		r.report(diag.MaxUnavailable, at.at("maxUnavailable"), "", "maxUnavailable is %d; EKS takes 1 to %d", n, maxUnavailableNodes)
	case n > s.Max && s.Max >= 1:
		r.report(diag.MaxUnavailable, at.at("maxUnavailable"), "", "maxUnavailable is %d, but the group has at most %d nodes", n, s.Max)
	}
}

// checkPercentage reports a field that is no percentage; nil is no field.
func (r *resolver) checkPercentage(code diag.Code, at path, field string, percent *int) {
	if percent != nil && (*percent < 1 || *percent > 100) {
		r.report(code, at.at(field), "", "%s is %d; a percentage is 1 to 100", field, *percent)
	}
}
