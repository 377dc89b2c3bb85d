package spec

import (
	"maps"
	"slices"
)

// RuleSet is the rules that a spec declares in one place for one direction of
// one security group.
type RuleSet struct {
	// Owner is the group that the rules are in.
	Owner GroupRef
	// Path is where they are declared.
	Path   []string
	Egress bool
	Rules  map[string]SecurityGroupRule
}

// RuleSets are all rules of security groups that the cluster declares, and those
// that a bastion brings, in an order that depends on the spec alone. What
// declares none is left out.
func (c *Cluster) RuleSets() []RuleSet {
	var all []RuleSet
	add := func(owner GroupRef, egress bool, rules map[string]SecurityGroupRule, path ...string) {
		if len(rules) > 0 {
			all = append(all, RuleSet{owner, append([]string{"cluster"}, path...), egress, rules})
		}
	}
	if g := c.ClusterSecurityGroup; g != nil {
		add(ClusterGroup, false, g.Ingress, "clusterSecurityGroup", "ingress")
	}
	if g := c.SecurityGroup; g != nil {
		add(ControlPlaneGroup, false, g.Ingress, "securityGroup", "ingress")
	}
	add(ControlPlaneGroup, false, c.Endpoint.rules(), "endpoint", "ingress")
	if b := c.Bastion; b != nil {
		toEndpoint, egress := b.rules()
		add(ControlPlaneGroup, false, toEndpoint, "bastion")
		add(BastionGroup, true, egress, "bastion")
		add(BastionGroup, false, b.Ingress, "bastion", "ingress")
		add(BastionGroup, true, b.Egress, "bastion", "egress")
	}
	if g := c.NodeSecurityGroup; g != nil {
		add(NodesGroup, false, g.Ingress, "nodeSecurityGroup", "ingress")
		add(NodesGroup, true, g.Egress, "nodeSecurityGroup", "egress")
	}
	for _, name := range slices.Sorted(maps.Keys(c.NodeGroups)) {
		add(NodeGroupRef(name), false, c.NodeGroups[name].Ingress, "nodeGroups", name, "ingress")
		add(NodeGroupRef(name), true, c.NodeGroups[name].Egress, "nodeGroups", name, "egress")
	}
	for _, name := range slices.Sorted(maps.Keys(c.SelfManagedNodeGroups)) {
		add(NodeGroupRef(name), false, c.SelfManagedNodeGroups[name].Ingress, "selfManagedNodeGroups", name, "ingress")
		add(NodeGroupRef(name), true, c.SelfManagedNodeGroups[name].Egress, "selfManagedNodeGroups", name, "egress")
	}
	return all
}

// NamedGroups are the groups of the cluster that rules name as their other
// side.
func NamedGroups(sets []RuleSet) map[GroupRef]bool {
	named := map[GroupRef]bool{}
	for _, set := range sets {
		for _, rule := range set.Rules {
			if ref, ok := rule.Ref(); ok {
				named[ref] = true
			}
		}
	}
	return named
}

// HasGivenControlPlaneGroup reports whether the control plane is in a security
// group that exists already, and whose rules are not known.
func (c *Cluster) HasGivenControlPlaneGroup() bool {
	return len(c.AdditionalSecurityGroups) > 0 || c.SecurityGroup != nil && c.SecurityGroup.ID != ""
}

// CreatesControlPlaneGroup reports whether the control plane gets a security
// group besides the one that EKS makes: it is declared, or there is ingress for
// it while the declared one exists already.
func (c *Cluster) CreatesControlPlaneGroup() bool {
	return c.SecurityGroup != nil && c.SecurityGroup.ID == "" || len(c.Endpoint.Ingress) > 0 || c.Bastion != nil
}
