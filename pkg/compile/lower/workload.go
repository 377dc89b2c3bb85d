package lower

import (
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/kinds"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addWorkloads adds the workloads of all kinds, each as a part of its own.
func addWorkloads(s *spec.Spec, add func(part string, objects ...ir.Object)) {
	for _, w := range sorted(s.Workloads) {
		add("workloads/"+w.name, deploymentObjects(w.name, w.value)...)
	}
	for _, w := range sorted(s.StatefulSets) {
		add("stateful-sets/"+w.name, statefulSetObjects(w.name, w.value)...)
	}
	for _, w := range sorted(s.DaemonSets) {
		add("daemon-sets/"+w.name, daemonSetObjects(w.name, w.value)...)
	}
	for _, w := range sorted(s.Jobs) {
		add("jobs/"+w.name, jobObjects(w.name, w.value)...)
	}
	for _, w := range sorted(s.CronJobs) {
		add("cron-jobs/"+w.name, cronJobObjects(w.name, w.value)...)
	}
}

func deploymentObjects(name string, w spec.Workload) []ir.Object {
	objects := append([]ir.Object{podObject("deployment", deployment(name, w), w.Patch)}, serviceObjects(name, w.Pod, w.Service)...)
	return append(objects, scalingObjects(name, "Deployment", w.Pod, w.Autoscaling, w.PodDisruptionBudget)...)
}

func deployment(name string, w spec.Workload) appsv1.Deployment {
	return appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: objectMeta(name, w.Pod),
		Spec: appsv1.DeploymentSpec{
			Replicas:                int32s(w.Replicas),
			Selector:                selector(name),
			Template:                podTemplate(name, w.Pod),
			Strategy:                deploymentStrategy(w.Strategy),
			MinReadySeconds:         int32Of(w.MinReadySeconds),
			RevisionHistoryLimit:    int32s(w.RevisionHistoryLimit),
			ProgressDeadlineSeconds: int32s(w.ProgressDeadlineSeconds),
		},
	}
}

// deploymentStrategy says nothing where Kubernetes does the same by itself.
func deploymentStrategy(s spec.DeploymentStrategy) appsv1.DeploymentStrategy {
	switch {
	case s.Type == spec.ReplaceAllAtOnce:
		return appsv1.DeploymentStrategy{Type: appsv1.RecreateDeploymentStrategyType}
	case s.MaxSurge == "" && s.MaxUnavailable == "":
		return appsv1.DeploymentStrategy{}
	}
	return appsv1.DeploymentStrategy{
		Type:          appsv1.RollingUpdateDeploymentStrategyType,
		RollingUpdate: &appsv1.RollingUpdateDeployment{MaxSurge: share(s.MaxSurge), MaxUnavailable: share(s.MaxUnavailable)},
	}
}

// share is a number such as "1" or a share such as "25%", or nil.
func share(text string) *intstr.IntOrString {
	if text == "" {
		return nil
	}
	parsed := intstr.Parse(text)
	return &parsed
}

// podObject is an object that holds a pod template, in a file of that name, with
// the patch that the spec has for it.
func podObject(file string, typed any, patch map[string]any) ir.Object {
	o := object(typed)
	o.File = file
	dropEmpty(o.Body, "metadata", "resources", "securityContext", "spec", "status", "strategy", "updateStrategy")
	if len(patch) == 0 {
		return o
	}
	// Resolve has merged the patch already, but for that of a base, of which
	// only a part may be known.
	if body, err := kinds.Patch(o.APIVersion, o.Kind, o.Body, object(patch).Body); err == nil {
		o.Body = body
	}
	return o
}
