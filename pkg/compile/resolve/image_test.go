package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// booting changes the image and the instance types of the managed group.
func booting(i spec.Image, instanceTypes ...string) func(*spec.Spec) {
	return group(func(g *spec.NodeGroup) { g.Image, g.InstanceTypes = i, instanceTypes })
}

func TestImages(t *testing.T) {
	const at = "cluster nodeGroups general"
	runRules(t, newVPC, []ruleTest{
		{"Bottlerocket with FIPS on arm64", booting(spec.Image{Family: spec.Bottlerocket, Variant: "nvidia-fips"}, "g5g.xlarge"), nil},
		{"Neuron on Bottlerocket", booting(spec.Image{Family: spec.Bottlerocket}, "inf2.xlarge"), nil},
		{"variant of another family", booting(spec.Image{Family: spec.AL2023, Variant: "fips"}, "t3.small"), []want{{diag.ImageVariant, at + " image variant", `images of AL2023 for x86_64 have no variant "fips"`}}},
		{"Neuron on arm64", booting(spec.Image{Family: spec.AL2023, Variant: "neuron"}, "m7g.large"), []want{
			{diag.ImageVariant, at + " image variant", "for arm64"}, {diag.ImageAccelerator, at + " image variant", `"neuron" is for Neuron devices, which m7g.large does not have`}}},

		{"GPU on the standard image", booting(spec.Image{Family: spec.AL2023, Variant: "standard"}, "g5.xlarge"), []want{{diag.ImageAccelerator, at + " image variant", "no driver for the NVIDIA GPUs of g5.xlarge"}}},
		{"GPU on an image of one's own", booting(spec.Image{Family: spec.AL2023, ID: "ami-12345678"}, "g5.xlarge"), nil},
		{"NVIDIA's driver for nothing", booting(spec.Image{Family: spec.Bottlerocket, Variant: "nvidia"}, "m7g.large"), []want{{diag.ImageAccelerator, at + " image variant", "which m7g.large does not have"}}},
		{"GPU on Ubuntu", booting(spec.Image{Family: "Ubuntu2404"}, "g5.xlarge"), []want{{diag.ImageDriver, at + " image family", "no driver for the NVIDIA GPUs of g5.xlarge"}}},
		{"types with and without GPUs", booting(spec.Image{Family: spec.AL2023}, "g5.xlarge", "t3.small"), []want{{diag.ImageAccelerator, at + " instanceTypes", "t3.small has no accelerator and g5.xlarge has NVIDIA GPUs"}}},
		{"types with two accelerators", booting(spec.Image{Family: spec.AL2023}, "g5.xlarge", "inf2.xlarge"), []want{{diag.ImageAccelerator, at + " instanceTypes", "inf2.xlarge has Neuron devices and g5.xlarge has NVIDIA GPUs"}}},
		{"unknown type beside a GPU", booting(spec.Image{Family: spec.AL2023}, "g5.xlarge", "g99.xlarge"), []want{{diag.UnknownInstance, at + " instanceTypes 1", "g99.xlarge"}}},

		{"AL2 too late", booting(spec.Image{Family: spec.AL2}, "t3.small"), []want{{diag.ImageVersion, at + " image family", "up to Kubernetes 1.32, but the group's version is 1.35"}}},
		{"AL2 no longer updated", group(func(g *spec.NodeGroup) { g.Image.Family, g.Version = spec.AL2, "1.32" }), []want{{diag.ImageSupport, at + " image family", "since November 2025"}}},

		{"id with a release and a variant", booting(spec.Image{Family: spec.AL2023, ID: "ami-12345678", Release: "1.35.0-20260415", Variant: "standard"}, "t3.small"), []want{
			{diag.ImageChoice, at + " image release", "no release"}, {diag.ImageChoice, at + " image variant", "no variant"}}},
		{"id of a wrong form", booting(spec.Image{Family: spec.AL2023, ID: "12345678"}, "t3.small"), []want{{diag.InvalidID, at + " image id", "an AMI"}}},
	})
}

func TestImageReleases(t *testing.T) {
	release := func(family spec.ImageFamily, release string) func(*spec.Spec) {
		return booting(spec.Image{Family: family, Release: release}, "t3.small")
	}
	const at = "cluster nodeGroups general image release"
	runRules(t, newVPC, []ruleTest{
		{"of Amazon Linux", release(spec.AL2023, "1.35.2-20260415"), nil},
		{"of Bottlerocket", release(spec.Bottlerocket, "1.60.0-1a2b3c4d"), nil},
		{"of Ubuntu", release("Ubuntu2404", "20260415"), nil},
		{"of a self-managed group", release(spec.AL2023, "v20260415"), []want{{diag.InvalidRelease, at, "not a release of AL2023"}}},
		{"of another version", release(spec.AL2023, "1.34.2-20260415"), []want{{diag.InvalidRelease, at, "for Kubernetes 1.34, but the group's version is 1.35"}}},
		{"of another family", release(spec.Bottlerocket, "v1.60.0"), []want{{diag.InvalidRelease, at, "not a release of Bottlerocket"}}},
	})
}

func TestSelfManagedImageReleases(t *testing.T) {
	release := func(family spec.ImageFamily, release string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			g := s.Cluster.SelfManagedNodeGroups["workers"]
			g.Image = spec.Image{Family: family, Release: release}
			s.Cluster.SelfManagedNodeGroups["workers"] = g
		}
	}
	const at = "cluster selfManagedNodeGroups workers image release"
	runRules(t, oldVPC, []ruleTest{
		{"of Amazon Linux", release(spec.AL2023, "v20260415"), nil},
		{"of Bottlerocket", release(spec.Bottlerocket, "1.60.0"), nil},
		{"of Ubuntu", release("Ubuntu2204", "20260415.1"), nil},
		{"of a managed group", release(spec.AL2023, "1.35.0-20260415"), []want{{diag.InvalidRelease, at, "not a release of AL2023"}}},
	})
}

// TestCompleteImage holds what follows from the instance types and the family.
func TestCompleteImage(t *testing.T) {
	for _, tt := range []struct {
		family       spec.ImageFamily
		instanceType string
		variant      string
		size         int
	}{
		{spec.AL2023, "t3.small", "standard", 20},
		{spec.AL2023, "g5g.xlarge", "nvidia", 20},
		{spec.AL2023, "trn1.2xlarge", "neuron", 20},
		{spec.Bottlerocket, "g5.xlarge", "nvidia", 20},
		{spec.Bottlerocket, "inf2.xlarge", "standard", 20},
		{"Ubuntu2404", "g5.xlarge", "standard", 20},
		{"WindowsServer2022Core", "t3.large", "standard", 50},
	} {
		g := spec.NodeGroupBase{Image: spec.Image{Family: tt.family}, InstanceTypes: []string{tt.instanceType}}
		completeImage(&g)
		if g.Image.Variant != tt.variant || *g.Volume.Size != tt.size {
			t.Errorf("%s on %s: variant %q and %d GiB, want %q and %d", tt.family, tt.instanceType, g.Image.Variant, *g.Volume.Size, tt.variant, tt.size)
		}
	}
}
