package resolve

import (
	"math"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// scaled is what a program has whose pods are counted.
type scaled struct {
	program
	replicas    *int
	autoscaling *spec.Autoscaling
	budget      *spec.PodDisruptionBudget
}

// scaledPrograms are the Deployments and StatefulSets.
func (r *resolver) scaledPrograms() []scaled {
	var all []scaled
	for _, p := range r.programs() {
		switch p.at[0] {
		case "workloads":
			w := r.spec.Workloads[p.name]
			all = append(all, scaled{p, w.Replicas, w.Autoscaling, w.PodDisruptionBudget})
		case "statefulSets":
			w := r.spec.StatefulSets[p.name]
			all = append(all, scaled{p, w.Replicas, w.Autoscaling, w.PodDisruptionBudget})
		}
	}
	return all
}

// checkPodScaling checks how many pods run, and how many have to.
func (r *resolver) checkPodScaling() {
	for _, p := range r.scaledPrograms() {
		if p.autoscaling != nil {
			r.checkAutoscaling(p.at.at("autoscaling"), p)
		}
		if p.budget != nil {
			r.checkPodBudget(p.at.at("podDisruptionBudget"), p)
		}
	}
}

func (r *resolver) checkAutoscaling(at path, p scaled) {
	a := *p.autoscaling
	if p.replicas != nil {
		r.report(diag.Autoscaling, p.at.at("replicas"), "leave it out", "autoscaling says how many pods run, and each apply would undo that")
	}
	r.checkNumbers(diag.Autoscaling, at, bounds{"minReplicas", &a.MinReplicas, 1, math.MaxInt32}, bounds{"maxReplicas", &a.MaxReplicas, 1, math.MaxInt32},
		bounds{"cpuUtilization", a.CPUUtilization, 1, math.MaxInt32}, bounds{"memoryUtilization", a.MemoryUtilization, 1, math.MaxInt32})
	if a.MinReplicas > a.MaxReplicas {
		r.report(diag.Autoscaling, at.at("minReplicas"), "", "%d is more than maxReplicas, which is %d", a.MinReplicas, a.MaxReplicas)
	}
	if a.CPUUtilization == nil && a.MemoryUtilization == nil && len(a.PodMetrics)+len(a.ExternalMetrics) == 0 {
		r.report(diag.Autoscaling, at, "add one, such as cpuUtilization: 70", "no metric says how many pods are needed")
	}
	r.checkUtilization(at, p, "cpu", a.CPUUtilization)
	r.checkUtilization(at, p, "memory", a.MemoryUtilization)
	r.checkMetrics(at, a)
	r.checkScalingRules(at.at("behavior", "scaleUp"), a.Behavior.ScaleUp)
	r.checkScalingRules(at.at("behavior", "scaleDown"), a.Behavior.ScaleDown)
}

// checkUtilization checks that a share of what is requested can be known: by
// the requests of all containers, and by what measures the pods,
// https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/.
func (r *resolver) checkUtilization(at path, p scaled, resource string, share *int) {
	if share == nil {
		return
	}
	at = at.at(resource + "Utilization")
	if !r.hasMetricsServer() {
		r.report(diag.MetricsServer, at, `add cluster.addons: "metrics-server": {}`, "nothing measures the pods")
	}
	for _, c := range p.containers() {
		requests := map[string]string{"cpu": c.Resources.Requests.CPU, "memory": c.Resources.Requests.Memory}
		limits := map[string]string{"cpu": c.Resources.Limits.CPU, "memory": c.Resources.Limits.Memory}
		if c.served != nil && requests[resource] == "" && limits[resource] == "" {
			r.report(diag.Autoscaling, at, "add resources.requests."+resource, "the container %q requests no %s of which that could be a share", c.name, resource)
		}
	}
}

// metricsServer is the add-on, and the usual name of the Deployment.
const metricsServer = "metrics-server"

// hasMetricsServer reports whether something serves the metrics of pods.
func (r *resolver) hasMetricsServer() bool {
	if _, ok := r.cluster.Addons[metricsServer]; ok {
		return true
	}
	for _, m := range r.spec.Kubernetes.Manifests {
		switch o := objectOf(m); {
		case o.kind == "APIService" && o.name == "v1beta1.metrics.k8s.io", o.kind == "Deployment" && o.name == metricsServer:
			return true
		}
	}
	_, ok := r.spec.Workloads[metricsServer]
	return ok
}

func (r *resolver) checkMetrics(at path, a spec.Autoscaling) {
	for _, name := range sortedKeys(a.PodMetrics) {
		m, at := a.PodMetrics[name], at.at("podMetrics", name)
		r.checkQuantity(at.at("averageValue"), "metric", m.AverageValue)
		r.checkLabels(at.at("selector"), m.Selector)
	}
	for _, name := range sortedKeys(a.ExternalMetrics) {
		m, at := a.ExternalMetrics[name], at.at("externalMetrics", name)
		r.checkChoice(diag.Autoscaling, at, "the metric", choice{"value", m.Value != ""}, choice{"averageValue", m.AverageValue != ""})
		r.checkQuantity(at.at("value"), "metric", m.Value)
		r.checkQuantity(at.at("averageValue"), "metric", m.AverageValue)
		r.checkLabels(at.at("selector"), m.Selector)
	}
}

func (r *resolver) checkScalingRules(at path, rules *spec.ScalingRules) {
	if rules == nil {
		return
	}
	r.checkNumbers(diag.Autoscaling, at, bounds{"stabilizationWindowSeconds", rules.StabilizationWindowSeconds, 0, 3600})
	if rules.SelectPolicy == "Disabled" && len(rules.Policies) > 0 {
		r.report(diag.Autoscaling, at.at("policies"), "leave them out", "selectPolicy is Disabled, so that nothing changes")
	}
	for i, p := range rules.Policies {
		r.checkNumbers(diag.Autoscaling, at.at("policies").index(i), bounds{"value", &p.Value, 1, math.MaxInt32}, bounds{"periodSeconds", &p.PeriodSeconds, 1, 1800})
	}
}

// checkPodBudget checks that a budget lets anybody drain a node at all.
func (r *resolver) checkPodBudget(at path, p scaled) {
	b := *p.budget
	if !r.checkChoice(diag.PodBudget, at, "the budget", choice{"minAvailable", b.MinAvailable != ""}, choice{"maxUnavailable", b.MaxUnavailable != ""}) {
		return
	}
	if isNone(b.MaxUnavailable) {
		r.report(diag.PodBudget, at.at("maxUnavailable"), `raise it, to "1" at least`, "no pod may ever be away, so that no node can be drained")
	}
	least := p.replicas
	if p.autoscaling != nil {
		least = &p.autoscaling.MinReplicas
	}
	n, percent := number(b.MinAvailable)
	all := percent && n >= 100 || !percent && n > 0 && least != nil && *least > 0 && n >= *least
	if b.MinAvailable != "" && all {
		r.report(diag.PodBudget, at.at("minAvailable"), "lower it, or run more pods", "all pods have to stay, so that no node can be drained")
	}
}
