package resolve

import (
	"regexp"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// managedRelease is the form of an AMI release of EKS, whose first part is the
// Kubernetes version.
var managedRelease = regexp.MustCompile(`^(1\.[0-9]{2})\.[0-9]+-[0-9]{8}$`)

// checkManaged checks what only a managed node group has.
func (r *resolver) checkManaged(at path, g spec.NodeGroup) {
	r.checkVolume(at.at("volume", "size"), g.Volume.Size, minImageSize)
	r.checkReleaseVersion(at.at("releaseVersion"), g.ReleaseVersion, g.Version)
	checkKeyLengths(r, at.at("labels"), "label", g.Labels)
	checkKeyLengths(r, at.at("taints"), "taint", g.Taints)
	switch n := g.MaxUnavailable; {
	case n < 1 || n > 100:
		r.report(diag.MaxUnavailable, at.at("maxUnavailable"), "", "maxUnavailable is %d; EKS takes 1 to 100", n)
	case n > g.Scaling.Max && g.Scaling.Max >= 1:
		r.report(diag.MaxUnavailable, at.at("maxUnavailable"), "", "maxUnavailable is %d, but the group has at most %d nodes", n, g.Scaling.Max)
	}
}

func (r *resolver) checkReleaseVersion(at path, release, version string) {
	if release == "" {
		return
	}
	m := managedRelease.FindStringSubmatch(release)
	if m == nil {
		r.report(diag.InvalidRelease, at, `a release is a Kubernetes version and a date, such as "1.35.0-20260415"`, "%q is not an AMI release", release)
	} else if m[1] != version {
		r.report(diag.InvalidRelease, at, "", "the release %s is for Kubernetes %s, but the group's version is %s", release, m[1], version)
	}
}
