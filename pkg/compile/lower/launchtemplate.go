package lower

import (
	"github.com/ekscc/ekscc/pkg/compile/images"
	"github.com/ekscc/ekscc/pkg/ir"
)

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
		"BlockDeviceMappings": g.blockDevices(),
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

// blockDevices are the volumes of a node. That of the operating system alone
// keeps the size of the image.
func (g nodeGroup) blockDevices() ir.List {
	var devices ir.List
	if system := images.SystemDevice(g.Image.Family); system != "" {
		devices = append(devices, ir.Map{"DeviceName": system, "Ebs": g.volume()})
	}
	volume := g.volume()
	volume["VolumeSize"] = *g.Volume.Size
	return append(devices, ir.Map{"DeviceName": images.RootDevice(g.Image.Family), "Ebs": volume})
}

// volume is what the volumes of a node have in common.
func (g nodeGroup) volume() ir.Map {
	return ir.Map{
		"DeleteOnTermination": true,
		"Encrypted":           g.Volume.Encrypted,
		"VolumeType":          g.Volume.Type,
	}
}
