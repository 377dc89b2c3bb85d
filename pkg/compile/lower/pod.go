package lower

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// nameLabel is the label by which a workload's objects find its pods. It never
// changes, because a Deployment's selector cannot.
const nameLabel = "app.kubernetes.io/name"

// labels are those of a workload's objects and pods.
func labels(name string, p spec.Pod) map[string]string {
	return merged(p.Labels, map[string]string{nameLabel: name})
}

// selector finds the pods of a workload.
func selector(name string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{nameLabel: name}}
}

func objectMeta(name string, p spec.Pod) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: name, Namespace: p.Namespace, Labels: labels(name, p)}
}

// podTemplate is the pods of the workload of that name.
func podTemplate(name string, p spec.Pod) corev1.PodTemplateSpec {
	t := corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{Labels: labels(name, p), Annotations: p.Annotations},
		Spec: corev1.PodSpec{
			ServiceAccountName:            p.ServiceAccount,
			AutomountServiceAccountToken:  p.AutomountServiceAccountToken,
			ImagePullSecrets:              pullSecrets(p.ImagePullSecrets),
			InitContainers:                initContainers(p),
			Containers:                    []corev1.Container{container(name, p.Container, p.PodSecurity)},
			Volumes:                       volumes(name, p.Volumes),
			SecurityContext:               podSecurityContext(p),
			TerminationGracePeriodSeconds: int64s(p.TerminationGracePeriodSeconds),
		},
	}
	place(&t.Spec, name, p.PodPlacement)
	connect(&t.Spec, p.PodNetwork)
	return t
}

// initContainers are those that run beside the main container, which start
// first, and those that run to their end.
func initContainers(p spec.Pod) []corev1.Container {
	var all []corev1.Container
	always := corev1.ContainerRestartPolicyAlways
	for _, sidecar := range sorted(p.Sidecars) {
		c := container(sidecar.name, sidecar.value, p.PodSecurity)
		c.RestartPolicy = &always
		all = append(all, c)
	}
	for _, c := range p.InitContainers {
		all = append(all, program(c.Name, c.Program, p.PodSecurity))
	}
	return all
}

func pullSecrets(names []string) []corev1.LocalObjectReference {
	var all []corev1.LocalObjectReference
	for _, name := range slices.Sorted(slices.Values(names)) {
		all = append(all, corev1.LocalObjectReference{Name: name})
	}
	return all
}

// int64s and int32s widen a number that may be absent.
func int64s(n *int) *int64 {
	if n == nil {
		return nil
	}
	wide := int64(*n)
	return &wide
}

func int32s(n *int) *int32 {
	if n == nil {
		return nil
	}
	narrow := int32(*n)
	return &narrow
}

// int32Of is n, or zero, which Kubernetes' types leave out.
func int32Of(n *int) int32 {
	if n == nil {
		return 0
	}
	return int32(*n)
}
