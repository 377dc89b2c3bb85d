package lower

import (
	"strconv"

	"github.com/ekscc/ekscc/pkg/ir"
)

// addAutoScalingGroup adds the group whose instances join the cluster.
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
	properties := ir.Map{
		"DesiredCapacity":   strconv.Itoa(*g.Scaling.Desired),
		"MaxSize":           strconv.Itoa(g.Scaling.Max),
		"MinSize":           strconv.Itoa(g.Scaling.Min),
		"Tags":              tags,
		"VPCZoneIdentifier": g.subnetIDs(g.Subnets),
	}
	if g.isMixed() {
		properties["MixedInstancesPolicy"] = g.mixedInstancesPolicy()
	} else {
		properties["LaunchTemplate"] = launchTemplateVersion("LaunchTemplateId")
	}
	add(s, g.origin, ir.Resource{
		ID:   "AutoScalingGroup",
		Type: "AWS::AutoScaling::AutoScalingGroup",
		UpdatePolicy: ir.Map{"AutoScalingRollingUpdate": ir.Map{
			"MaxBatchSize":          1,
			"MinInstancesInService": min(*g.Scaling.Desired, g.Scaling.Max-1),
			"SuspendProcesses":      ir.List{"HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"},
		}},
		Properties: properties,
	})
}

// isMixed reports whether an Auto Scaling group buys more than one type on
// demand, and so has a policy for it. A launch template alone names one type.
func (g nodeGroup) isMixed() bool { return len(g.InstanceTypes) > 1 || g.CapacityType == "SPOT" }

// mixedInstancesPolicy tries on-demand types in the order of the spec, as EKS
// does for managed groups, and takes Spot capacity where it is least likely to
// be interrupted and cheap.
func (g nodeGroup) mixedInstancesPolicy() ir.Map {
	distribution := ir.Map{"OnDemandAllocationStrategy": "prioritized", "OnDemandPercentageAboveBaseCapacity": 100}
	if g.CapacityType == "SPOT" {
		distribution = ir.Map{"OnDemandPercentageAboveBaseCapacity": 0, "SpotAllocationStrategy": "price-capacity-optimized"}
	}
	var overrides ir.List
	for _, name := range g.InstanceTypes {
		overrides = append(overrides, ir.Map{"InstanceType": name})
	}
	return ir.Map{
		"InstancesDistribution": distribution,
		"LaunchTemplate": ir.Map{
			"LaunchTemplateSpecification": launchTemplateVersion("LaunchTemplateId"),
			"Overrides":                   overrides,
		},
	}
}
