package lower

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// selfManagedStack is an Auto Scaling group whose instances join the cluster
// by the user data of its launch template.
func (g nodeGroup) selfManagedStack(group spec.SelfManagedNodeGroup) ir.Stack {
	s := g.stack(naming.NodeGroupFile(g.name), "Self-managed node group "+g.name+" of the EKS cluster "+g.Cluster.Name)
	g.addNodeRole(&s)
	g.addInstanceProfile(&s, "InstanceProfile", g.origin+".role", cmp.Or[ir.Value](nonEmpty(roleName(g.Role.ARN)), ir.Ref(nodeRoleID)))
	if g.AuthenticationMode.UsesAccessEntries() {
		properties := ir.Map{
			"ClusterName":  g.clusterName(),
			"PrincipalArn": g.nodeRoleARN(),
			"Type":         g.accessEntryType(),
		}
		setTags(properties, g.tags("", g.Tags))
		add(&s, g.origin+".role", ir.Resource{ID: "NodeAccessEntry", Type: "AWS::EKS::AccessEntry", Properties: properties})
	}
	g.addSecurityGroup(&s)
	data := g.launchTemplateData(g.securityGroups())
	data["IamInstanceProfile"] = ir.Map{"Arn": ir.GetAtt{ID: "InstanceProfile", Attribute: "Arn"}}
	data["ImageId"] = g.imageID()
	if !g.isMixed() {
		data["InstanceType"] = g.InstanceTypes[0]
	}
	g.setUserData(data, true)
	g.addPlacementGroup(&s)
	g.addLaunchTemplate(&s, data)
	autoScalingGroup{g, group.AutoScalingGroup, g.AutoscalerTags(group)}.addAutoScalingGroup(&s)
	return s
}

// accessEntryType says which kind of nodes the role is for.
func (g nodeGroup) accessEntryType() string {
	if g.Image.Family.IsWindows() {
		return "EC2_WINDOWS"
	}
	return "EC2_LINUX"
}
