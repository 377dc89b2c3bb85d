package resolve

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Sizes of volumes in GiB.
const (
	maxVolumeSize = 16384 // gp2 (CreateVolume)
	minImageSize  = 20    // the snapshot of the EKS optimized Amazon Linux 2023 image
)

var (
	// managedRelease is the form of an AMI release of EKS, whose first part is
	// the Kubernetes version.
	managedRelease = regexp.MustCompile(`^(1\.[0-9]{2})\.[0-9]+-[0-9]{8}$`)
	// imageRelease is the form of a release of github.com/awslabs/amazon-eks-ami.
	imageRelease = regexp.MustCompile(`^v[0-9]{8}$`)
)

// checkManaged checks what only a managed node group has.
func (r *resolver) checkManaged(at path, g spec.NodeGroup) {
	r.checkInstanceTypes(at.at("instanceTypes"), g.InstanceTypes)
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

// checkSelfManaged checks what only a self-managed node group has. What an
// image of your own needs of its volume is not known here.
func (r *resolver) checkSelfManaged(at path, g spec.SelfManagedNodeGroup) {
	r.checkInstanceType(at.at("instanceType"), g.InstanceType)
	smallest := minImageSize
	if i := g.Image; i != nil {
		r.checkImage(at.at("image"), *i)
		if i.ID != "" {
			smallest = 1
		}
	}
	r.checkVolume(at.at("volume", "size"), g.Volume.Size, smallest)
}

func (r *resolver) checkInstanceTypes(at path, names []string) {
	if len(names) == 0 {
		r.report(diag.InstanceTypes, at, `name at least one, such as "m7g.large"`, "there is no instance type")
	}
	seen := map[string]bool{}
	byArchitecture := map[string]string{}
	for i, name := range names {
		if seen[name] {
			r.report(diag.InstanceTypes, at.index(i), "", "the instance type %q is listed twice", name)
			continue
		}
		seen[name] = true
		if a := r.checkInstanceType(at.index(i), name); a != "" && byArchitecture[a] == "" {
			byArchitecture[a] = name
		}
	}
	if len(byArchitecture) > 1 {
		var found []string
		for _, a := range sortedKeys(byArchitecture) {
			found = append(found, fmt.Sprintf("%s is %s", byArchitecture[a], a))
		}
		r.report(diag.MixedArchitectures, at, "make a node group for each", "the nodes of a group boot one image, so they have one architecture, but %s", strings.Join(found, " and "))
	}
}

// instanceTypeForm is a family and a size.
var instanceTypeForm = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`)

// checkInstanceType warns of a type that the catalog does not have, and
// returns the architecture of one that it has.
func (r *resolver) checkInstanceType(at path, name string) string {
	t, ok := catalog.LookupInstanceType(name)
	if !instanceTypeForm.MatchString(name) {
		r.report(diag.InstanceTypes, at, cmp.Or(catalog.DidYouMean(name, catalog.InstanceTypes()), `such as "m7g.large"`), "%q is not the name of an instance type", name)
	} else if !ok {
		r.report(diag.UnknownInstance, at, cmp.Or(catalog.DidYouMean(name, catalog.InstanceTypes()), "check the name; a type newer than that is fine"), "the instance type %q was not known on %s", name, catalog.Date)
	}
	return t.Architecture
}

func (r *resolver) checkVolume(at path, size, smallest int) {
	switch {
	case size < 1 || size > maxVolumeSize:
		r.report(diag.VolumeSize, at, "", "a volume has 1 to %d GiB, not %d", maxVolumeSize, size)
	case size < smallest:
		r.report(diag.VolumeSize, at, "", "the image needs a volume of %d GiB, not %d", smallest, size)
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

func (r *resolver) checkImage(at path, i spec.Image) {
	if (i.ID == "") == (i.Release == "") {
		have := "both id and release"
		if i.ID == "" {
			have = "neither id nor release"
		}
		r.report(diag.ImageChoice, at, "write exactly one of them, or leave image out", "the image has %s", have)
	}
	if i.ID != "" {
		r.checkID(at.at("id"), "ami", i.ID)
	}
	if i.Release != "" && !imageRelease.MatchString(i.Release) {
		r.report(diag.InvalidRelease, at.at("release"), `a release is v and a date, such as "v20260415"`, "%q is not a release of the EKS optimized image", i.Release)
	}
}
