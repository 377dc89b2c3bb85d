package resolve

import (
	"fmt"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxSkew is how many minor versions the kubelet may be older than the API
// server (https://kubernetes.io/releases/version-skew-policy).
const maxSkew = 3

// checkNodeGroups completes and checks the node groups of both kinds. They
// share the names of stacks, so they share their own.
func (r *resolver) checkNodeGroups() {
	c := r.cluster
	stacks := map[string]path{}
	for _, name := range sortedKeys(c.NodeGroups) {
		g, at := c.NodeGroups[name], clusterPath.at("nodeGroups", name)
		r.completeNodeGroup(name, &g.NodeGroupBase)
		completeUpdateConfig(&g.UpdateConfig)
		c.NodeGroups[name] = g
		r.checkGroupName(at, name, stacks)
		r.checkManaged(at, g)
		r.checkNodeGroup(at, g.NodeGroupBase)
		r.checkImage(at, g.NodeGroupBase, true)
		r.checkBootstrap(at, g.NodeGroupBase, true)
	}
	for _, name := range sortedKeys(c.SelfManagedNodeGroups) {
		g, at := c.SelfManagedNodeGroups[name], clusterPath.at("selfManagedNodeGroups", name)
		r.completeNodeGroup(name, &g.NodeGroupBase)
		c.SelfManagedNodeGroups[name] = g
		r.checkGroupName(at, name, stacks)
		r.checkNodeGroup(at, g.NodeGroupBase)
		r.checkImage(at, g.NodeGroupBase, false)
		r.checkAutoScalingGroup(at, g)
		r.checkBootstrap(at, g.NodeGroupBase, false)
	}
	r.checkGivenNodeRoles()
	r.checkNoNodes()
	r.checkWindows()
}

// completeNodeGroup fills in what follows from the cluster and from min.
func (r *resolver) completeNodeGroup(name string, g *spec.NodeGroupBase) {
	if g.Version == "" {
		g.Version = r.cluster.Version
	}
	if g.Scaling.Desired == nil {
		desired := g.Scaling.Min
		g.Scaling.Desired = &desired
	}
	completeImage(g)
	completePlacement(g)
	if g.Role.Name == "" && g.Role.ARN == "" {
		g.Role.Name = RoleName(r.cluster.Name, name, r.cluster.Region)
	}
}

// checkGroupName checks a name and the stack name made from it. Templates are
// files, and some file systems hold names that differ only in case for equal.
func (r *resolver) checkGroupName(at path, name string, stacks map[string]path) {
	if !isNodeGroupName(name) {
		r.report(diag.NodeGroupName, at, "use 1 to 63 letters, digits, hyphens and underscores, the first a letter or digit", "EKS does not allow the name %q", name)
		return
	}
	stack := naming.Stack(r.cluster.Name, naming.NodeGroupFile(name))
	if other, ok := stacks[strings.ToLower(stack)]; ok {
		r.report(diag.NodeGroupName, at, "rename one of them", "the node group %q makes the stack name %q, which is that of %s already", name, stack, strings.Join(other, "."))
		return
	}
	stacks[strings.ToLower(stack)] = at
	// A fault of the cluster's own name has been reported there.
	if isClusterName(r.cluster.Name) {
		r.checkStackName(diag.NodeGroupName, at, stack)
	}
}

// checkNodeGroup checks what node groups of both kinds have.
func (r *resolver) checkNodeGroup(at path, g spec.NodeGroupBase) {
	r.checkInstanceTypes(at.at("instanceTypes"), g.InstanceTypes)
	r.checkNodeVolumes(at, g)
	r.checkInstance(at, g)
	r.checkSkew(at.at("version"), g.Version)
	r.checkScaling(at.at("scaling"), g.Scaling)
	r.checkGroupSubnets(at.at("subnets"), g.Subnets)
	r.checkGroupZones(at, g)
	r.checkNodeLabels(at.at("labels"), g.Labels)
	r.checkTaints(at.at("taints"), g.Taints)
	r.checkTags(at.at("tags"), g.Tags, r.cluster.Tags)
	r.checkGivenRole(at.at("role"), g.Role, "the role of nodes")
	if g.KeyPair != "" {
		r.checkName(at.at("keyPair"), keyPairRule, g.KeyPair)
	}
}

func (r *resolver) checkSkew(at path, version string) {
	nodes, ok1 := catalog.MinorOf(version)
	control, ok2 := catalog.MinorOf(r.cluster.Version)
	if !ok1 || !ok2 {
		return
	}
	if nodes > control {
		r.report(diag.VersionSkew, at, "upgrade the control plane first", "nodes of Kubernetes %s are ahead of the control plane, which is %s", version, r.cluster.Version)
	}
	if control-nodes > maxSkew {
		r.report(diag.VersionSkew, at, fmt.Sprintf("upgrade the nodes to 1.%d at least", control-maxSkew),
			"nodes of Kubernetes %s are %d minor versions behind the control plane, which is %s; Kubernetes allows %d", version, control-nodes, r.cluster.Version, maxSkew)
	}
}

// checkScaling expects desired to be filled in.
func (r *resolver) checkScaling(at path, s spec.Scaling) {
	desired := *s.Desired
	switch {
	case s.Min < 0:
		r.report(diag.ScalingBounds, at.at("min"), "", "min is %d, but there cannot be fewer than 0 nodes", s.Min)
	case s.Max < 1:
		r.report(diag.ScalingBounds, at.at("max"), "", "max is %d, but must be at least 1", s.Max)
	case s.Min > s.Max:
		r.report(diag.ScalingBounds, at.at("min"), "", "min is %d, which is more than max, %d", s.Min, s.Max)
	case desired < s.Min:
		r.report(diag.ScalingBounds, at.at("desired"), "", "desired is %d, which is less than min, %d", desired, s.Min)
	case desired > s.Max:
		r.report(diag.ScalingBounds, at.at("desired"), "", "desired is %d, which is more than max, %d", desired, s.Max)
	}
}

func (r *resolver) checkGroupSubnets(at path, tier string) {
	if r.tierEmpty(tier) {
		r.report(diag.EmptyTier, at, "state network.subnets."+tier+", or put the nodes into the other tier", "there are no %s subnets for the nodes", tier)
	}
}

// eachGroup calls f with every node group, managed ones first, in the order
// of their names.
func (r *resolver) eachGroup(f func(at path, g spec.NodeGroupBase)) {
	for _, name := range sortedKeys(r.cluster.NodeGroups) {
		f(clusterPath.at("nodeGroups", name), r.cluster.NodeGroups[name].NodeGroupBase)
	}
	for _, name := range sortedKeys(r.cluster.SelfManagedNodeGroups) {
		f(clusterPath.at("selfManagedNodeGroups", name), r.cluster.SelfManagedNodeGroups[name].NodeGroupBase)
	}
}

// groupsIn returns the quoted names of the node groups in the tier's subnets.
func (r *resolver) groupsIn(tier string) []string {
	var names []string
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		if g.Subnets == tier {
			names = append(names, fmt.Sprintf("%q", at[len(at)-1]))
		}
	})
	return names
}

// checkNoNodes warns of what would wait for a node forever.
func (r *resolver) checkNoNodes() {
	if r.cluster.HasNodes() || r.cluster.HasFargate() || r.cluster.RemoteNetworks != nil {
		return
	}
	const hint = "add a node group, or autoMode"
	fields := map[string]bool{}
	for _, p := range r.programs() {
		fields[p.at[0]] = true
	}
	for _, field := range sortedKeys(fields) {
		r.report(diag.NoNodes, path{field}, hint, "there is no node group that %s could run on", field)
	}
	for _, name := range sortedKeys(r.cluster.Addons) {
		if a, ok := catalog.LookupAddon(name); ok && !a.BeforeNodes {
			r.report(diag.NoNodes, clusterPath.at("addons", name), hint, "there is no node group that the add-on %q could run on", name)
		}
	}
}
