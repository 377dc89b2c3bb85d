package resolve

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkPodTraffic warns of pods that custom networking takes out of the groups
// of their node, and that then cannot reach the API server, whose network
// interfaces are in the VPC whatever the endpoint, or one another. What an
// existing group allows is not known here.
func (r *resolver) checkPodTraffic(at path, n spec.CustomNetworking) {
	if len(n.Groups)+len(n.SecurityGroups) == 0 || slices.Contains(n.Groups, spec.ClusterGroup.Name) {
		return
	}
	sets := r.cluster.RuleSets()
	fromPods := func(r *resolver, p spec.SecurityGroupPeer) bool { return r.isPods(n, p) }
	if !r.cluster.HasGivenControlPlaneGroup() {
		control := slices.Concat(rulesOf(sets, spec.ClusterGroup, false), rulesOf(sets, spec.ControlPlaneGroup, false))
		if !r.allows(control, traffic{protocol: "tcp", port: 443, peer: fromPods}) {
			r.report(diag.PodTraffic, at, `add "cluster" to groups, or to cluster.clusterSecurityGroup: ingress of port 443 from a group of the pods`,
				"pods cannot reach the API server, which lets in none of their groups on tcp port 443")
		}
	}
	if shared := r.cluster.NodeSecurityGroup; shared == nil || shared.ID != "" || len(n.SecurityGroups) > 0 {
		return
	}
	var missing []string
	for _, protocol := range []string{"tcp", "udp"} {
		if !r.allows(rulesOf(sets, spec.NodesGroup, false), traffic{protocol: protocol, port: 53, peer: fromPods}) {
			missing = append(missing, protocol)
		}
	}
	if len(missing) > 0 {
		r.report(diag.PodTraffic, at, `add "cluster" to groups, or to cluster.nodeSecurityGroup: ingress of port 53 from group: "nodes"`,
			"pods cannot ask CoreDNS, because the group that all of them are in lets none of them in on %s port 53", strings.Join(missing, " and "))
	}
}

// isPods reports whether pods of custom networking may be on the other side of
// a rule: by one of their groups, or by the blocks of all pod subnets.
func (r *resolver) isPods(n spec.CustomNetworking, p spec.SecurityGroupPeer) bool {
	switch {
	case p.PrefixList != "" || slices.Contains(n.SecurityGroups, p.SecurityGroup) || slices.Contains(n.Groups, p.Group):
		return true
	case p.CIDR == "":
		return false
	}
	block, err := netip.ParsePrefix(p.CIDR)
	pods := r.side("pod").blocks
	return err == nil && !slices.ContainsFunc(pods, func(pod netip.Prefix) bool { return !contains(block, pod) })
}
