package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/diag"
)

// imagePattern is the grammar of image references, as the container runtimes
// read them (github.com/distribution/reference): an optional registry, a path
// in lower case, and an optional tag and digest.
var imagePattern = lazyregexp.New(`^([a-zA-Z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*` +
	`(:\w[\w.-]*)?(@[a-z0-9+._-]+:[0-9a-fA-F]+)?$`)

// checkImageReference checks the form of an image, and that it stays the same
// image. Without tag and digest it is the one that is tagged latest.
func (r *resolver) checkImageReference(at path, image string) {
	if !imagePattern.MatchString(image) {
		r.report(diag.InvalidImage, at, `such as "nginx:1.29" or "registry.example.com/team/app:2.1"`, "%q is not the name of an image", image)
		return
	}
	name := image[strings.LastIndex(image, "/")+1:]
	_, tag, tagged := strings.Cut(name, ":")
	switch {
	case strings.Contains(name, "@"):
	case !tagged:
		r.report(diag.UnpinnedImage, at, "add the tag of a version, or a digest", "the image %q has no tag, so it changes under you", image)
	case tag == "latest":
		r.report(diag.UnpinnedImage, at, "take the tag of a version, or a digest", "the tag latest changes under you")
	}
}
