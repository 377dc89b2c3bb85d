package resolve

import (
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/capacity"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkMaxPods checks how many pods nodes are told to take, and tells those
// that would compute another number than AWS recommends for the settings of the
// VPC CNI plugin. EKS itself tells the nodes of managed groups, unless they boot
// an image of the spec's choice; see
// https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#max-pods-precedence.
func (r *resolver) checkMaxPods() {
	c, p := r.cluster, capacity.PluginOf(r.cluster)
	for _, name := range sortedKeys(c.NodeGroups) {
		g, at := c.NodeGroups[name], clusterPath.at("nodeGroups", name)
		if g.Image.IsCustom() {
			r.completeMaxPods(at, p, &g.NodeGroupBase)
			c.NodeGroups[name] = g
		} else if g.MaxPods != nil {
			r.report(diag.EKSMaxPods, at.at("maxPods"), "leave it out, give the group an image by id, or make it a self-managed one",
				"EKS tells the nodes of a managed group how many pods they take, whatever else they are told")
		}
	}
	for _, name := range sortedKeys(c.SelfManagedNodeGroups) {
		g := c.SelfManagedNodeGroups[name]
		r.completeMaxPods(clusterPath.at("selfManagedNodeGroups", name), p, &g.NodeGroupBase)
		c.SelfManagedNodeGroups[name] = g
	}
	r.checkSettingsInForce(p)
}

// completeMaxPods checks the stated number, or else fills in the recommended
// one where the nodes would compute another.
func (r *resolver) completeMaxPods(at path, p capacity.Plugin, g *spec.NodeGroupBase) {
	types := knownTypes(g.InstanceTypes)
	if g.Image.Family.IsWindows() {
		p = capacity.WindowsOf(r.cluster)
	}
	if g.MaxPods != nil {
		r.checkStatedMaxPods(at.at("maxPods"), *g.MaxPods, p, types)
		return
	}
	if len(types) == 0 || len(types) < len(g.InstanceTypes) || p.Windows || !p.Differs(types) {
		return
	}
	least := p.Recommended(types[0])
	for _, t := range types {
		least = min(least, p.Recommended(t))
	}
	g.MaxPods = &least
}

// checkStatedMaxPods checks that there is an address for each pod. Pods with
// security groups of their own have interfaces of their own, too, and there is
// no end of IPv6 addresses.
func (r *resolver) checkStatedMaxPods(at path, stated int, p capacity.Plugin, types []catalog.InstanceType) {
	if stated < 1 {
		r.report(diag.MaxPods, at, "", "maxPods is %d, but a node takes at least 1 pod", stated)
		return
	}
	for _, t := range types {
		most := p.Addressable(t)
		if len(r.cluster.PodSecurityGroups) > 0 && !p.Windows {
			most += t.BranchENIs
		}
		if stated > most && !p.IPv6 {
			r.report(diag.MaxPods, at, wayToMorePods(p, t), "maxPods is %d, but a node of type %s has addresses for %d pods", stated, t.Name, most)
			return
		}
	}
}

// wayToMorePods is the hint where a node has too few addresses.
func wayToMorePods(p capacity.Plugin, t catalog.InstanceType) string {
	if p.Prefixes || p.Windows || !t.PrefixDelegation() {
		return ""
	}
	p.Prefixes = true
	return "with cluster.vpcCNI.prefixDelegation it has addresses for " + strconv.Itoa(p.Addressable(t))
}

// checkSettingsInForce warns where EKS computes how many pods the nodes of a
// managed group take before the plugin has the settings that the number
// depends on.
func (r *resolver) checkSettingsInForce(p capacity.Plugin) {
	c, inForce := r.cluster, p.InForce(r.cluster)
	var names []string
	for _, name := range sortedKeys(c.NodeGroups) {
		g := c.NodeGroups[name]
		for _, t := range knownTypes(g.InstanceTypes) {
			if !g.Image.IsCustom() && !g.Image.Family.IsWindows() && p.Recommended(t) != inForce.Recommended(t) {
				names = append(names, `"`+name+`"`)
				break
			}
		}
	}
	if len(names) > 0 && !r.reported(diag.CustomNetworking, clusterPath.at("vpcCNI", "customNetworking")) {
		r.report(diag.PluginTooLate, clusterPath.at("vpcCNI"), `add cluster.addons: "vpc-cni": {}, which has its settings before there are nodes`,
			"these settings are applied after EKS has computed from the plugin's defaults how many pods the nodes of managed groups take: %s", strings.Join(names, ", "))
	}
}

// knownTypes returns those instance types that the catalog has.
func knownTypes(names []string) []catalog.InstanceType {
	var types []catalog.InstanceType
	for _, name := range names {
		if t, ok := catalog.LookupInstanceType(name); ok {
			types = append(types, t)
		}
	}
	return types
}
