package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/capacity"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkCapacity checks that subnets hold the nodes and their pods, and nodes
// the workloads. Where a number is not known there is no rule.
func (r *resolver) checkCapacity() {
	report := capacity.Of(r.spec)
	for _, tier := range spec.TierNames {
		if r.reported(diag.VPCSize, networkPath.at("vpc", "cidr")) {
			break // a VPC that is too small has been reported
		}
		if !r.checkNodeAddresses(tier, report) {
			r.checkSubnetAddresses(tier, report)
		}
	}
	if len(report.OpenEnded) == 0 {
		r.checkPlaces(report)
		r.checkPodAddresses(report)
	}
}

// checkNodeAddresses checks that the subnets of a tier have addresses for the
// nodes themselves, and reports whether they have not.
func (r *resolver) checkNodeAddresses(tier string, report capacity.Report) bool {
	usable, known := report.Usable(tier)
	if !known {
		return false
	}
	needed := 0
	var largest capacity.Group
	for _, g := range report.Groups {
		if g.Tier == tier && !g.Weighted {
			needed += max(g.Max, 0)
			if g.Max > largest.Max {
				largest = g
			}
		}
	}
	if needed <= usable {
		return false
	}
	r.report(diag.NodeAddresses, groupPath(largest).at("scaling", "max"), "allow fewer nodes, or make the subnets larger",
		"the groups in the %s subnets may have %d nodes, but these subnets have %d addresses", tier, needed, usable)
	return true
}

// checkSubnetAddresses warns of the subnet of a tier that lacks the most
// addresses when all nodes are there and have a pod each.
func (r *resolver) checkSubnetAddresses(tier string, report capacity.Report) {
	var worst *capacity.Subnet
	for i, s := range report.Subnets {
		if s.Tier == tier && s.Result == capacity.TooSmall && (worst == nil || s.Least-*s.Usable > worst.Least-*worst.Usable) {
			worst = &report.Subnets[i]
		}
	}
	if worst == nil {
		return
	}
	var uses []string
	at, most := networkPath.at("subnets", tier, worst.Name), 0
	for _, u := range worst.Uses {
		uses = append(uses, fmt.Sprintf("%s %d", u.What, u.Least.Total()))
		for _, g := range report.Groups {
			if g.Name == u.Group && u.Least.Total() > most {
				at, most = groupPath(g).at("scaling", "max"), u.Least.Total()
			}
		}
	}
	r.report(diag.SubnetAddresses, at, "make the subnets larger, give pods subnets of their own, allow fewer nodes, or lower the warm targets of the CNI plugin",
		"when all nodes are there, with one pod each, the %s subnet %q needs %d addresses and has %d: %s", tier, worst.Name, worst.Least, *worst.Usable, strings.Join(uses, ", "))
}

// checkPodAddresses checks that the subnets have an address for each pod of
// workloads, beside those that the fewest nodes and all else have.
func (r *resolver) checkPodAddresses(report capacity.Report) {
	p := capacity.PluginOf(r.cluster)
	if p.IPv6 || len(report.Groups) == 0 {
		return
	}
	usable, taken := 0, 0
	tiers := r.podTiers(p, report)
	if len(tiers) == 0 {
		return
	}
	for _, tier := range tiers {
		n, known := report.Usable(tier)
		if !known {
			return
		}
		usable += n
	}
	if !p.CustomNetworking {
		for _, g := range report.Groups {
			if !g.Weighted {
				taken += max(g.Min, 0)
			}
		}
	}
	if report.Pods+taken > usable {
		r.report(diag.PodAddresses, path{"workloads"}, "make the subnets larger, or run fewer replicas", "the workloads have %d pods, but of the addresses of the subnets there are %d for them", report.Pods, max(usable-taken, 0))
	}
}

// podTiers are the tiers of subnets that pods may have addresses of.
func (r *resolver) podTiers(p capacity.Plugin, report capacity.Report) []string {
	var tiers []string
	for _, tier := range spec.TierNames {
		ofNodes := !p.CustomNetworking && slices.ContainsFunc(report.Groups, func(g capacity.Group) bool { return g.Tier == tier })
		ofPods := tier == "pod" && len(r.cluster.Network.Subnets.Pod) > 0 && (p.CustomNetworking || p.Discovery)
		if ofNodes || ofPods {
			tiers = append(tiers, tier)
		}
	}
	return tiers
}

