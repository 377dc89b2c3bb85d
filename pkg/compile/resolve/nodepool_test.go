package resolve

import (
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestNodePool(t *testing.T) {
	taint := func(effect string) map[string]spec.Taint { return map[string]spec.Taint{"k": {Effect: effect}} }
	renamed := func(name string) func(*spec.Spec) {
		return karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			k.NodePools = map[string]spec.NodePool{name: k.NodePools["p"]}
		})
	}
	runRules(t, withKarpenter, []ruleTest{
		{"all there is", pool(func(p *spec.NodePool) {
			p.Labels, p.Annotations = map[string]string{"a/b": "c"}, map[string]string{"a/b": "c d"}
			p.Taints, p.StartupTaints = taint("NoSchedule"), taint("NoExecute")
			p.Limits, p.Weight = map[string]string{"cpu": "10", "nodes": "3", "nvidia.com/gpu": "1"}, ptr(100)
		}), nil},
		{"a name that cannot be", renamed("P"), []want{{diag.KubernetesName, "cluster karpenter nodePools P", ""}}},
		{"a name that is too long", renamed(strings.Repeat("p", 64)), []want{{diag.KubernetesName, "cluster karpenter nodePools " + strings.Repeat("p", 64), "64"}}},
		{"a label of Karpenter's", pool(func(p *spec.NodePool) { p.Labels = map[string]string{"karpenter.sh/nodepool": "p"} }), []want{
			{diag.NodeRequirement, poolAt + " labels karpenter.sh/nodepool", "own"}}},
		{"a label that cannot be", pool(func(p *spec.NodePool) { p.Labels = map[string]string{"a b": "c"} }), []want{{diag.InvalidLabel, poolAt + " labels a b", ""}}},
		{"an annotation that cannot be", pool(func(p *spec.NodePool) { p.Annotations = map[string]string{"a b": "c"} }), []want{{diag.InvalidLabel, poolAt + " annotations a b", ""}}},
		{"a taint twice", pool(func(p *spec.NodePool) { p.Taints, p.StartupTaints = taint("NoSchedule"), taint("NoSchedule") }), []want{
			{diag.NodePool, poolAt + " startupTaints k", "among taints"}}},
		{"a taint's value", pool(func(p *spec.NodePool) { p.Taints = map[string]spec.Taint{"k": {Value: "a b", Effect: "NoSchedule"}} }), []want{
			{diag.InvalidLabel, poolAt + " taints k value", "a b"}}},
		{"a limit that is none", pool(func(p *spec.NodePool) { p.Limits = map[string]string{"cpu": "ten", "memory": ""} }), []want{
			{diag.InvalidQuantity, poolAt + " limits cpu", "ten"}, {diag.InvalidQuantity, poolAt + " limits memory", "empty"}}},
		{"a limit of nothing", pool(func(p *spec.NodePool) { p.Limits = map[string]string{"c p u": "1"} }), []want{{diag.NodePool, poolAt + " limits c p u", "resource"}}},
		{"half a node", pool(func(p *spec.NodePool) { p.Limits = map[string]string{"nodes": "500m"} }), []want{{diag.NodePool, poolAt + " limits nodes", "whole"}}},
		{"no weight", pool(func(p *spec.NodePool) { p.Weight = ptr(0) }), []want{{diag.NodePool, poolAt + " weight", "1 to 100"}}},
		{"replicas", pool(func(p *spec.NodePool) { p.Replicas, p.Limits = ptr(0), map[string]string{"nodes": "2"} }), nil},
		{"replicas with what others have", pool(func(p *spec.NodePool) {
			p.Replicas, p.Weight, p.Limits = ptr(-1), ptr(5), map[string]string{"cpu": "2"}
			p.Disruption.ConsolidateAfter = "1h"
		}), []want{{diag.NodeDisruption, poolAt + " disruption", "not consolidated"}, {diag.NodePool, poolAt + " limits cpu", "nodes"},
			{diag.NodePool, poolAt + " replicas", "-1"}, {diag.NodePool, poolAt + " weight", ""}}},
		{"replicas of an old version", func(s *spec.Spec) {
			s.Cluster.Version, s.Cluster.Karpenter.Version = "1.34", "1.6.0"
			pool(func(p *spec.NodePool) { p.Replicas = ptr(1) })(s)
		}, []want{{diag.KarpenterVersion, poolAt + " replicas", "1.6.0"}}},
	})
}

