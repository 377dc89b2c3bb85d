package lower

import (
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

func daemonSetObjects(name string, w spec.DaemonSet) []ir.Object {
	return append([]ir.Object{podObject("daemonset", daemonSet(name, w), w.Patch)}, serviceObjects(name, w.Pod, w.Service)...)
}

func daemonSet(name string, w spec.DaemonSet) appsv1.DaemonSet {
	return appsv1.DaemonSet{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "DaemonSet"},
		ObjectMeta: objectMeta(name, w.Pod),
		Spec: appsv1.DaemonSetSpec{
			Selector:             selector(name),
			Template:             podTemplate(name, w.Pod),
			UpdateStrategy:       daemonSetUpdate(w.UpdateStrategy),
			MinReadySeconds:      int32Of(w.MinReadySeconds),
			RevisionHistoryLimit: int32s(w.RevisionHistoryLimit),
		},
	}
}

func daemonSetUpdate(u spec.DaemonSetUpdate) appsv1.DaemonSetUpdateStrategy {
	switch {
	case u.Type == spec.ReplaceOnDeletion:
		return appsv1.DaemonSetUpdateStrategy{Type: appsv1.OnDeleteDaemonSetStrategyType}
	case u.MaxSurge == "" && u.MaxUnavailable == "":
		return appsv1.DaemonSetUpdateStrategy{}
	}
	return appsv1.DaemonSetUpdateStrategy{
		Type:          appsv1.RollingUpdateDaemonSetStrategyType,
		RollingUpdate: &appsv1.RollingUpdateDaemonSet{MaxSurge: share(u.MaxSurge), MaxUnavailable: share(u.MaxUnavailable)},
	}
}
