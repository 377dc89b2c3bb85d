package lower

import "github.com/ekscc/ekscc/pkg/compile/images"

// imageID is the id of the group's image. One that is published is looked up in
// SSM by CloudFormation whenever the stack is deployed, not by EC2 whenever a
// node starts: nodes of one group then run one image.
func (g nodeGroup) imageID() string {
	if g.Image.ID != "" {
		return g.Image.ID
	}
	return "{{resolve:ssm:" + g.publishedImage().Parameter() + "}}"
}

func (g nodeGroup) publishedImage() images.Image {
	return images.Of(g.Image, g.InstanceTypes, g.Version)
}