func TestNodeRequirement(t *testing.T) {
	asks := func(key string, q spec.NodeRequirement) func(*spec.Spec) {
		return pool(func(p *spec.NodePool) { p.Requirements = map[string]spec.NodeRequirement{key: q} })
	}
	in := func(key string, values ...string) func(*spec.Spec) {
		return asks(key, spec.NodeRequirement{In: values})
	}
	at := func(key string) string { return poolAt + " requirements " + key }
	const cpu, family = "karpenter.k8s.aws/instance-cpu", "karpenter.k8s.aws/instance-family"
	runRules(t, withKarpenter, []ruleTest{
		{"values", in("kubernetes.io/arch", "arm64", "amd64"), nil},
		{"a label of one's own", in("example.com/team", "a"), nil},
		{"numbers", asks(cpu, spec.NodeRequirement{Gte: ptr(2), Lt: ptr(9), In: []string{"2", "4"}, MinValues: ptr(2)}), nil},
		{"nothing", asks(cpu, spec.NodeRequirement{}), []want{{diag.NodeRequirement, at(cpu), "nothing is said"}}},
		{"an empty list", asks(cpu, spec.NodeRequirement{In: []string{}, NotIn: []string{}}), []want{
			{diag.NodeRequirement, at(cpu) + " in", "no value"}, {diag.NodeRequirement, at(cpu) + " notIn", "no value"}}},
		{"a value twice", in("a", "b", "b"), []want{{diag.NodeRequirement, at("a") + " in 1", "twice"}}},
		{"a value that cannot be", in("a", "b c"), []want{{diag.InvalidLabel, at("a") + " in 0", "b c"}}},
		{"a key that cannot be", in("a b", "c"), []want{{diag.InvalidLabel, at("a b"), ""}}},
		{"a label that Karpenter lacks", in("karpenter.k8s.aws/instance-famly", "m7g"), []want{{diag.NodeRequirement, at("karpenter.k8s.aws/instance-famly"), `"karpenter.k8s.aws/instance-family"`}}},
		{"a label of Auto Mode", in("eks.amazonaws.com/instance-cpu", "4"), []want{{diag.NodeRequirement, at("eks.amazonaws.com/instance-cpu"), "write karpenter.k8s.aws/instance-cpu"}}},
		{"a host", in("kubernetes.io/hostname", "a"), []want{{diag.NodeRequirement, at("kubernetes.io/hostname"), "own"}}},
		{"an architecture that is not", in("kubernetes.io/arch", "x86_64"), []want{{diag.NodeRequirement, at("kubernetes.io/arch") + " in 0", "amd64"}}},
		{"a capacity that is not", in("karpenter.sh/capacity-type", "ON_DEMAND"), []want{{diag.NodeRequirement, at("karpenter.sh/capacity-type") + " in 0", "on-demand, reserved or spot"}}},
		{"a zone of another region", in("topology.kubernetes.io/zone", "us-east-1a"), []want{{diag.NodeRequirement, at("topology.kubernetes.io/zone") + " in 0", "no subnet"}}},
		{"another region", in("topology.kubernetes.io/region", "us-east-1"), []want{{diag.NodeRequirement, at("topology.kubernetes.io/region") + " in 0", "ap-northeast-2"}}},
		{"a type that is none", in("node.kubernetes.io/instance-type", "large"), []want{{diag.InstanceTypes, at("node.kubernetes.io/instance-type") + " in 0", ""}}},
		{"a family that is not known", in(family, "m7g", "m77g"), []want{{diag.UnknownInstance, at(family) + " in 1", "family"}}},
		{"a category that is not known", in("karpenter.k8s.aws/instance-category", "c", "inf", "qq"), []want{{diag.UnknownInstance, at("karpenter.k8s.aws/instance-category") + " in 2", "category"}}},
		{"a number that is none", in(cpu, "four"), []want{{diag.NodeRequirement, at(cpu) + " in 0", "number"}}},
		{"a bound of what is no number", asks(family, spec.NodeRequirement{Gt: ptr(4)}), []want{{diag.NodeRequirement, at(family), "no number"}}},
		{"a bound of a zone", asks("topology.kubernetes.io/zone", spec.NodeRequirement{Lt: ptr(4)}), []want{{diag.NodeRequirement, at("topology.kubernetes.io/zone"), "no number"}}},
		{"a negative bound", asks(cpu, spec.NodeRequirement{Gt: ptr(-1)}), []want{{diag.NodeRequirement, at(cpu) + " gt", "-1"}}},
		{"bounds that leave nothing", asks(cpu, spec.NodeRequirement{Gt: ptr(3), Lt: ptr(4)}), []want{{diag.NodeRequirement, at(cpu), "no number is within"}}},
		{"two lower bounds", asks(cpu, spec.NodeRequirement{Gt: ptr(3), Gte: ptr(3)}), []want{{diag.NodeRequirement, at(cpu) + " gte", "too"}}},
		{"two upper bounds", asks(cpu, spec.NodeRequirement{Lt: ptr(3), Lte: ptr(3)}), []want{{diag.NodeRequirement, at(cpu) + " lte", "too"}}},
		{"a value out of bounds", asks(cpu, spec.NodeRequirement{Gt: ptr(3), In: []string{"2", "4"}}), []want{{diag.NodeRequirement, at(cpu) + " in 0", "out of the bounds"}}},
		{"more values than there are", asks(family, spec.NodeRequirement{In: []string{"m7g"}, MinValues: ptr(2)}), []want{{diag.NodeRequirement, at(family) + " minValues", "in has 1"}}},
		{"too many values", asks(family, spec.NodeRequirement{MinValues: ptr(51)}), []want{{diag.NodeRequirement, at(family) + " minValues", "1 to 50"}}},
		{"values of no label", asks(family, spec.NodeRequirement{In: []string{"m7g"}, Exists: ptr(false)}), []want{{diag.NodeRequirement, at(family) + " exists", ""}}},
		{"values that are excluded", asks(family, spec.NodeRequirement{In: []string{"m7g"}, NotIn: []string{"m7g", "c7g"}}), []want{{diag.NodeRequirement, at(family), "excludes every"}}},
		{"a label that is stated", func(s *spec.Spec) {
			in("a", "b")(s)
			pool(func(p *spec.NodePool) { p.Labels = map[string]string{"a": "b"} })(s)
		}, []want{{diag.NodeRequirement, at("a"), "labels"}}},
		{"types of another architecture", pool(func(p *spec.NodePool) {
			p.Requirements = map[string]spec.NodeRequirement{"kubernetes.io/arch": {In: []string{"arm64"}}, "node.kubernetes.io/instance-type": {In: []string{"m5.large", "c5.large"}}}
		}), []want{{diag.NodeRequirement, at("node.kubernetes.io/instance-type") + " in", "arm64"}}},
		{"some types of the architecture", pool(func(p *spec.NodePool) {
			p.Requirements = map[string]spec.NodeRequirement{"kubernetes.io/arch": {In: []string{"arm64"}}, "node.kubernetes.io/instance-type": {In: []string{"m5.large", "m7g.large"}}}
		}), nil},
		{"an operator that came later", func(s *spec.Spec) {
			s.Cluster.Version, s.Cluster.Karpenter.Version = "1.34", "1.6.0"
			asks(cpu, spec.NodeRequirement{Lte: ptr(4)})(s)
		}, []want{{diag.KarpenterVersion, at(cpu) + " lte", "1.6.0"}}},
	})
}

