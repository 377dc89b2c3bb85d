package resolve

import "github.com/ekscc/ekscc/pkg/diag"

// maxVolumeSize is the largest size of a gp2 volume in GiB (CreateVolume).
const maxVolumeSize = 16384

func (r *resolver) checkVolume(at path, size, smallest int) {
	switch {
	case size < 1 || size > maxVolumeSize:
		r.report(diag.VolumeSize, at, "", "a volume has 1 to %d GiB, not %d", maxVolumeSize, size)
	case size < smallest:
		r.report(diag.VolumeSize, at, "", "the image needs a volume of %d GiB, not %d", smallest, size)
	}
}
