package lower

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// place says on which nodes the pods run.
func place(k *corev1.PodSpec, name string, p spec.PodPlacement) {
	k.NodeSelector = p.NodeSelector
	k.Tolerations = tolerations(p.Tolerations)
	k.Affinity = affinity(p.NodeAffinity)
	k.TopologySpreadConstraints = spread(name, p.Spread)
	k.PriorityClassName = p.PriorityClassName
	k.SchedulerName = p.SchedulerName
	if p.RuntimeClassName != "" {
		k.RuntimeClassName = &p.RuntimeClassName
	}
}

func tolerations(declared map[string]spec.Toleration) []corev1.Toleration {
	var all []corev1.Toleration
	for _, toleration := range sorted(declared) {
		t := toleration.value
		k := corev1.Toleration{
			Key: toleration.name, Operator: corev1.TolerationOpExists,
			Effect: corev1.TaintEffect(t.Effect), TolerationSeconds: int64s(t.TolerationSeconds),
		}
		if t.Value != "" {
			k.Operator, k.Value = corev1.TolerationOpEqual, t.Value
		}
		if k.Key == spec.AllTaints {
			k.Key = ""
		}
		all = append(all, k)
	}
	return all
}

func affinity(a spec.NodeAffinity) *corev1.Affinity {
	if len(a.Required)+len(a.Preferred) == 0 {
		return nil
	}
	k := &corev1.NodeAffinity{}
	if len(a.Required) > 0 {
		k.RequiredDuringSchedulingIgnoredDuringExecution = &corev1.NodeSelector{
			NodeSelectorTerms: []corev1.NodeSelectorTerm{{MatchExpressions: requirements(a.Required)}},
		}
	}
	for _, requirement := range requirements(a.Preferred) {
		k.PreferredDuringSchedulingIgnoredDuringExecution = append(k.PreferredDuringSchedulingIgnoredDuringExecution, corev1.PreferredSchedulingTerm{
			Weight: 1, Preference: corev1.NodeSelectorTerm{MatchExpressions: []corev1.NodeSelectorRequirement{requirement}},
		})
	}
	return &corev1.Affinity{NodeAffinity: k}
}

func requirements(labels map[string][]string) []corev1.NodeSelectorRequirement {
	var all []corev1.NodeSelectorRequirement
	for _, label := range sorted(labels) {
		all = append(all, corev1.NodeSelectorRequirement{
			Key: label.name, Operator: corev1.NodeSelectorOpIn, Values: slices.Sorted(slices.Values(label.value)),
		})
	}
	return all
}

func spread(name string, s spec.Spread) []corev1.TopologySpreadConstraint {
	var all []corev1.TopologySpreadConstraint
	add := func(topology string, over *spec.SpreadOver) {
		if over != nil {
			all = append(all, corev1.TopologySpreadConstraint{
				TopologyKey: topology, MaxSkew: int32(over.MaxSkew), LabelSelector: selector(name),
				WhenUnsatisfiable: corev1.UnsatisfiableConstraintAction(over.WhenUnsatisfiable),
			})
		}
	}
	add(corev1.LabelTopologyZone, s.Zones)
	add(corev1.LabelHostname, s.Nodes)
	return all
}

// connect says how the pods find others.
func connect(k *corev1.PodSpec, n spec.PodNetwork) {
	k.HostNetwork = isTrue(n.HostNetwork)
	k.DNSPolicy = corev1.DNSPolicy(n.DNSPolicy)
	if k.HostNetwork {
		k.DNSPolicy = cmp.Or(k.DNSPolicy, corev1.DNSClusterFirstWithHostNet)
	}
	if c := n.DNSConfig; len(c.Nameservers)+len(c.Searches)+len(c.Options) > 0 {
		k.DNSConfig = &corev1.PodDNSConfig{Nameservers: c.Nameservers, Searches: c.Searches}
		for _, option := range sorted(c.Options) {
			o := corev1.PodDNSConfigOption{Name: option.name}
			if option.value != "" {
				o.Value = &option.value
			}
			k.DNSConfig.Options = append(k.DNSConfig.Options, o)
		}
	}
	for _, alias := range sorted(n.HostAliases) {
		k.HostAliases = append(k.HostAliases, corev1.HostAlias{IP: alias.name, Hostnames: alias.value})
	}
}
