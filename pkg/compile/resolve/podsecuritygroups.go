package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxPodGroups is how many security groups a SecurityGroupPolicy takes.
const maxPodGroups = 5

var podGroupsPath = clusterPath.at("podSecurityGroups")

// checkPodSecurityGroups checks the security groups for pods; see
// https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html.
func (r *resolver) checkPodSecurityGroups() {
	c := r.cluster
	if len(c.PodSecurityGroups) == 0 {
		if c.VPCCNI != nil && c.VPCCNI.PodSecurityGroupEnforcingMode != "" {
			r.report(diag.PodSecurityGroups, clusterPath.at("vpcCNI", "podSecurityGroupEnforcingMode"), "leave it out, or declare cluster.podSecurityGroups", "no pods have security groups of their own")
		}
		return
	}
	if c.OnlyAutoMode() {
		r.report(diag.PodSecurityGroups, podGroupsPath, "add a node group for these pods", "nodes of Auto Mode do not run the VPC CNI plugin that is set up for them")
	}
	r.checkTrunkInstances()
	r.checkPodProxyMode()
	for _, name := range sortedKeys(c.PodSecurityGroups) {
		p, at := c.PodSecurityGroups[name], podGroupsPath.at(name)
		r.checkObjectName(at, object{name: name})
		r.checkNamespace(at.at("namespace"), p.Namespace)
		r.checkPodSelector(at, p)
		r.checkPodGroups(at.at("groups"), p.Groups)
		r.checkPodDNS(at, p)
	}
}

func (r *resolver) checkPodSelector(at path, p spec.PodSecurityGroups) {
	if (p.PodLabels == nil) == (p.ServiceAccountLabels == nil) {
		have := "both podLabels and serviceAccountLabels"
		if p.PodLabels == nil {
			have = "neither podLabels nor serviceAccountLabels"
		}
		r.report(diag.PodSecurityGroups, at, "write exactly one of them; {} selects all", "pods are selected by %s", have)
	}
	r.checkLabels(at.at("podLabels"), p.PodLabels)
	r.checkLabels(at.at("serviceAccountLabels"), p.ServiceAccountLabels)
}

func (r *resolver) checkPodGroups(at path, groups []string) {
	if n := len(groups); n < 1 || n > maxPodGroups {
		r.report(diag.PodSecurityGroups, at, "", "pods have 1 to %d security groups, not %d", maxPodGroups, n)
	}
	for i, id := range groups {
		if slices.Contains(groups[:i], id) {
			r.report(diag.GroupTwice, at.index(i), "", "the security group %q is listed twice", id)
			continue
		}
		r.checkID(at.index(i), "sg", id)
	}
}

// checkPodProxyMode checks that kube-proxy directs the traffic of these pods; see
// https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html.
func (r *resolver) checkPodProxyMode() {
	mode := r.cluster.CNIVariables()["POD_SECURITY_GROUP_ENFORCING_MODE"]
	proxy := r.cluster.Addons["kube-proxy"].Configuration
	if mode != "standard" && dig(proxy, "mode") == "ipvs" {
		r.report(diag.PodProxyMode, clusterPath.at("addons", "kube-proxy", "configuration", "mode"), `set cluster.vpcCNI.podSecurityGroupEnforcingMode to "standard"`,
			"kube-proxy in the mode ipvs does not go with security groups for pods in the mode strict")
	}
}

// checkTrunkInstances warns where no node can have network interfaces for pods.
func (r *resolver) checkTrunkInstances() {
	able, groups := false, 0
	r.eachGroup(func(_ path, g spec.NodeGroupBase) {
		groups++
		able = able || g.Subnets == "private"
	})
	types := r.nodeInstanceTypes()
	if groups > 0 && !(able && slices.ContainsFunc(types, mayTrunk)) {
		r.report(diag.TrunkInstances, podGroupsPath, "add a node group in private subnets with another type, such as m7g.large",
			"pods with security groups of their own run on Nitro instances outside the t family, in private subnets; there are %s", strings.Join(types, ", "))
	}
}

// nodeInstanceTypes returns the instance types of all node groups, each once.
func (r *resolver) nodeInstanceTypes() []string {
	var types []string
	r.eachGroup(func(_ path, g spec.NodeGroupBase) { types = append(types, g.InstanceTypes...) })
	slices.Sort(types)
	return slices.Compact(types)
}

// tFamily begins the names of burstable instance types.
func tFamily(name string) bool {
	return len(name) > 1 && name[0] == 't' && name[1] >= '0' && name[1] <= '9'
}

// mayTrunk reports whether an instance may have a trunk network interface. Not
// all Nitro types have one; which of them, is not known here.
func mayTrunk(name string) bool {
	t, known := catalog.LookupInstanceType(name)
	return !tFamily(name) && (!known || t.Hypervisor != "xen")
}

// checkPodDNS warns of pods whom CoreDNS does not let in: it is in the security
// groups of its node, and these pods are not.
func (r *resolver) checkPodDNS(at path, p spec.PodSecurityGroups) {
	owner, field := spec.ClusterGroup, "cluster.clusterSecurityGroup"
	if g := r.cluster.NodeSecurityGroup; g != nil && !g.WithClusterSecurityGroup {
		owner, field = spec.NodesGroup, "cluster.nodeSecurityGroup"
		if g.ID != "" {
			return
		}
	}
	fromPods := func(r *resolver, peer spec.SecurityGroupPeer) bool {
		return slices.Contains(p.Groups, peer.SecurityGroup) || peer.SecurityGroup == "" && r.isAnywhereInVPC(peer)
	}
	rules := rulesOf(r.cluster.RuleSets(), owner, false)
	var missing []string
	for _, protocol := range []string{"tcp", "udp"} {
		if !r.allows(rules, traffic{protocol: protocol, port: 53, peer: fromPods}) {
			missing = append(missing, protocol)
		}
	}
	if len(missing) > 0 && len(p.Groups) > 0 {
		r.report(diag.PodDNS, at, fmt.Sprintf("add to %s: ingress of port 53 from securityGroup: %q", field, p.Groups[0]),
			"these pods cannot ask CoreDNS, whose nodes let in none of their groups on %s port 53", strings.Join(missing, " and "))
	}
}
