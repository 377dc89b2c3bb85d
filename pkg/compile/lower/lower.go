// Package lower decides what a resolved spec becomes: which stacks and
// resources, under which names, with which references between them, and which
// Kubernetes objects in which environment.
//
// It takes a spec as resolve left it, complete and checked, and returns plain
// ir values. It reports nothing: what could be wrong has been said before.
package lower

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Lower decides everything that the specs of all environments become. The
// base is the spec without an environment: it may lack whatever only an
// environment says, and only the Kubernetes half of it is used.
func Lower(base *spec.Spec, environments []*spec.Spec) *ir.Model {
	sorted := slices.SortedFunc(slices.Values(environments), func(a, b *spec.Spec) int {
		return cmp.Compare(a.Environment, b.Environment)
	})
	model := &ir.Model{}
	variants := make([]variant, len(sorted))
	for i, s := range sorted {
		model.Environments = append(model.Environments, ir.Environment{Name: s.Environment, Stacks: stacks(s), RepositoryPath: repositoryPath(s)})
		variants[i] = variant{environment: s.Environment, parts: parts(s)}
	}
	model.Kustomize = kustomize(parts(base), variants)
	return model
}

// repositoryPath is where Git sync finds the output, or empty.
func repositoryPath(s *spec.Spec) string {
	if s.Cluster.GitSync == nil {
		return ""
	}
	return s.Cluster.GitSync.RepositoryPath
}

// stacks are the CloudFormation stacks of one environment in deploy order.
func stacks(s *spec.Spec) []ir.Stack {
	c := newCluster(&s.Cluster)
	var all []ir.Stack
	if network := c.networkStack(); len(network.Resources) > 0 {
		all = append(all, network)
	}
	all = append(all, c.clusterStack())
	if c.Bastion != nil {
		all = append(all, c.bastionStack(*c.Bastion))
	}
	if access := c.accessStack(); len(access.Resources) > 0 {
		all = append(all, access)
	}
	if capabilities := c.capabilitiesStack(); len(capabilities.Resources) > 0 {
		all = append(all, capabilities)
	}
	if accounts := c.serviceAccountsStack(); len(accounts.Resources) > 0 {
		all = append(all, accounts)
	}
	if autoscaler := c.autoscalerStack(); len(autoscaler.Resources) > 0 {
		all = append(all, autoscaler)
	}
	if karpenter := c.karpenterStack(); len(karpenter.Resources) > 0 {
		all = append(all, karpenter)
	}
	if hybrid := c.hybridNodesStack(); len(hybrid.Resources) > 0 {
		all = append(all, hybrid)
	}
	all = append(all, c.nodeGroupStacks()...)
	all = append(all, c.fargateStacks()...)
	if addons := c.addonsStack(); len(addons.Resources) > 0 {
		all = append(all, addons)
	}
	for i := range all {
		all[i].Needs = needs(all[i], all[:i])
	}
	if c.Layout == spec.LayoutSingle {
		return []ir.Stack{c.single(all)}
	}
	return all
}

// sorted iterates over a map in the order of its keys.
func sorted[V any](m map[string]V) []entry[V] {
	entries := make([]entry[V], 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		entries = append(entries, entry[V]{key, m[key]})
	}
	return entries
}

type entry[V any] struct {
	name  string
	value V
}