func TestNodeDisruption(t *testing.T) {
	budget := func(b spec.DisruptionBudget) func(*spec.Spec) {
		return pool(func(p *spec.NodePool) { p.Disruption.Budgets = map[string]spec.DisruptionBudget{"b": b} })
	}
	const budgetAt = poolAt + " disruption budgets b"
	runRules(t, withKarpenter, []ruleTest{
		{"all there is", pool(func(p *spec.NodePool) {
			p.ExpireAfter, p.TerminationGracePeriod = "1h30m", "48h"
			p.Disruption.ConsolidateAfter = "Never"
		}), nil},
		{"a day", pool(func(p *spec.NodePool) { p.ExpireAfter, p.Disruption.ConsolidateAfter = "30d", "soon" }), []want{
			{diag.NodeDisruption, poolAt + " disruption consolidateAfter", "soon"}, {diag.NodeDisruption, poolAt + " expireAfter", "the units are"}}},
		{"never", pool(func(p *spec.NodePool) { p.TerminationGracePeriod = "Never" }), []want{{diag.NodeDisruption, poolAt + " terminationGracePeriod", "Never"}}},
		{"a policy that came later", karpenter(func(_ *spec.Cluster, k *spec.Karpenter) {
			k.Version = "1.13.0"
			k.NodePools = map[string]spec.NodePool{"p": {NodeClass: "c", Disruption: spec.Disruption{ConsolidationPolicy: "Balanced", ConsolidateAfter: "0s"}}}
		}), []want{{diag.KarpenterVersion, poolAt + " disruption consolidationPolicy", "Balanced"}}},
		{"a budget", budget(spec.DisruptionBudget{Nodes: "100%", Schedule: "*/5 9-17 * JAN,2 mon-fri", Duration: "1h30m0s", Reasons: []string{"Empty"}}), nil},
		{"a budget by name", budget(spec.DisruptionBudget{Nodes: "5", Schedule: "@daily", Duration: "10m"}), nil},
		{"a schedule alone", budget(spec.DisruptionBudget{Nodes: "5", Schedule: "@daily"}), []want{{diag.NodeDisruption, budgetAt, "together"}}},
		{"a duration alone", budget(spec.DisruptionBudget{Nodes: "5", Duration: "1h"}), []want{{diag.NodeDisruption, budgetAt, "together"}}},
		{"seconds", budget(spec.DisruptionBudget{Nodes: "5", Schedule: "@daily", Duration: "30s"}), []want{{diag.NodeDisruption, budgetAt + " duration", "30s"}}},
		{"too much", budget(spec.DisruptionBudget{Nodes: "101%"}), []want{{diag.NodeDisruption, budgetAt + " nodes", "101%"}}},
		{"no schedule", budget(spec.DisruptionBudget{Nodes: "5", Schedule: "0 25 * * *", Duration: "1h"}), []want{{diag.NodeDisruption, budgetAt + " schedule", "no hour"}}},
		{"a reason twice", budget(spec.DisruptionBudget{Nodes: "5", Reasons: []string{"Empty", "Empty"}}), []want{{diag.NodeDisruption, budgetAt + " reasons 1", "twice"}}},
		{"no reason", budget(spec.DisruptionBudget{Nodes: "5", Reasons: []string{}}), []want{{diag.NodeDisruption, budgetAt + " reasons", "no reason"}}},
	})
}

func TestScheduleFault(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "* * * * *": "", "0 0 1 1 0": "", "@hourly": "", "0,30 */2 1-15/3 dec Sun": "",
		"* * * *": "4 fields", "@reboot": "1 fields", "* 24 * * *": "no hour", "* * * * 7": "Sunday is 0",
	} {
		if got := scheduleFault(text); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("scheduleFault(%q) = %q, want %q", text, got, want)
		}
	}
}
