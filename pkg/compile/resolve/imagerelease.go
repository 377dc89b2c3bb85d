package resolve

import (
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// releaseForm is how a publisher of images calls a release. Where the form has
// a part in parentheses, that is the version of Kubernetes.
type releaseForm struct {
	form    *lazyregexp.Regexp
	example string
}

// Releases in the words of EKS for managed groups, and in those of the SSM
// parameters that self-managed groups look up.
var (
	managedAmazonLinux  = releaseForm{lazyregexp.New(`^(1\.[0-9]{2})\.[0-9]+-[0-9]{8}$`), "1.35.0-20260415"}
	managedBottlerocket = releaseForm{lazyregexp.New(`^[0-9]+\.[0-9]+\.[0-9]+-[0-9a-f]{8}$`), "1.60.0-1a2b3c4d"}
	managedWindows      = releaseForm{lazyregexp.New(`^(1\.[0-9]{2})-[0-9]{4}[.-][0-9]{2}[.-][0-9]{2}$`), "1.35-2026.04.18"}
	amazonLinux         = releaseForm{lazyregexp.New(`^v[0-9]{8}$`), "v20260415"}
	bottlerocket        = releaseForm{lazyregexp.New(`^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9a-f]{8})?$`), "1.60.0"}
	ubuntu              = releaseForm{lazyregexp.New(`^[0-9]{8}(?:\.[0-9]+)?$`), "20260415"}
)

// releaseFormOf is the form of a release, and false where there is none.
func releaseFormOf(family spec.ImageFamily, managed bool) (releaseForm, bool) {
	switch {
	case family.IsUbuntu():
		return ubuntu, true
	case family.IsWindows():
		return managedWindows, managed
	case family == spec.Bottlerocket && managed:
		return managedBottlerocket, true
	case family == spec.Bottlerocket:
		return bottlerocket, true
	case managed:
		return managedAmazonLinux, true
	}
	return amazonLinux, true
}

func (r *resolver) checkImageRelease(at path, g spec.NodeGroupBase, managed bool) {
	release := g.Image.Release
	if release == "" {
		return
	}
	form, ok := releaseFormOf(g.Image.Family, managed)
	if !ok {
		r.report(diag.InvalidRelease, at, "name the image by its id", "releases of %s cannot be looked up", g.Image.Family)
		return
	}
	m := form.form.FindStringSubmatch(release)
	switch {
	case m == nil && managed:
		r.report(diag.InvalidRelease, at, `one for a managed group is such as "`+form.example+`"`, "%q is not a release of %s", release, g.Image.Family)
	case m == nil:
		r.report(diag.InvalidRelease, at, `one for a self-managed group is such as "`+form.example+`"`, "%q is not a release of %s", release, g.Image.Family)
	case len(m) > 1 && m[1] != g.Version:
		r.report(diag.InvalidRelease, at, "", "the release %s is for Kubernetes %s, but the group's version is %s", release, m[1], g.Version)
	}
}
