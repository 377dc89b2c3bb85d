package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxVolumeSize is the largest size of a gp2 volume in GiB (CreateVolume).
const maxVolumeSize = 16384

// checkVolume expects the size to be filled in. What an image of your own needs
// is not known here.
func (r *resolver) checkVolume(at path, g spec.NodeGroupBase) {
	size, smallest := *g.Volume.Size, 1
	if g.Image.ID == "" {
		smallest = images.MinVolumeSize(g.Image.Family)
	}
	switch {
	case size < 1 || size > maxVolumeSize:
		r.report(diag.VolumeSize, at, "", "a volume has 1 to %d GiB, not %d", maxVolumeSize, size)
	case size < smallest:
		r.report(diag.VolumeSize, at, "", "the image needs a volume of %d GiB, not %d", smallest, size)
	}
}
