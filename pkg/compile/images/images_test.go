package images_test

import (
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// families are those of the schema.
func families(t *testing.T) []spec.ImageFamily {
	group := schema.Spec().Field("cluster").Type().Field("nodeGroups").Type().Element()
	var all []spec.ImageFamily
	for _, name := range group.Field("image").Type().Field("family").Type().Enum {
		all = append(all, spec.ImageFamily(name))
	}
	if len(all) == 0 {
		t.Fatal("the schema has no families")
	}
	return all
}

// TestAMITypes holds that families and variants make every AMI type that EKS
// has, and no other.
func TestAMITypes(t *testing.T) {
	var got []string
	for _, family := range families(t) {
		for _, architecture := range []string{"x86_64", "arm64"} {
			for _, variant := range images.Variants(family, architecture) {
				if name := (images.Image{Family: family, Variant: variant, Architecture: architecture}).AMIType(); name != "" {
					got = append(got, name)
				}
			}
		}
	}
	slices.Sort(got)
	nodegroup, ok := catalog.LookupResourceType("AWS::EKS::Nodegroup")
	if !ok {
		t.Fatal("the catalog has no node groups")
	}
	amiType, _ := nodegroup.Property("AmiType")
	want := slices.DeleteFunc(slices.Clone(amiType.Enum), func(name string) bool { return name == "CUSTOM" })
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestParameter(t *testing.T) {
	for _, tt := range []struct {
		image images.Image
		want  string
	}{
		{images.Image{spec.AL2023, "standard", "arm64", "1.35", ""}, "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/recommended/image_id"},
		{images.Image{spec.AL2023, "nvidia", "x86_64", "1.35", "v20260415"}, "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.35-v20260415/image_id"},
		{images.Image{spec.AL2, "standard", "x86_64", "1.32", ""}, "/aws/service/eks/optimized-ami/1.32/amazon-linux-2/recommended/image_id"},
		{images.Image{spec.AL2, "standard", "arm64", "1.32", "v20250715"}, "/aws/service/eks/optimized-ami/1.32/amazon-linux-2-arm64/amazon-eks-arm64-node-1.32-v20250715/image_id"},
		{images.Image{spec.AL2, "nvidia", "x86_64", "1.32", ""}, "/aws/service/eks/optimized-ami/1.32/amazon-linux-2-gpu/recommended/image_id"},
		{images.Image{spec.Bottlerocket, "standard", "x86_64", "1.35", ""}, "/aws/service/bottlerocket/aws-k8s-1.35/x86_64/latest/image_id"},
		{images.Image{spec.Bottlerocket, "nvidia-fips", "arm64", "1.35", "1.60.0"}, "/aws/service/bottlerocket/aws-k8s-1.35-nvidia-fips/arm64/1.60.0/image_id"},
		{images.Image{"Ubuntu2204", "standard", "x86_64", "1.33", ""}, "/aws/service/canonical/ubuntu/eks/22.04/1.33/stable/current/amd64/hvm/ebs-gp2/ami-id"},
		{images.Image{"UbuntuPro2404", "standard", "arm64", "1.35", "20260415"}, "/aws/service/canonical/ubuntu/eks-pro/24.04/1.35/stable/20260415/arm64/hvm/ebs-gp3/ami-id"},
		{images.Image{"WindowsServer2025Full", "standard", "x86_64", "1.35", ""}, "/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-EKS_Optimized-1.35/image_id"},
	} {
		if got := tt.image.Parameter(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// TestVersions holds what a range of versions excludes: a family for which it
// is silent has images for all versions that EKS has.
func TestVersions(t *testing.T) {
	for _, tt := range []struct {
		family         spec.ImageFamily
		oldest, newest int
	}{{spec.AL2, 0, 32}, {"WindowsServer2025Core", 35, 0}, {"WindowsServer2025Full", 35, 0}, {"WindowsServer2022Full", 0, 0}, {spec.AL2023, 0, 0}} {
		if oldest, newest := images.Versions(tt.family); oldest != tt.oldest || newest != tt.newest {
			t.Errorf("%s: got %d to %d", tt.family, oldest, newest)
		}
	}
}

// TestArchitecture holds the names of types that the catalog does not know.
func TestArchitecture(t *testing.T) {
	for name, want := range map[string]string{"m7g.large": "arm64", "t3.small": "x86_64", "g5.xlarge": "x86_64", "x99gd.large": "arm64", "z99i.large": "x86_64", "g99g.large": "arm64"} {
		if got := images.Architecture(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
