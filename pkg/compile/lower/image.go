package lower

import (
	"cmp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// image is the id of the group's image. The recommended image is looked up in
// SSM by CloudFormation whenever the stack is deployed, not by EC2 whenever a
// node starts: nodes of one group then run one image.
func (g nodeGroup) image(group spec.SelfManagedNodeGroup) string {
	image := cmp.Or(group.Image, &spec.Image{})
	if image.ID != "" {
		return image.ID
	}
	arch := architecture(g.InstanceTypes[0])
	name := "recommended"
	if image.Release != "" {
		name = "amazon-eks-node-al2023-" + arch + "-standard-" + g.Version + "-" + image.Release
	}
	return "{{resolve:ssm:/aws/service/eks/optimized-ami/" + g.Version + "/amazon-linux-2023/" + arch + "/standard/" + name + "/image_id}}"
}

// amiType is the EKS optimized Amazon Linux 2023 image for the architecture
// that all the instance types share.
func amiType(instanceTypes []string) string {
	if architecture(instanceTypes[0]) == "arm64" {
		return "AL2023_ARM_64_STANDARD"
	}
	return "AL2023_x86_64_STANDARD"
}

// architecture is the CPU architecture of an instance type. Types that the
// catalog does not know follow EC2's naming: a g among the attributes behind
// the generation's digit is a Graviton processor.
func architecture(instanceType string) string {
	if known, ok := catalog.LookupInstanceType(instanceType); ok {
		return known.Architecture
	}
	family, _, _ := strings.Cut(instanceType, ".")
	if _, attributes, ok := strings.Cut(strings.TrimLeft(family, "abcdefghijklmnopqrstuvwxyz"), "g"); ok && attributes != "" || strings.HasSuffix(family, "g") {
		return "arm64"
	}
	return "x86_64"
}
