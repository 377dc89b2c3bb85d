package lower

import (
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// managedStack leaves the node group without a name: CloudFormation replaces
// a group when its instance types change, and cannot do that to a named one.
func (g nodeGroup) managedStack(group spec.NodeGroup) ir.Stack {
	s := g.stack(naming.NodeGroupFile(g.name), "EKS managed node group "+g.name+" of the cluster "+g.Cluster.Name)
	g.addNodeRole(&s)
	g.addSecurityGroup(&s)
	properties := g.managedProperties(group)
	if group.LaunchTemplate != nil {
		g.setGivenTemplate(properties, *group.LaunchTemplate)
	} else {
		g.addManagedTemplate(&s, properties)
	}
	add(&s, g.origin, ir.Resource{ID: "NodeGroup", Type: "AWS::EKS::Nodegroup", Properties: properties})
	return s
}

// managedProperties are what a managed group is told whoever writes its launch
// template. The type of a Capacity Block stands there.
func (g nodeGroup) managedProperties(group spec.NodeGroup) ir.Map {
	properties := ir.Map{
		"CapacityType": group.CapacityType,
		"ClusterName":  g.clusterName(),
		"NodeRole":     g.nodeRoleARN(),
		"ScalingConfig": ir.Map{
			"DesiredSize": *g.Scaling.Desired,
			"MaxSize":     g.Scaling.Max,
			"MinSize":     g.Scaling.Min,
		},
		"Subnets": g.subnetIDsOf(g.Subnets, g.Network.SubnetsOf(g.NodeGroupBase)),
		"Tags":    stringMap(g.tagValues(g.nodeName(), g.Tags)),
	}
	if g.CapacityType != spec.CapacityBlock {
		properties["InstanceTypes"] = strs(g.InstanceTypes)
	}
	setLife(properties, group)
	if len(g.Labels) > 0 {
		properties["Labels"] = stringMap(g.Labels)
	}
	if len(g.Taints) > 0 {
		properties["Taints"] = g.taintProperties()
	}
	return properties
}

// addManagedTemplate adds the launch template of a managed group, which has
// what EKS does not say itself.
func (g nodeGroup) addManagedTemplate(s *ir.Stack, properties ir.Map) {
	groups := g.securityGroups()
	if g.inClusterGroupAlone() && !g.statesInterfaces() {
		groups = nil // EKS adds it
	}
	data := g.launchTemplateData(groups)
	g.setUserData(data, g.Image.IsCustom())
	if g.CapacityType == spec.CapacityBlock {
		data["InstanceType"] = g.InstanceTypes[0]
	}
	g.setImage(properties, data)
	properties["LaunchTemplate"] = launchTemplateVersion("Id")
	g.addPlacementGroup(s)
	g.addLaunchTemplate(s, data)
}

// setGivenTemplate names a launch template that exists, and the image unless
// that does.
func (g nodeGroup) setGivenTemplate(properties ir.Map, t spec.GivenLaunchTemplate) {
	template := ir.Map{"Version": strconv.Itoa(t.Version)}
	if t.ID != "" {
		template["Id"] = t.ID
	} else {
		template["Name"] = t.Name
	}
	properties["LaunchTemplate"] = template
	if !t.WithImage {
		g.setImage(properties, ir.Map{})
	}
}

// setImage names the image in the group where EKS has an AMI type for it, and in
// the launch template otherwise, with which EKS takes neither a type nor a
// version; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-ami-id-conditions.
func (g nodeGroup) setImage(properties, launchTemplate ir.Map) {
	if g.Image.IsCustom() {
		launchTemplate["ImageId"] = g.imageID()
		return
	}
	properties["AmiType"], properties["Version"] = g.publishedImage().AMIType(), g.Version
	if g.Image.Release != "" {
		properties["ReleaseVersion"] = g.Image.Release
	}
}

func (g nodeGroup) taintProperties() ir.List {
	effects := map[string]string{"NoSchedule": "NO_SCHEDULE", "PreferNoSchedule": "PREFER_NO_SCHEDULE", "NoExecute": "NO_EXECUTE"}
	var taints ir.List
	for _, taint := range sorted(g.Taints) {
		properties := ir.Map{"Effect": effects[taint.value.Effect], "Key": taint.name}
		if taint.value.Value != "" {
			properties["Value"] = taint.value.Value
		}
		taints = append(taints, properties)
	}
	return taints
}
