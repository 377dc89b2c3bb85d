package lower

import "github.com/ekscc/ekscc/pkg/ir"

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
func (g nodeGroup) launchTemplateData(securityGroups ir.List) ir.Map {
	var tags ir.List
	for _, kind := range []string{"instance", "network-interface", "volume"} {
		tags = append(tags, ir.Map{"ResourceType": kind, "Tags": g.tags(g.nodeName(), g.Tags)})
	}
	data := ir.Map{"BlockDeviceMappings": g.blockDevices(), "TagSpecifications": tags}
	if g.KeyPair != "" {
		data["KeyName"] = g.KeyPair
	}
	g.setInstance(data)
	g.setInterfaces(data, securityGroups)
	return data
}