// checkPlaces checks that the nodes have places for the pods of workloads: for
// each workload alone, and then for all together.
func (r *resolver) checkPlaces(report capacity.Report) {
	all := capacity.RoomOf(r.cluster, report.Groups)
	var pods []spec.Pod
	alone := true
	for _, w := range report.Workloads {
		pod := r.spec.Workloads[w.Name].Pod
		if w.Limit != "" {
			r.reportPlaces(w, all.For(pod))
			alone = false
		}
		if !w.Fargate {
			pods = append(pods, pod)
		}
	}
	room := all.For(pods...)
	if alone && report.Places != nil && report.Pods > *report.Places {
		r.report(diag.TooManyPods, path{"workloads"}, r.wayToMorePlaces(room, report.Pods),
			"the workloads have %d pods together, but there are places for %d: %s", report.Pods, *report.Places, placesOf(room))
	}
}

// reportPlaces says what keeps replicas of a workload away from the nodes.
func (r *resolver) reportPlaces(w capacity.Workload, room capacity.Room) {
	at := path{"workloads", w.Name, "replicas"}
	switch {
	case len(room.Groups) == 0:
		r.report(diag.NoPlace, at, "give the workload tolerations, or add a node group that it may run on", "no replica finds a place: there is no node group whose taints and labels let it in")
	case w.Limit == capacity.LimitPods:
		r.report(diag.NoPlace, at, r.wayToMorePlaces(room, w.Replicas), "%d of %d replicas find a place: %s", *w.Placed, w.Replicas, placesOf(room))
	default:
		instanceType, has := room.Roomiest(w.Limit)
		r.report(diag.NoPlace, at, "ask for less, take larger instance types, or allow more nodes",
			"%d of %d replicas find a place: each asks for %s of %s, and a node of type %s has %s of it for pods",
			*w.Placed, w.Replicas, capacity.Asks(r.spec.Workloads[w.Name], w.Limit), w.Limit, instanceType, has)
	}
}

// placesOf says how many pods the nodes take, and whose places are gone.
func placesOf(room capacity.Room) string {
	var parts []string
	own := room.Cluster
	for _, g := range room.Groups {
		parts = append(parts, fmt.Sprintf("%s of %q with %d pods each", nodes(g.Max), g.Name, g.PodsPerNode))
		own += g.Max * min(room.PerNode, g.PodsPerNode)
	}
	return fmt.Sprintf("%s, of which %d are the cluster's own", strings.Join(parts, " and "), own)
}

func nodes(n int) string {
	if n == 1 {
		return "1 node"
	}
	return strconv.Itoa(n) + " nodes"
}

// wayToMorePlaces is the hint where pods lack places: more nodes, and prefix
// delegation where it allows more pods on a node.
func (r *resolver) wayToMorePlaces(room capacity.Room, wanted int) string {
	hint := "allow more nodes"
	if len(room.Groups) == 1 && room.Groups[0].PodsPerNode > room.PerNode {
		g := room.Groups[0]
		each := g.PodsPerNode - room.PerNode
		hint = fmt.Sprintf("raise scaling.max to %d", (wanted+room.Cluster+each-1)/each)
	}
	p := capacity.PluginOf(r.cluster)
	p.Prefixes = true
	for _, g := range room.Groups {
		if more := leastPods(p, g.InstanceTypes); more > g.PodsPerNode {
			return hint + fmt.Sprintf(", or set %s, with which a node of %q takes %d pods", r.prefixSettings(g), g.Name, more)
		}
	}
	return hint
}

// prefixSettings are the settings that the spec lacks for more pods on the nodes
// of the group.
func (r *resolver) prefixSettings(g capacity.Group) string {
	var lacking []string
	if !capacity.PluginOf(r.cluster).Prefixes {
		lacking = append(lacking, "cluster.vpcCNI.prefixDelegation: true")
	}
	if _, isAddon := r.cluster.Addons[cniAddon]; !isAddon && g.Kind == "managed" {
		lacking = append(lacking, `cluster.addons: "vpc-cni": {}`)
	}
	return strings.Join(lacking, " and ")
}

// leastPods is how many pods nodes of these types take with settings of the
// plugin: of several types the smallest number counts.
func leastPods(p capacity.Plugin, names []string) int {
	least := 0
	for i, t := range knownTypes(names) {
		if n := p.Recommended(t); i == 0 || n < least {
			least = n
		}
	}
	return least
}

// groupPath is the path of a node group.
func groupPath(g capacity.Group) path {
	if g.Kind == "managed" {
		return clusterPath.at("nodeGroups", g.Name)
	}
	return clusterPath.at("selfManagedNodeGroups", g.Name)
}
