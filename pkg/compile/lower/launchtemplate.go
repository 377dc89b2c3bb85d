package lower

import "github.com/ekscc/ekscc/pkg/ir"

// rootDevice is the name of the root volume in Amazon Linux 2023 images.
const rootDevice = "/dev/xvda"

// addLaunchTemplate adds a launch template without a name, so that it can be
// replaced. Groups refer to its latest version by number: a changed template
// changes the number, and that rolls the nodes.
func (g nodeGroup) addLaunchTemplate(s *ir.Stack, data ir.Map) {
	add(s, g.origin, ir.Resource{ID: "LaunchTemplate", Type: "AWS::EC2::LaunchTemplate", Properties: ir.Map{
		"LaunchTemplateData": data,
		"TagSpecifications": ir.List{ir.Map{
			"ResourceType": "launch-template",
			"Tags":         g.tags(g.nodeName(), g.Tags),
		}},
	}})
}

// launchTemplateVersion refers to the launch template by the number of its
// latest version. What holds the id is called id.
func launchTemplateVersion(id string) ir.Map {
	return ir.Map{
		id:        ir.Ref("LaunchTemplate"),
		"Version": ir.GetAtt{ID: "LaunchTemplate", Attribute: "LatestVersionNumber"},
	}
}

// launchTemplateData is what both kinds of node group ask of their instances.
// The metadata service answers version 2 only, and not to pods, which get
// their permissions from EKS instead of the node.
func (g nodeGroup) launchTemplateData(securityGroups ir.List) ir.Map {
	data := ir.Map{
		"BlockDeviceMappings": ir.List{ir.Map{
			"DeviceName": rootDevice,
			"Ebs": ir.Map{
				"DeleteOnTermination": true,
				"Encrypted":           g.Volume.Encrypted,
				"VolumeSize":          g.Volume.Size,
				"VolumeType":          g.Volume.Type,
			},
		}},
		"MetadataOptions": ir.Map{
			"HttpPutResponseHopLimit": 1,
			"HttpTokens":              "required",
		},
		"TagSpecifications": ir.List{
			ir.Map{"ResourceType": "instance", "Tags": g.tags(g.nodeName(), g.Tags)},
			ir.Map{"ResourceType": "volume", "Tags": g.tags(g.nodeName(), g.Tags)},
		},
	}
	if g.KeyPair != "" {
		data["KeyName"] = g.KeyPair
	}
	if securityGroups != nil {
		data["SecurityGroupIds"] = securityGroups
	}
	return data
}
