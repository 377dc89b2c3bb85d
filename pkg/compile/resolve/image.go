package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// completeImage fills in the variant that the instance types call for, and the
// size of the volume that the image needs.
func completeImage(g *spec.NodeGroupBase) {
	if g.Image.ID == "" && g.Image.Variant == "" && len(g.InstanceTypes) > 0 {
		first := g.InstanceTypes[0]
		g.Image.Variant = images.For(g.Image.Family, images.Architecture(first), images.Accelerator(first))
	}
	if g.Volume.Size == nil {
		size := images.DefaultVolumeSize(g.Image.Family)
		g.Volume.Size = &size
	}
}

// checkImage expects the variant to be filled in.
func (r *resolver) checkImage(at path, g spec.NodeGroupBase, managed bool) {
	i, at := g.Image, at.at("image")
	r.checkImageChoice(at, i)
	if len(g.InstanceTypes) == 0 || r.reported(diag.MixedArchitectures, at[:len(at)-1].at("instanceTypes")) {
		return
	}
	r.checkVariant(at, g)
	if i.ID == "" {
		r.checkImageVersion(at.at("family"), i.Family, g.Version)
		r.checkAccelerators(at[:len(at)-1], g)
		r.checkImageRelease(at.at("release"), g, managed)
	}
}

// checkImageChoice checks that an image by id says no more: what it has
// nobody but its maker decides.
func (r *resolver) checkImageChoice(at path, i spec.Image) {
	if i.ID == "" {
		return
	}
	r.checkID(at.at("id"), "ami", i.ID)
	const hint = "drop one of them"
	if i.Release != "" {
		r.report(diag.ImageChoice, at.at("release"), hint, "an image by id has no release")
	}
	if i.Variant != "" {
		r.report(diag.ImageChoice, at.at("variant"), hint, "an image by id has no variant")
	}
}

func (r *resolver) checkVariant(at path, g spec.NodeGroupBase) {
	first := g.InstanceTypes[0]
	architecture := images.Architecture(first)
	variants := images.Variants(g.Image.Family, architecture)
	switch {
	case len(variants) == 0:
		r.report(diag.ImageVariant, at.at("family"), "take instance types of another architecture", "there are no images of %s for %s, which %s is", g.Image.Family, architecture, first)
	case g.Image.ID == "" && !slices.Contains(variants, g.Image.Variant):
		r.report(diag.ImageVariant, at.at("variant"), "the variants are "+strings.Join(variants, ", "), "images of %s for %s have no variant %q", g.Image.Family, architecture, g.Image.Variant)
	}
}

func (r *resolver) checkImageVersion(at path, family spec.ImageFamily, version string) {
	minor, ok := catalog.MinorOf(version)
	if !ok {
		return
	}
	oldest, newest := images.Versions(family)
	switch {
	case minor < oldest:
		r.report(diag.ImageVersion, at, "take an older family, or upgrade", "there are images of %s from Kubernetes 1.%d on, but the group's version is %s", family, oldest, version)
	case newest > 0 && minor > newest:
		r.report(diag.ImageVersion, at, "take AL2023 or Bottlerocket", "there are images of %s up to Kubernetes 1.%d, but the group's version is %s", family, newest, version)
	case family == spec.AL2:
		r.report(diag.ImageSupport, at, "take AL2023 or Bottlerocket", "EKS has not updated images of AL2 since November 2025")
	}
}

// accelerated are the first instance types of the group by their accelerator,
// "" for those without one, of those that the catalog knows.
func accelerated(instanceTypes []string) map[string]string {
	first := map[string]string{}
	for _, name := range instanceTypes {
		known, ok := catalog.LookupInstanceType(name)
		if ok && first[known.Accelerator] == "" {
			first[known.Accelerator] = name
		}
	}
	return first
}

// deviceNames are what accelerators are called.
var deviceNames = map[string]string{images.NVIDIA: "NVIDIA GPUs", images.Neuron: "Neuron devices", "": "no accelerator"}

func (r *resolver) checkAccelerators(at path, g spec.NodeGroupBase) {
	first := accelerated(g.InstanceTypes)
	if len(first) > 1 {
		var found []string
		for _, accelerator := range sortedKeys(first) {
			found = append(found, fmt.Sprintf("%s has %s", first[accelerator], deviceNames[accelerator]))
		}
		r.report(diag.ImageAccelerator, at.at("instanceTypes"), "make a node group for each", "the nodes of a group boot one image, so they have the same accelerators, but %s", strings.Join(found, " and "))
		return
	}
	i := g.Image
	for accelerator, name := range first {
		switch {
		case images.Has(i.Family, i.Variant, accelerator):
		case accelerator == "":
			r.report(diag.ImageAccelerator, at.at("image", "variant"), "drop the variant", "the variant %q is for %s, which %s does not have", i.Variant, deviceNames[driver(i.Variant)], name)
		case i.Family.IsUbuntu(), i.Family.IsWindows():
			r.report(diag.ImageDriver, at.at("image", "family"), "install it on the nodes, or take an image of yours with it", "images of %s have no driver for the %s of %s", i.Family, deviceNames[accelerator], name)
		default:
			r.report(diag.ImageAccelerator, at.at("image", "variant"), wayToDriver(g, accelerator), "the variant %q of %s has no driver for the %s of %s", i.Variant, i.Family, deviceNames[accelerator], name)
		}
	}
}

// driver is the accelerator that a variant is for.
func driver(variant string) string {
	if variant == images.Neuron {
		return images.Neuron
	}
	return images.NVIDIA
}

// wayToDriver is a hint to the variant of the family that has a driver, or else
// of AL2023.
func wayToDriver(g spec.NodeGroupBase, accelerator string) string {
	architecture := images.Architecture(g.InstanceTypes[0])
	for _, family := range []spec.ImageFamily{g.Image.Family, spec.AL2023} {
		if v := images.For(family, architecture, accelerator); images.Has(family, v, accelerator) {
			return fmt.Sprintf("take the variant %q of %s, or an image of yours by id", v, family)
		}
	}
	return "take an image of yours by id"
}
