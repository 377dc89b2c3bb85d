package lower

import (
	"cmp"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// selfManagedStack is an Auto Scaling group whose instances join the cluster
// by the user data of its launch template.
func (g nodeGroup) selfManagedStack(group spec.SelfManagedNodeGroup) ir.Stack {
	s := g.stack(naming.NodeGroupFile(g.name), "Self-managed node group "+g.name+" of the EKS cluster "+g.Cluster.Name)
	g.addNodeRole(&s)
	g.addInstanceProfile(&s, "InstanceProfile", g.origin+".role", "NodeRole")
	if g.AuthenticationMode.UsesAccessEntries() {
		properties := ir.Map{
			"ClusterName":  g.clusterName(),
			"PrincipalArn": ir.GetAtt{ID: "NodeRole", Attribute: "Arn"},
			"Type":         "EC2_LINUX",
		}
		setTags(properties, g.tags("", g.Tags))
		add(&s, g.origin+".role", ir.Resource{ID: "NodeAccessEntry", Type: "AWS::EKS::AccessEntry", Properties: properties})
	}
	g.addSecurityGroup(&s)
	data := g.launchTemplateData(g.securityGroups())
	data["IamInstanceProfile"] = ir.Map{"Arn": ir.GetAtt{ID: "InstanceProfile", Attribute: "Arn"}}
	data["ImageId"] = g.image(group)
	data["InstanceType"] = group.InstanceType
	data["UserData"] = g.userData()
	g.addLaunchTemplate(&s, data)
	g.addAutoScalingGroup(&s)
	return s
}

// image is the id of the group's image. The recommended image is looked up in
// SSM by CloudFormation whenever the stack is deployed, not by EC2 whenever a
// node starts: nodes of one group then run one image.
func (g nodeGroup) image(group spec.SelfManagedNodeGroup) string {
	image := cmp.Or(group.Image, &spec.Image{})
	if image.ID != "" {
		return image.ID
	}
	arch := architecture(group.InstanceType)
	name := "recommended"
	if image.Release != "" {
		name = "amazon-eks-node-al2023-" + arch + "-standard-" + g.Version + "-" + image.Release
	}
	return "{{resolve:ssm:/aws/service/eks/optimized-ami/" + g.Version + "/amazon-linux-2023/" + arch + "/standard/" + name + "/image_id}}"
}

func (g nodeGroup) addAutoScalingGroup(s *ir.Stack) {
	// The tag by which Kubernetes and the AWS console tell whose nodes these
	// are; see https://docs.aws.amazon.com/eks/latest/userguide/launch-workers.html.
	owned := map[string]string{"kubernetes.io/cluster/" + g.Cluster.Name: "owned"}
	var tags ir.List
	for _, tag := range g.tags(g.nodeName(), merged(g.Tags, owned)) {
		tag := tag.(ir.Map)
		tag["PropagateAtLaunch"] = true
		tags = append(tags, tag)
	}
	add(s, g.origin, ir.Resource{
		ID:   "AutoScalingGroup",
		Type: "AWS::AutoScaling::AutoScalingGroup",
		UpdatePolicy: ir.Map{"AutoScalingRollingUpdate": ir.Map{
			"MaxBatchSize":          1,
			"MinInstancesInService": min(*g.Scaling.Desired, g.Scaling.Max-1),
			"SuspendProcesses":      ir.List{"HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"},
		}},
		Properties: ir.Map{
			"DesiredCapacity": strconv.Itoa(*g.Scaling.Desired),
			"LaunchTemplate": ir.Map{
				"LaunchTemplateId": ir.Ref("LaunchTemplate"),
				"Version":          ir.GetAtt{ID: "LaunchTemplate", Attribute: "LatestVersionNumber"},
			},
			"MaxSize":           strconv.Itoa(g.Scaling.Max),
			"MinSize":           strconv.Itoa(g.Scaling.Min),
			"Tags":              tags,
			"VPCZoneIdentifier": g.subnetIDs(g.Subnets),
		},
	})
}
