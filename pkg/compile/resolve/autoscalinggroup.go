package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// minInstanceLifetime is the least that EC2 Auto Scaling takes, in seconds; see
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html.
const minInstanceLifetime = 24 * 60 * 60

// terminationPolicies are those of EC2 Auto Scaling that choose among instances
// of a launch template; see
// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html.
var terminationPolicies = []string{"Default", "AllocationStrategy", "ClosestToNextInstanceHour", "NewestInstance", "OldestInstance", "OldestLaunchTemplate"}

// checkAutoScalingGroup checks what a self-managed node group says of its Auto
// Scaling group.
func (r *resolver) checkAutoScalingGroup(at path, g spec.SelfManagedNodeGroup) {
	r.checkMixedInstances(at, g)
	r.checkGroupUpdate(at, g)
	r.checkGroupSettings(at, g)
	r.checkLoadBalancing(at, g)
	r.checkLifecycleHooks(at.at("lifecycleHooks"), g.LifecycleHooks)
	r.checkNotifications(at.at("notifications"), g.Notifications)
	r.checkScheduledActions(at.at("scheduledActions"), g.ScheduledActions)
	r.checkScalingWarmPool(at.at("warmPool"), g)
}

func (r *resolver) checkGroupSettings(at path, g spec.SelfManagedNodeGroup) {
	if n := g.MaxInstanceLifetime; n != nil && *n < minInstanceLifetime {
		r.report(diag.GroupSetting, at.at("maxInstanceLifetime"), "write it in seconds", "a node lives %d seconds at least, which is a day, and not %d", minInstanceLifetime, *n)
	}
	r.checkSeconds(at.at("defaultInstanceWarmup"), g.DefaultInstanceWarmup)
	r.checkSeconds(at.at("cooldown"), g.Cooldown)
	if h := g.HealthCheck; h != nil {
		r.checkSeconds(at.at("healthCheck", "gracePeriod"), h.GracePeriod)
	}
	if g.CapacityRebalance != nil && g.CapacityType != spec.Spot {
		r.report(diag.GroupSetting, at.at("capacityRebalance"), `leave it out, or set capacityType to "SPOT"`, "there is no Spot capacity to rebalance")
	}
	if p := g.InstanceMaintenancePolicy; p != nil {
		r.checkHealthyPercentages(diag.GroupSetting, at.at("instanceMaintenancePolicy"), p.MinHealthyPercentage, p.MaxHealthyPercentage)
	}
	r.checkTerminationPolicies(at.at("terminationPolicies"), g.TerminationPolicies)
	checkOnce(r, diag.GroupSetting, at.at("metrics"), g.Metrics)
}

// checkSeconds reports a negative time.
func (r *resolver) checkSeconds(at path, seconds *int) {
	if seconds != nil && *seconds < 0 {
		r.report(diag.GroupSetting, at, "", "%d seconds are less than none", *seconds)
	}
}

// checkHealthyPercentages checks how many nodes there are while some are
// replaced; see
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMaintenancePolicy.html.
func (r *resolver) checkHealthyPercentages(code diag.Code, at path, low, high int) {
	switch {
	case low < 0 || low > 100:
		r.report(code, at.at("minHealthyPercentage"), "", "%d is no percentage from 0 to 100", low)
	case high < 100 || high > 200:
		r.report(code, at.at("maxHealthyPercentage"), "", "%d is no percentage from 100 to 200", high)
	case high-low > 100:
		r.report(code, at.at("maxHealthyPercentage"), "", "%d is %d more than minHealthyPercentage; EC2 Auto Scaling allows 100", high, high-low)
	case high == low:
		r.report(code, at.at("maxHealthyPercentage"), "let it be more, or minHealthyPercentage less", "with all nodes kept and none added, none can be replaced")
	}
}

func (r *resolver) checkTerminationPolicies(at path, policies []string) {
	checkOnce(r, diag.GroupSetting, at, policies)
	for i, policy := range policies {
		switch {
		case strings.HasPrefix(policy, "arn:"):
			r.checkOwnARN(at.index(i), policy, "lambda", "function:")
		case !slices.Contains(terminationPolicies, policy):
			hint := catalog.DidYouMean(policy, terminationPolicies)
			if hint == "" {
				hint = "take " + quotedOr(terminationPolicies)
			}
			r.report(diag.GroupSetting, at.index(i), hint, "EC2 Auto Scaling has no termination policy %q", policy)
		}
	}
}

// checkLoadBalancing checks who sends traffic to the nodes and checks their
// health.
func (r *resolver) checkLoadBalancing(at path, g spec.SelfManagedNodeGroup) {
	checkOnce(r, diag.LoadBalancing, at.at("targetGroups"), g.TargetGroups)
	checkOnce(r, diag.LoadBalancing, at.at("classicLoadBalancers"), g.ClassicLoadBalancers)
	for i, text := range g.TargetGroups {
		r.checkOwnARN(at.at("targetGroups").index(i), text, "elasticloadbalancing", "targetgroup/")
	}
	for i, name := range g.ClassicLoadBalancers {
		r.checkName(at.at("classicLoadBalancers").index(i), loadBalancerRule, name)
	}
	if h := g.HealthCheck; h != nil {
		checkOnce(r, diag.LoadBalancing, at.at("healthCheck", "types"), h.Types)
		if slices.Contains(h.Types, "ELB") && len(g.TargetGroups)+len(g.ClassicLoadBalancers) == 0 {
			r.report(diag.LoadBalancing, at.at("healthCheck", "types"), "add targetGroups or classicLoadBalancers", "there is no load balancer whose health checks count")
		}
	}
}

// checkScalingWarmPool checks a pool against its group; see
// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html.
func (r *resolver) checkScalingWarmPool(at path, g spec.SelfManagedNodeGroup) {
	p := g.WarmPool
	switch {
	case p == nil:
	case g.CapacityType == spec.Spot:
		r.report(diag.ScalingWarmPool, at, `leave it out, or set capacityType to "ON_DEMAND"`, "Spot instances cannot wait in a warm pool")
	case p.MinSize < 0:
		r.report(diag.ScalingWarmPool, at.at("minSize"), "", "minSize is %d, but there cannot be fewer than 0 instances", p.MinSize)
	case p.MaxGroupPreparedCapacity != nil && *p.MaxGroupPreparedCapacity < p.MinSize:
		r.report(diag.ScalingWarmPool, at.at("maxGroupPreparedCapacity"), "", "maxGroupPreparedCapacity is %d, which is less than minSize, %d", *p.MaxGroupPreparedCapacity, p.MinSize)
	}
}

// checkOnce reports what a list has twice.
func checkOnce(r *resolver, code diag.Code, at path, list []string) {
	for i, item := range list {
		if slices.Contains(list[:i], item) {
			r.report(code, at.index(i), "", "%q is listed twice", item)
		}
	}
}

// quotedOr lists alternatives in words.
func quotedOr(list []string) string {
	quoted := make([]string, len(list))
	for i, item := range list {
		quoted[i] = strconv.Quote(item)
	}
	last := len(quoted) - 1
	return fmt.Sprintf("%s or %s", strings.Join(quoted[:last], ", "), quoted[last])
}
