package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestAutoscaling(t *testing.T) {
	scale := func(a spec.Autoscaling) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Addons["metrics-server"] = spec.Addon{}
			workload(func(w *spec.Workload) {
				w.Replicas, w.Autoscaling = nil, &a
				w.Resources.Requests.CPU = "100m"
			})(s)
		}
	}
	cpu := spec.Autoscaling{MinReplicas: 1, MaxReplicas: 4, CPUUtilization: ptr(70)}
	with := func(edit func(a *spec.Autoscaling)) func(*spec.Spec) {
		a := cpu
		edit(&a)
		return scale(a)
	}
	external := func(m spec.ExternalMetric) func(*spec.Spec) {
		return with(func(a *spec.Autoscaling) { a.ExternalMetrics = map[string]spec.ExternalMetric{"depth": m} })
	}
	also := func(edits ...func(*spec.Spec)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			for _, edit := range edits {
				edit(s)
			}
		}
	}
	noServer := func(s *spec.Spec) { delete(s.Cluster.Addons, "metrics-server") }
	const at = podAt + "autoscaling "
	runRules(t, newVPC, []ruleTest{
		{"CPU", scale(cpu), nil},
		{"replicas beside it", also(scale(cpu), workload(func(w *spec.Workload) { w.Replicas = ptr(2) })), []want{{diag.Autoscaling, podAt + "replicas", "leave it out"}}},
		{"bounds", with(func(a *spec.Autoscaling) { a.MinReplicas = 5 }), []want{{diag.Autoscaling, at + "minReplicas", "5 is more than maxReplicas, which is 4"}}},
		{"none at all", with(func(a *spec.Autoscaling) { a.MinReplicas = 0 }), []want{{diag.Autoscaling, at + "minReplicas", "at least 1"}}},
		{"no metric", with(func(a *spec.Autoscaling) { a.CPUUtilization = nil }), []want{{diag.Autoscaling, podAt + "autoscaling", "cpuUtilization: 70"}}},
		{"no requests", with(func(a *spec.Autoscaling) { a.MemoryUtilization = ptr(80) }), []want{{diag.Autoscaling, at + "memoryUtilization", `"nginx" requests no memory`}}},
		{"no requests of a sidecar", also(scale(cpu), workload(func(w *spec.Workload) {
			w.Sidecars = map[string]spec.Container{"proxy": {Program: spec.Program{Image: "proxy:1"}}}
		})), []want{{diag.Autoscaling, at + "cpuUtilization", `"proxy" requests no cpu`}}},
		{"no metrics-server", also(scale(cpu), noServer), []want{{diag.MetricsServer, at + "cpuUtilization", "metrics-server"}}},
		{"metrics-server by manifest", also(scale(cpu), noServer, func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("apiregistration.k8s.io/v1", "APIService", "", "v1beta1.metrics.k8s.io")}
		}), nil},
		{"metrics of pods", also(with(func(a *spec.Autoscaling) {
			a.CPUUtilization, a.PodMetrics = nil, map[string]spec.PodMetric{"requests": {AverageValue: "100"}}
		}), noServer), nil},
		{"no quantity", with(func(a *spec.Autoscaling) {
			a.PodMetrics = map[string]spec.PodMetric{"requests": {AverageValue: "many"}}
		}), []want{
			{diag.InvalidQuantity, at + "podMetrics requests averageValue", "many"}}},
		{"external", external(spec.ExternalMetric{Value: "30"}), nil},
		{"external without a value", external(spec.ExternalMetric{}), []want{{diag.Autoscaling, at + "externalMetrics depth", "exactly one of value and averageValue"}}},
		{"window", with(func(a *spec.Autoscaling) {
			a.Behavior.ScaleUp = &spec.ScalingRules{StabilizationWindowSeconds: ptr(3601)}
		}), []want{
			{diag.Autoscaling, at + "behavior scaleUp stabilizationWindowSeconds", "at most 3600"}}},
		{"policy", with(func(a *spec.Autoscaling) {
			a.Behavior.ScaleDown = &spec.ScalingRules{SelectPolicy: "Disabled", Policies: []spec.ScalingPolicy{{Type: "Pods", Value: 0, PeriodSeconds: 60}}}
		}), []want{{diag.Autoscaling, at + "behavior scaleDown policies", "Disabled"}, {diag.Autoscaling, at + "behavior scaleDown policies 0 value", "at least 1"}}},
		{"manifest of the same", also(scale(cpu), func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("autoscaling/v2", "HorizontalPodAutoscaler", "", "nginx")}
		}), []want{{diag.DuplicateObject, "kubernetes manifests x", "workloads.nginx.autoscaling"}}},
	})
}

