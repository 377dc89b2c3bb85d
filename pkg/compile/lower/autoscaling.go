package lower

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// autoScalingGroup is a self-managed node group with what its Auto Scaling
// group has besides.
type autoScalingGroup struct {
	nodeGroup
	spec.AutoScalingGroup
	// autoscaler are the tags of a group that the Cluster Autoscaler scales, and
	// nil otherwise.
	autoscaler map[string]string
}

// autoScalingGroupID is the logical id of a node group's Auto Scaling group.
const autoScalingGroupID = "AutoScalingGroup"

// addAutoScalingGroup adds the group whose instances join the cluster, and what
// CloudFormation has as resources beside it. A group begins with its least
// size; where the Cluster Autoscaler changes that, no deployment sets it back.
func (g autoScalingGroup) addAutoScalingGroup(s *ir.Stack) {
	properties := ir.Map{
		"MaxSize":           strconv.Itoa(g.Scaling.Max),
		"MinSize":           strconv.Itoa(g.Scaling.Min),
		"Tags":              g.groupTags(),
		"VPCZoneIdentifier": g.subnetIDsOf(g.Subnets, g.Network.SubnetsOf(g.NodeGroupBase)),
	}
	if g.autoscaler == nil || *g.Scaling.Desired != g.Scaling.Min {
		properties["DesiredCapacity"] = strconv.Itoa(*g.Scaling.Desired)
	}
	if g.isMixed() {
		properties["MixedInstancesPolicy"] = g.mixedInstancesPolicy()
	} else {
		properties["LaunchTemplate"] = launchTemplateVersion("LaunchTemplateId")
	}
	if g.CapacityType == spec.Spot {
		properties["CapacityRebalance"] = g.CapacityRebalance == nil || *g.CapacityRebalance
	}
	g.setReplacement(properties)
	g.setHealth(properties)
	g.setHooks(properties)
	add(s, g.origin, ir.Resource{
		ID:           autoScalingGroupID,
		Type:         "AWS::AutoScaling::AutoScalingGroup",
		UpdatePolicy: g.updatePolicy(),
		Properties:   properties,
	})
	g.addScheduledActions(s)
	g.addWarmPool(s)
}

// groupTags are the tags of the group, which its instances get, too, but for
// those for the Cluster Autoscaler. Among them is the one by which Kubernetes
// and the AWS console tell whose nodes these are; see
// https://docs.aws.amazon.com/eks/latest/userguide/launch-workers.html.
func (g autoScalingGroup) groupTags() ir.List {
	owned := map[string]string{"kubernetes.io/cluster/" + g.Cluster.Name: "owned"}
	var tags ir.List
	for _, tag := range g.tags(g.nodeName(), merged(g.Tags, owned, g.autoscaler)) {
		tag := tag.(ir.Map)
		_, ofGroup := g.autoscaler[text(tag["Key"])]
		tag["PropagateAtLaunch"] = !ofGroup
		tags = append(tags, tag)
	}
	return tags
}

// setReplacement sets what decides which nodes go, and when.
func (g autoScalingGroup) setReplacement(properties ir.Map) {
	setInt(properties, "MaxInstanceLifetime", g.MaxInstanceLifetime)
	setInt(properties, "DefaultInstanceWarmup", g.DefaultInstanceWarmup)
	if g.Cooldown != nil {
		properties["Cooldown"] = strconv.Itoa(*g.Cooldown)
	}
	if g.NewInstancesProtectedFromScaleIn != nil {
		properties["NewInstancesProtectedFromScaleIn"] = *g.NewInstancesProtectedFromScaleIn
	}
	if len(g.TerminationPolicies) > 0 {
		properties["TerminationPolicies"] = strs(g.TerminationPolicies)
	}
	if g.AvailabilityZoneDistribution != "" {
		properties["AvailabilityZoneDistribution"] = ir.Map{"CapacityDistributionStrategy": g.AvailabilityZoneDistribution}
	}
	if p := g.InstanceMaintenancePolicy; p != nil {
		properties["InstanceMaintenancePolicy"] = ir.Map{
			"MaxHealthyPercentage": p.MaxHealthyPercentage,
			"MinHealthyPercentage": p.MinHealthyPercentage,
		}
	}
}

// setHealth sets what watches the nodes.
func (g autoScalingGroup) setHealth(properties ir.Map) {
	if g.Metrics != nil {
		collection := ir.Map{"Granularity": "1Minute"} // the only one there is
		if len(g.Metrics) > 0 {
			collection["Metrics"] = strs(slices.Sorted(slices.Values(g.Metrics)))
		}
		properties["MetricsCollection"] = ir.List{collection}
	}
	if len(g.TargetGroups) > 0 {
		properties["TargetGroupARNs"] = strs(slices.Sorted(slices.Values(g.TargetGroups)))
	}
	if len(g.ClassicLoadBalancers) > 0 {
		properties["LoadBalancerNames"] = strs(slices.Sorted(slices.Values(g.ClassicLoadBalancers)))
	}
	if h := g.HealthCheck; h != nil {
		setInt(properties, "HealthCheckGracePeriod", h.GracePeriod)
		if len(h.Types) > 0 {
			properties["HealthCheckType"] = strings.Join(slices.Sorted(slices.Values(h.Types)), ",")
		}
	}
}

// addWarmPool adds the instances that are made ready in advance.
func (g autoScalingGroup) addWarmPool(s *ir.Stack) {
	p := g.WarmPool
	if p == nil {
		return
	}
	properties := ir.Map{
		"AutoScalingGroupName": ir.Ref(autoScalingGroupID),
		"InstanceReusePolicy":  ir.Map{"ReuseOnScaleIn": p.ReuseOnScaleIn},
		"MinSize":              p.MinSize,
		"PoolState":            p.State,
	}
	setInt(properties, "MaxGroupPreparedCapacity", p.MaxGroupPreparedCapacity)
	add(s, g.origin+".warmPool", ir.Resource{ID: "WarmPool", Type: "AWS::AutoScaling::WarmPool", Properties: properties})
}

// setInt sets a property to a number that the spec may leave out.
func setInt(properties ir.Map, name string, n *int) {
	if n != nil {
		properties[name] = *n
	}
}
