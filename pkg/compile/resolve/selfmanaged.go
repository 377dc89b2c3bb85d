package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// checkSelfManaged checks what only a self-managed node group has. What an
// image of your own needs of its volume is not known here.
func (r *resolver) checkSelfManaged(at path, g spec.SelfManagedNodeGroup) {
	smallest := minImageSize
	if i := g.Image; i != nil {
		r.checkImage(at.at("image"), *i)
		if i.ID != "" {
			smallest = 1
		}
	}
	r.checkVolume(at.at("volume", "size"), g.Volume.Size, smallest)
}
