package resolve

import (
	"regexp"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// minImageSize is the size in GiB of the EKS optimized Amazon Linux 2023
// image's snapshot.
const minImageSize = 20

// imageRelease is the form of a release of github.com/awslabs/amazon-eks-ami.
var imageRelease = regexp.MustCompile(`^v[0-9]{8}$`)

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
