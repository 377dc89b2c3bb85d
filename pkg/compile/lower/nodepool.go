package lower

import (
	"slices"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// nodePool is the object of a node pool whose node class is of that group and
// kind, in the words of https://karpenter.sh/docs/concepts/nodepools/.
func nodePool(name string, pool spec.NodePool, group, kind string) ir.Object {
	body := map[string]any{
		"template":   nodeTemplate(pool, group, kind),
		"disruption": disruption(pool.Disruption),
	}
	if len(pool.Limits) > 0 {
		body["limits"] = pool.Limits
	}
	if pool.Weight != nil {
		body["weight"] = *pool.Weight
	}
	if pool.Replicas != nil {
		body["replicas"] = *pool.Replicas
	}
	object := object(map[string]any{
		"apiVersion": "karpenter.sh/v1",
		"kind":       "NodePool",
		"metadata":   map[string]any{"name": name},
		"spec":       body,
	})
	object.File = "nodepool-" + name
	return object
}

// nodeTemplate is what the pool's nodes are made from.
func nodeTemplate(pool spec.NodePool, group, kind string) map[string]any {
	nodes := map[string]any{
		"nodeClassRef": map[string]any{"group": group, "kind": kind, "name": pool.NodeClass},
		"requirements": nodeRequirements(pool.Requirements),
	}
	if len(pool.Taints) > 0 {
		nodes["taints"] = poolTaints(pool.Taints)
	}
	if len(pool.StartupTaints) > 0 {
		nodes["startupTaints"] = poolTaints(pool.StartupTaints)
	}
	if pool.ExpireAfter != "" {
		nodes["expireAfter"] = pool.ExpireAfter
	}
	if pool.TerminationGracePeriod != "" {
		nodes["terminationGracePeriod"] = pool.TerminationGracePeriod
	}
	template := map[string]any{"spec": nodes}
	metadata := map[string]any{}
	if len(pool.Labels) > 0 {
		metadata["labels"] = pool.Labels
	}
	if len(pool.Annotations) > 0 {
		metadata["annotations"] = pool.Annotations
	}
	if len(metadata) > 0 {
		template["metadata"] = metadata
	}
	return template
}

// nodeRequirements are the requirements in the order of their labels. There is
// always a list, which may be empty.
func nodeRequirements(declared map[string]spec.NodeRequirement) []any {
	list := []any{}
	for _, r := range sorted(declared) {
		entries := requirementEntries(r.name, r.value)
		if least := r.value.MinValues; least != nil {
			if len(entries) == 0 {
				entries = []map[string]any{{"key": r.name, "operator": "Exists"}}
			}
			entries[0]["minValues"] = *least
		}
		for _, entry := range entries {
			list = append(list, entry)
		}
	}
	return list
}

// requirementEntries are one entry for each operator.
func requirementEntries(key string, r spec.NodeRequirement) []map[string]any {
	var entries []map[string]any
	add := func(operator string, values ...string) {
		entry := map[string]any{"key": key, "operator": operator}
		if len(values) > 0 {
			entry["values"] = slices.Compact(slices.Sorted(slices.Values(values)))
		}
		entries = append(entries, entry)
	}
	if len(r.In) > 0 {
		add("In", r.In...)
	}
	if len(r.NotIn) > 0 {
		add("NotIn", r.NotIn...)
	}
	if r.Exists != nil {
		add(map[bool]string{true: "Exists", false: "DoesNotExist"}[*r.Exists])
	}
	for _, b := range r.Bounds() {
		add(b.Operator, strconv.Itoa(b.Value))
	}
	return entries
}

func poolTaints(taints map[string]spec.Taint) []any {
	var list []any
	for _, taint := range sorted(taints) {
		entry := map[string]any{"key": taint.name, "effect": taint.value.Effect}
		if taint.value.Value != "" {
			entry["value"] = taint.value.Value
		}
		list = append(list, entry)
	}
	return list
}

func disruption(d spec.Disruption) map[string]any {
	body := map[string]any{"consolidationPolicy": d.ConsolidationPolicy, "consolidateAfter": d.ConsolidateAfter}
	var budgets []any
	for _, b := range sorted(d.Budgets) {
		b.value.Reasons = slices.Compact(slices.Sorted(slices.Values(b.value.Reasons)))
		budgets = append(budgets, b.value)
	}
	if budgets != nil {
		body["budgets"] = budgets
	}
	return body
}
