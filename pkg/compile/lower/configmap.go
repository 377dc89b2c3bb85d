package lower

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

func configMaps(declared map[string]spec.ConfigMap) []ir.Object {
	var objects []ir.Object
	for _, m := range sorted(declared) {
		k := corev1.ConfigMap{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
			ObjectMeta: metav1.ObjectMeta{Name: m.name, Namespace: m.value.Namespace, Labels: m.value.Labels, Annotations: m.value.Annotations},
			Data:       m.value.Data,
		}
		if m.value.Immutable {
			k.Immutable = &m.value.Immutable
		}
		o := object(k)
		o.File = m.name
		objects = append(objects, o)
	}
	return objects
}
