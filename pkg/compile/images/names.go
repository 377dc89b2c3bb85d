package images

import (
	"cmp"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// Image is one image of a family. Release is empty for the newest one.
type Image struct {
	Family       spec.ImageFamily
	Variant      string
	Architecture string // "x86_64" or "arm64"
	Version      string // of Kubernetes, such as "1.35"
	Release      string
}

// Of is the image of a node group of these instance types and Kubernetes
// version. It is not one that the group has by an id.
func Of(i spec.Image, instanceTypes []string, version string) Image {
	return Image{i.Family, cmp.Or(i.Variant, Standard), Architecture(instanceTypes[0]), version, i.Release}
}

// AMIType is what EKS calls the image in a managed node group, or empty where
// EKS has no such type; see
// https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html.
func (i Image) AMIType() string {
	architecture := strings.Replace(i.Architecture, "arm64", "ARM_64", 1)
	variant := strings.ToUpper(strings.ReplaceAll(i.Variant, "-", "_"))
	switch {
	case i.Family.IsUbuntu():
		return ""
	case i.Family.IsWindows():
		year, edition := i.windows()
		return "WINDOWS_" + strings.ToUpper(edition) + "_" + year + "_" + architecture
	case i.Family == spec.AL2 && i.Variant == NVIDIA:
		return "AL2_" + architecture + "_GPU"
	case i.Family == spec.AL2:
		return "AL2_" + architecture
	case i.Family == spec.Bottlerocket && i.Variant == Standard:
		return "BOTTLEROCKET_" + architecture
	case i.Family == spec.Bottlerocket:
		return "BOTTLEROCKET_" + architecture + "_" + variant
	}
	return "AL2023_" + architecture + "_" + variant
}

// Parameter is the name of the public SSM parameter that holds the image's id.
// Windows has one for the newest image only. See
// https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html,
// https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html,
// https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html and
// https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/.
func (i Image) Parameter() string {
	switch {
	case i.Family.IsUbuntu():
		return i.ubuntuParameter()
	case i.Family.IsWindows():
		year, edition := i.windows()
		return "/aws/service/ami-windows-latest/Windows_Server-" + year + "-English-" + edition + "-EKS_Optimized-" + i.Version + "/image_id"
	case i.Family == spec.Bottlerocket:
		flavor := strings.TrimSuffix("-"+i.Variant, "-"+Standard)
		return "/aws/service/bottlerocket/aws-k8s-" + i.Version + flavor + "/" + i.Architecture + "/" + cmp.Or(i.Release, "latest") + "/image_id"
	case i.Family == spec.AL2:
		return i.al2Parameter()
	}
	name := "recommended"
	if i.Release != "" {
		name = "amazon-eks-node-al2023-" + i.Architecture + "-" + i.Variant + "-" + i.Version + "-" + i.Release
	}
	return "/aws/service/eks/optimized-ami/" + i.Version + "/amazon-linux-2023/" + i.Architecture + "/" + i.Variant + "/" + name + "/image_id"
}

func (i Image) al2Parameter() string {
	flavor := ""
	switch {
	case i.Variant == NVIDIA:
		flavor = "-gpu"
	case i.Architecture == "arm64":
		flavor = "-arm64"
	}
	name := "recommended"
	if i.Release != "" {
		name = "amazon-eks" + flavor + "-node-" + i.Version + "-" + i.Release
	}
	return "/aws/service/eks/optimized-ami/" + i.Version + "/amazon-linux-2" + flavor + "/" + name + "/image_id"
}

func (i Image) ubuntuParameter() string {
	product, year := "eks", strings.TrimPrefix(string(i.Family), "Ubuntu")
	if pro, ok := strings.CutPrefix(year, "Pro"); ok {
		product, year = "eks-pro", pro
	}
	architecture, volume := strings.Replace(i.Architecture, "x86_64", "amd64", 1), "ebs-gp3"
	if year == "2204" {
		volume = "ebs-gp2"
	}
	return "/aws/service/canonical/ubuntu/" + product + "/" + year[:2] + "." + year[2:] + "/" + i.Version + "/stable/" +
		cmp.Or(i.Release, "current") + "/" + architecture + "/hvm/" + volume + "/ami-id"
}

// windows is the year of the Windows Server and its edition, "Core" or "Full".
func (i Image) windows() (year, edition string) {
	name := strings.TrimPrefix(string(i.Family), "WindowsServer")
	return name[:4], name[4:]
}
