package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkWarmPool checks the group's warm pool, unless there is none; see
// https://docs.aws.amazon.com/eks/latest/userguide/warm-pools-managed-node-groups.html.
func (r *resolver) checkWarmPool(at path, g spec.NodeGroup) {
	w, at := g.WarmPool, at.at("warmPool")
	if w == nil || !w.Enabled {
		return
	}
	if g.CapacityType != spec.OnDemand {
		r.report(diag.WarmPool, at, "use on-demand capacity, or leave the warm pool out", "an Auto Scaling group of capacity type %s has no warm pool", g.CapacityType)
	}
	r.checkWarmPoolImage(at, g)
	r.checkWarmPoolSizes(at, *w, g.Scaling)
}

func (r *resolver) checkWarmPoolImage(at path, g spec.NodeGroup) {
	w := g.WarmPool
	switch hibernated := w.PoolState == "HIBERNATED"; {
	case g.Image.IsCustom():
		r.report(diag.WarmPool, at, "take an image of EKS, or leave the warm pool out", "EKS keeps no warm pool of instances with an image that is not its own")
	case hibernated && g.Image.Family == spec.Bottlerocket:
		r.report(diag.WarmPool, at.at("poolState"), "take STOPPED or RUNNING", "instances with Bottlerocket do not hibernate")
	case hibernated && !g.Volume.Encrypted:
		r.report(diag.WarmPool, at.at("poolState"), "encrypt volume", "an instance hibernates only with an encrypted root volume")
	}
	if w.ReuseOnScaleIn != nil && *w.ReuseOnScaleIn && g.Image.Family == spec.Bottlerocket {
		r.report(diag.WarmPool, at.at("reuseOnScaleIn"), "", "instances with Bottlerocket do not go back to a warm pool")
	}
}

func (r *resolver) checkWarmPoolSizes(at path, w spec.WarmPool, s spec.Scaling) {
	if w.MinSize != nil && *w.MinSize < 0 {
		r.report(diag.WarmPool, at.at("minSize"), "", "minSize is %d, but there cannot be fewer than 0 instances", *w.MinSize)
	}
	prepared := s.Max
	if w.MaxGroupPreparedCapacity != nil && *w.MaxGroupPreparedCapacity != -1 {
		prepared = *w.MaxGroupPreparedCapacity
	}
	switch {
	case prepared < -1:
		r.report(diag.WarmPool, at.at("maxGroupPreparedCapacity"), "write -1 for as many as scaling.max, or leave it out", "%d is no number of instances", prepared)
	case prepared < s.Min:
		r.report(diag.WarmPool, at.at("maxGroupPreparedCapacity"), "", "%d instances in all are fewer than the group's own, which are at least %d", prepared, s.Min)
	case w.MinSize != nil && *w.MinSize > prepared:
		r.report(diag.WarmPool, at.at("minSize"), "", "%d waiting instances are more than the %d that there are in all", *w.MinSize, prepared)
	}
}
