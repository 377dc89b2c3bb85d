package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxENIGroups is how many security groups a network interface has at most; see
// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html.
const maxENIGroups = 16

// checkCustomNetworking checks that pods find a subnet in each zone; see
// https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html.
func (r *resolver) checkCustomNetworking(n *spec.CustomNetworking) {
	if n == nil {
		r.checkPodSubnets()
		return
	}
	at := cniPath.at("customNetworking")
	_, isAddon := r.cluster.Addons[cniAddon]
	switch {
	case r.cluster.IPFamily == spec.IPv6:
		r.report(diag.CustomNetworking, at, "leave it out: IPv6 addresses do not run out", "an IPv6 cluster has no custom networking")
	case r.tierEmpty("pod"):
		r.report(diag.CustomNetworking, at, "give network.tiers.pod a cidr, or state network.subnets.pod", "there are no pod subnets")
	case !isAddon && !r.cluster.Network.Exists():
		r.report(diag.CustomNetworking, at, `add "vpc-cni" to addons`, "only the add-on vpc-cni can be told the ids of subnets that are created with the VPC")
	default:
		r.checkPodZones(at)
	}
	before := len(r.found)
	r.checkPodENIGroups(at, *n, isAddon)
	if len(r.found) == before {
		r.checkPodTraffic(at, *n)
	}
}

// checkPodSubnets reports pod subnets that the plugin is kept from finding.
func (r *resolver) checkPodSubnets() {
	discovery := r.cluster.VPCCNI.SubnetDiscovery
	if discovery != nil && !*discovery && !r.tierEmpty("pod") && !r.cluster.CustomNetworking() {
		r.report(diag.CustomNetworking, cniPath.at("subnetDiscovery"), "leave it out, or add customNetworking: {}", "nothing then gives pods addresses from the pod subnets")
	}
}

// checkPodZones checks that each zone with nodes has one pod subnet.
func (r *resolver) checkPodZones(at path) {
	seen := map[string]string{}
	for _, name := range sortedKeys(r.cluster.Network.Subnets.Pod) {
		zone := r.cluster.Network.Subnets.Pod[name].AvailabilityZone
		if other, ok := seen[zone]; ok {
			r.report(diag.CustomNetworking, networkPath.at("subnets", "pod", name), "leave out one of them",
				"with customNetworking each zone has one pod subnet, and %s has %q already", zone, other)
			continue
		}
		seen[zone] = name
	}
	var tiers []string
	r.eachGroup(func(_ path, g spec.NodeGroupBase) { tiers = append(tiers, g.Subnets) })
	missing := slices.DeleteFunc(r.zonesOf(distinct(tiers)...), func(zone string) bool { return seen[zone] != "" || !r.validZone(zone) })
	if len(missing) > 0 {
		r.report(diag.CustomNetworking, at, "add one to network.subnets.pod", "nodes may start where no pod subnet is, and pods there get no address: %s", strings.Join(missing, ", "))
	}
}

// checkPodENIGroups checks the security groups of pods.
func (r *resolver) checkPodENIGroups(at path, n spec.CustomNetworking, isAddon bool) {
	if count := len(n.SecurityGroups) + len(n.Groups); count > maxENIGroups {
		r.report(diag.CustomNetworking, at, "", "%d security groups; a network interface has at most %d", count, maxENIGroups)
	}
	for i, id := range n.SecurityGroups {
		at := at.at("securityGroups").index(i)
		switch {
		case slices.Contains(n.SecurityGroups[:i], id):
			r.report(diag.GroupTwice, at, "", "the security group %q is listed twice", id)
		case r.checkID(at, "sg", id) && !r.cluster.Network.Exists():
			r.report(diag.SecurityGroupConflict, at, "leave it out, or name one of groups", "the VPC is a new one, and %q cannot be in it yet", id)
		}
	}
	for i, name := range n.Groups {
		r.checkPodENIGroup(at.at("groups").index(i), name, isAddon, slices.Contains(n.Groups[:i], name))
	}
}

func (r *resolver) checkPodENIGroup(at path, name string, isAddon, isTwice bool) {
	shared := r.cluster.NodeSecurityGroup
	switch {
	case isTwice:
		r.report(diag.GroupTwice, at, "", "the security group %q is listed twice", name)
	case name == spec.NodesGroup.Name && shared == nil:
		r.report(diag.CustomNetworking, at, "declare cluster.nodeSecurityGroup", "there is no security group that all node groups share")
	case !isAddon && (name == spec.ClusterGroup.Name || shared.ID == ""):
		r.report(diag.CustomNetworking, at, fmt.Sprintf("leave it out, so that pods have the groups of their node, or add %q to addons", cniAddon),
			"only the add-on vpc-cni can be told the id of a group that is created with the cluster")
	}
}
