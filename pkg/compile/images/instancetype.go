package images

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// Architecture is the CPU architecture of an instance type, "x86_64" or
// "arm64". Types that the catalog does not know follow EC2's naming: a g among
// the attributes behind the generation's digit is a Graviton processor.
func Architecture(instanceType string) string {
	if known, ok := catalog.LookupInstanceType(instanceType); ok {
		return known.Architecture
	}
	family, _, _ := strings.Cut(instanceType, ".")
	if _, attributes, ok := strings.Cut(strings.TrimLeft(family, "abcdefghijklmnopqrstuvwxyz"), "g"); ok && attributes != "" || strings.HasSuffix(family, "g") {
		return "arm64"
	}
	return "x86_64"
}

// Accelerator is what the instance type needs an image with a driver for,
// "nvidia" or "neuron"; empty where there is nothing, or the catalog does not
// know the type.
func Accelerator(instanceType string) string {
	known, _ := catalog.LookupInstanceType(instanceType)
	return known.Accelerator
}
