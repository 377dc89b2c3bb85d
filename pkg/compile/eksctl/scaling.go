package eksctl

import (
	"slices"
	"strconv"
)

// autoScalingGroup adds what the Auto Scaling group of a self-managed group has
// besides.
func (i *importer) autoScalingGroup(group *object, n node) {
	if metrics := n.field("asgMetricsCollection"); metrics.exists() {
		group.set("metrics", collected(metrics))
	}
	if suspended := i.suspended(n.field("asgSuspendProcesses")); len(suspended) > 0 {
		group.set("rollingUpdate", object{{"suspendProcesses", suspended}})
	}
	if lifetime := n.field("maxInstanceLifetime"); lifetime.exists() {
		group.set("maxInstanceLifetime", lifetime.number(0))
	}
	group.setIf("targetGroups", n.field("targetGroupARNs").texts())
	group.setIf("classicLoadBalancers", n.field("classicLoadBalancerNames").texts())
	if propagate := n.field("propagateASGTags"); propagate.flag(false) {
		i.untold(propagate, "the Cluster Autoscaler's tags come with cluster.clusterAutoscaler")
	}
	n.field("disableASGTagPropagation").flag(false)
}

// collected are the metrics of all entries; one without any stands for all.
func collected(list node) []string {
	metrics := []string{}
	for _, entry := range list.items() {
		entry.field("granularity").text() // there is one
		names := entry.field("metrics").texts()
		if len(names) == 0 {
			return names
		}
		metrics = append(metrics, names...)
	}
	return slices.Compact(slices.Sorted(slices.Values(metrics)))
}

// suspended are the processes that eksctl suspends for as long as CloudFormation
// updates the group. An update could replace no node without two of them.
func (i *importer) suspended(list node) []string {
	var processes []string
	for _, item := range list.items() {
		if name := item.text(); name == "Launch" || name == "Terminate" {
			i.untold(item, "an update that may not start and end nodes does not end")
		} else if !slices.Contains(processes, name) {
			processes = append(processes, name)
		}
	}
	return processes
}

// What EC2 Auto Scaling takes where an instancesDistribution says nothing.
const (
	defaultOnDemand     = 100 // percent
	defaultSpotStrategy = "lowest-price"
	defaultSpotPools    = 2
)

// distribution adds the instance types of a self-managed group, and how its
// capacity is mixed.
func (i *importer) distribution(group *object, n node) {
	spread := n.field("instancesDistribution")
	types := spread.field("instanceTypes").texts()
	if one := n.field("instanceType").text(); len(types) == 0 {
		types = []string{orDefault(one, defaultInstanceType)}
	}
	group.set("instanceTypes", types)
	base, percentage := spread.field("onDemandBaseCapacity").number(0), spread.field("onDemandPercentageAboveBaseCapacity").number(defaultOnDemand)
	mix := object{}
	if base > 0 {
		mix.set("onDemandBase", base)
	}
	if percentage > 0 {
		mix.set("onDemandPercentageAboveBase", percentage)
	}
	strategy := orDefault(spread.field("spotAllocationStrategy").text(), defaultSpotStrategy)
	mix.set("spotAllocationStrategy", strategy)
	pools := min(spread.field("spotInstancePools").number(defaultSpotPools), len(types))
	if strategy == defaultSpotStrategy {
		mix.set("spotInstancePools", pools)
	}
	mix.setIf("spotMaxPrice", price(spread.field("maxPrice")))
	rebalance := spread.field("capacityRebalance").flag(false)
	if percentage == defaultOnDemand {
		return // of all that, nothing has an effect
	}
	group.set("capacityType", "SPOT")
	group.set("mixedInstances", mix)
	group.set("capacityRebalance", rebalance)
}

func orDefault(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// price is a number of dollars as the spec writes it.
func price(n node) string {
	n.use()
	switch v := n.value.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	n.wrongType("a number")
	return ""
}

// clusterAutoscaler is the role of the Cluster Autoscaler, where the file gives
// it to a service account by its well-known policy and nothing else.
func (i *importer) clusterAutoscaler(root node) object {
	if !scalable(root) {
		return nil
	}
	for _, n := range root.at("iam", "serviceAccounts").items() {
		if isAutoscaler(n, "attachPolicyARNs", "attachPolicy", "attachRoleARN") {
			return i.autoscaler(n, n.at("metadata", "namespace"), n.at("metadata", "name"), "irsa", "permissionsBoundary")
		}
	}
	for _, n := range root.at("iam", "podIdentityAssociations").items() {
		if isAutoscaler(n, "permissionPolicyARNs", "permissionPolicy", "roleARN", "targetRoleARN") {
			return i.autoscaler(n, n.field("namespace"), n.field("serviceAccountName"), "podIdentity", "permissionsBoundaryARN")
		}
	}
	return nil
}

func (i *importer) autoscaler(n, namespace, name node, method, boundary string) object {
	n.at("wellKnownPolicies", "autoScaler").use()
	var role object
	role.setIf("name", n.field("roleName").text())
	role.setIf("permissionsBoundary", n.field(boundary).text())
	var autoscaler object
	if namespace.text() != "kube-system" {
		autoscaler.set("namespace", orDefault(namespace.text(), "default"))
	}
	if name.text() != "cluster-autoscaler" {
		autoscaler.setIf("serviceAccount", name.text())
	}
	autoscaler.set("method", method)
	autoscaler.setIf("role", role)
	autoscaler.set("createObjects", false)
	i.chosen(n, "the spec makes the role of the Cluster Autoscaler; with createObjects: true it makes its objects, too")
	return autoscaler
}

// isAutoscaler reports whether the account has the well-known policy of the
// Cluster Autoscaler, and none of the others.
func isAutoscaler(n node, others ...string) bool {
	known := n.field("wellKnownPolicies")
	names := known.names()
	return len(names) == 1 && names[0] == "autoScaler" && known.field("autoScaler").value == true &&
		!slices.ContainsFunc(others, func(other string) bool { return n.field(other).exists() })
}

// scalable reports whether a group of the file may have more nodes than it has
// to.
func scalable(root node) bool {
	for _, list := range []string{"managedNodeGroups", "nodeGroups"} {
		for _, n := range root.field(list).items() {
			if low, most := bounds(n); low < most {
				return true
			}
		}
	}
	return false
}
