package lower

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

func statefulSetObjects(name string, w spec.StatefulSet) []ir.Object {
	headless := object(headlessService(name, w.Pod))
	headless.File = "headless-service"
	objects := []ir.Object{headless, podObject("statefulset", statefulSet(name, w), w.Patch)}
	objects = append(objects, serviceObjects(name, w.Pod, w.Service)...)
	return append(objects, scalingObjects(name, "StatefulSet", w.Pod, w.Autoscaling, w.PodDisruptionBudget)...)
}

func statefulSet(name string, w spec.StatefulSet) appsv1.StatefulSet {
	return appsv1.StatefulSet{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "StatefulSet"},
		ObjectMeta: objectMeta(name, w.Pod),
		Spec: appsv1.StatefulSetSpec{
			Replicas:             int32s(w.Replicas),
			Selector:             selector(name),
			ServiceName:          spec.HeadlessName(name),
			Template:             podTemplate(name, w.Pod),
			PodManagementPolicy:  appsv1.PodManagementPolicyType(w.PodManagementPolicy),
			UpdateStrategy:       statefulSetUpdate(w.UpdateStrategy),
			VolumeClaimTemplates: claimTemplates(w.VolumeClaimTemplates),
			MinReadySeconds:      int32Of(w.MinReadySeconds),
			RevisionHistoryLimit: int32s(w.RevisionHistoryLimit),

			PersistentVolumeClaimRetentionPolicy: claimRetention(w.ClaimRetention),
		},
	}
}

// headlessService gives each pod a name of its own. Members of a cluster have
// to find one another before any is ready.
func headlessService(name string, p spec.Pod) corev1.Service {
	s := service(spec.HeadlessName(name), p, spec.Service{Type: string(corev1.ServiceTypeClusterIP)})
	s.Labels = labels(name, p)
	s.Spec.Selector = selector(name).MatchLabels
	s.Spec.ClusterIP = corev1.ClusterIPNone
	s.Spec.PublishNotReadyAddresses = true
	return s
}

func statefulSetUpdate(u spec.StatefulSetUpdate) appsv1.StatefulSetUpdateStrategy {
	switch {
	case u.Type == spec.ReplaceOnDeletion:
		return appsv1.StatefulSetUpdateStrategy{Type: appsv1.OnDeleteStatefulSetStrategyType}
	case u.Partition == nil:
		return appsv1.StatefulSetUpdateStrategy{}
	}
	return appsv1.StatefulSetUpdateStrategy{
		Type:          appsv1.RollingUpdateStatefulSetStrategyType,
		RollingUpdate: &appsv1.RollingUpdateStatefulSetStrategy{Partition: int32s(u.Partition)},
	}
}

func claimRetention(c *spec.ClaimRetention) *appsv1.StatefulSetPersistentVolumeClaimRetentionPolicy {
	if c == nil {
		return nil
	}
	return &appsv1.StatefulSetPersistentVolumeClaimRetentionPolicy{
		WhenDeleted: appsv1.PersistentVolumeClaimRetentionPolicyType(c.WhenDeleted),
		WhenScaled:  appsv1.PersistentVolumeClaimRetentionPolicyType(c.WhenScaled),
	}
}

// claimTemplates say their kind, which the API server would add.
func claimTemplates(declared map[string]spec.Claim) []corev1.PersistentVolumeClaim {
	var all []corev1.PersistentVolumeClaim
	for _, claim := range sorted(declared) {
		all = append(all, corev1.PersistentVolumeClaim{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"},
			ObjectMeta: metav1.ObjectMeta{Name: claim.name},
			Spec:       claimSpec(claim.value),
		})
	}
	return all
}