func TestPodDisruptionBudgets(t *testing.T) {
	budget := func(b spec.PodDisruptionBudget) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.PodDisruptionBudget = &b })
	}
	const at = podAt + "podDisruptionBudget "
	runRules(t, newVPC, []ruleTest{ // of two pods
		{"one stays", budget(spec.PodDisruptionBudget{MinAvailable: "1"}), nil},
		{"half may be away", budget(spec.PodDisruptionBudget{MaxUnavailable: "50%"}), nil},
		{"nothing", budget(spec.PodDisruptionBudget{}), []want{{diag.PodBudget, podAt + "podDisruptionBudget", "exactly one of minAvailable and maxUnavailable"}}},
		{"both", budget(spec.PodDisruptionBudget{MinAvailable: "1", MaxUnavailable: "1"}), []want{{diag.PodBudget, podAt + "podDisruptionBudget", "both"}}},
		{"all stay", budget(spec.PodDisruptionBudget{MinAvailable: "2"}), []want{{diag.PodBudget, at + "minAvailable", "no node can be drained"}}},
		{"all stay, in percent", budget(spec.PodDisruptionBudget{MinAvailable: "100%"}), []want{{diag.PodBudget, at + "minAvailable", "no node can be drained"}}},
		{"none may be away", budget(spec.PodDisruptionBudget{MaxUnavailable: "0"}), []want{{diag.PodBudget, at + "maxUnavailable", "no pod may ever"}}},
		{"no pods", func(s *spec.Spec) {
			budget(spec.PodDisruptionBudget{MinAvailable: "1"})(s)
			workload(func(w *spec.Workload) { w.Replicas = ptr(0) })(s)
		}, nil},
	})
}

func TestPatches(t *testing.T) {
	patch := func(p map[string]any) func(*spec.Spec) {
		return workload(func(w *spec.Workload) { w.Patch = p })
	}
	type m = map[string]any
	pods := func(of m) m { return m{"spec": m{"template": m{"spec": of}}} }
	const at = podAt + "patch"
	runRules(t, newVPC, []ruleTest{
		{"fields", patch(pods(m{"hostPID": true, "containers": []any{m{"name": "nginx", "tty": true}}})), nil},
		{"null", patch(pods(m{"securityContext": nil})), nil},
		{"a field that pods do not have", patch(pods(m{"hostPid": true})), []want{{diag.InvalidPatch, at + " spec template spec hostPid", "no such field"}}},
		{"a value of another type", patch(pods(m{"hostPID": "yes"})), []want{{diag.InvalidPatch, at, "cannot unmarshal"}}},
		{"a container without its name", patch(pods(m{"containers": []any{m{"tty": true}}})), []want{{diag.InvalidPatch, at, "merge key: name"}}},
		{"a directive", patch(m{"$patch": "delete"}), []want{{diag.InvalidPatch, at + " $patch", "no such field"}}},
		{"another name", patch(m{"metadata": m{"name": "x"}}), []want{{diag.InvalidPatch, at + " metadata name", "another one"}}},
		{"another selector", patch(m{"spec": m{"selector": m{}}}), []want{{diag.InvalidPatch, at + " spec selector", "other pods"}}},
	})
}
