package spec

import "strings"

// ImageFamily is the operating system of an image: what nodes of one family
// are told to make them join a cluster has one form.
type ImageFamily string

// The families that are one of a kind. Those of Ubuntu and of Windows have
// methods instead.
const (
	AL2023       ImageFamily = "AL2023"
	AL2          ImageFamily = "AL2"
	Bottlerocket ImageFamily = "Bottlerocket"
)

// IsUbuntu reports whether the family is Canonical's.
func (f ImageFamily) IsUbuntu() bool { return strings.HasPrefix(string(f), "Ubuntu") }

// IsWindows reports whether the nodes run Windows, and so no Linux containers.
func (f ImageFamily) IsWindows() bool { return strings.HasPrefix(string(f), "Windows") }

// Image is the machine image that nodes boot. Variant is empty until resolve
// fills it, and stays so for an image by ID.
type Image struct {
	Family  ImageFamily `json:"family"`
	Variant string      `json:"variant,omitempty"`
	ID      string      `json:"id,omitempty"`
	Release string      `json:"release,omitempty"`
}

// IsCustom reports whether a managed node group takes the image by its id in
// the launch template, because it is none that EKS has an AMI type for. EKS
// then tells the nodes nothing by itself; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami.
func (i Image) IsCustom() bool { return i.ID != "" || i.Family.IsUbuntu() }
