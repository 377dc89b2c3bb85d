// Package images knows the machine images that EKS nodes boot: which there are
// for which instance types and versions of Kubernetes, how EKS and the parameter
// store call them, and which of their volumes is which.
package images

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// Variants of an image.
const (
	Standard   = "standard"
	NVIDIA     = "nvidia"
	Neuron     = "neuron"
	FIPS       = "fips"
	NVIDIAFIPS = "nvidia-fips"
)

// Variants are those that the family has for an architecture, "x86_64" or
// "arm64", the standard one first. There are none where the family has no image
// for the architecture at all. See
// https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html and
// the AMI types in https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html.
func Variants(family spec.ImageFamily, architecture string) []string {
	arm := architecture == "arm64"
	switch {
	case family == spec.Bottlerocket:
		return []string{Standard, NVIDIA, FIPS, NVIDIAFIPS}
	case family.IsWindows() && arm:
		return nil
	case family.IsWindows(), family.IsUbuntu(), family == spec.AL2 && arm:
		return []string{Standard}
	case family == spec.AL2, arm:
		return []string{Standard, NVIDIA}
	}
	return []string{Standard, NVIDIA, Neuron}
}

// Has reports whether the image of a variant of the family has the driver of an
// accelerator, "nvidia" or "neuron". The standard image of Bottlerocket has that
// of Neuron; see
// https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html#eks-amis-neuron.
func Has(family spec.ImageFamily, variant, accelerator string) bool {
	switch accelerator {
	case NVIDIA:
		return variant == NVIDIA || variant == NVIDIAFIPS
	case Neuron:
		return variant == Neuron || family == spec.Bottlerocket && (variant == Standard || variant == FIPS)
	}
	return variant == Standard || variant == FIPS
}

// For is the variant of the family for an architecture and an accelerator,
// which may be empty. It is the standard one where none has the driver.
func For(family spec.ImageFamily, architecture, accelerator string) string {
	variants := Variants(family, architecture)
	if i := slices.IndexFunc(variants, func(v string) bool { return Has(family, v, accelerator) }); i > 0 {
		return variants[i]
	}
	return Standard
}

// Versions are the oldest and the newest minor version of Kubernetes that the
// family has images for, such as 35 for 1.35; 0 where that is not limited among
// the versions that EKS has. See
// https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html and
// https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html.
func Versions(family spec.ImageFamily) (oldest, newest int) {
	switch family {
	case spec.AL2:
		return 0, 32
	case "WindowsServer2025Core", "WindowsServer2025Full":
		return 35, 0
	}
	return 0, 0
}

// RootDevice is the device name of the volume that holds what containers
// write: the root volume, or for Bottlerocket the data volume beside it; see
// https://bottlerocket.dev/en/os/latest/concepts/components/.
func RootDevice(family spec.ImageFamily) string {
	switch {
	case family == spec.Bottlerocket:
		return "/dev/xvdb"
	case family.IsUbuntu(), family.IsWindows():
		return "/dev/sda1"
	}
	return "/dev/xvda"
}

// SystemDevice is the device name of the volume that holds the operating system
// alone, or empty where there is none.
func SystemDevice(family spec.ImageFamily) string {
	if family == spec.Bottlerocket {
		return "/dev/xvda"
	}
	return ""
}

// MinVolumeSize is how many GiB the volume at RootDevice needs at least: the
// size of the image's snapshot, or 1 where that is small or not told.
func MinVolumeSize(family spec.ImageFamily) int {
	switch {
	case family.IsWindows():
		return 50
	case family == spec.Bottlerocket, family.IsUbuntu():
		return 1
	}
	return 20
}

// DefaultVolumeSize is how many GiB that volume has where the spec does not say.
func DefaultVolumeSize(family spec.ImageFamily) int { return max(20, MinVolumeSize(family)) }
