package lower

import (
	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

func storageClasses(declared map[string]spec.StorageClass) []ir.Object {
	var objects []ir.Object
	for _, class := range sorted(declared) {
		o := object(storageClass(class.name, class.value))
		o.File = class.name
		objects = append(objects, o)
	}
	return objects
}

func storageClass(name string, c spec.StorageClass) storagev1.StorageClass {
	reclaim, binding := corev1.PersistentVolumeReclaimPolicy(c.ReclaimPolicy), storagev1.VolumeBindingMode(c.VolumeBindingMode)
	k := storagev1.StorageClass{
		TypeMeta:             metav1.TypeMeta{APIVersion: "storage.k8s.io/v1", Kind: "StorageClass"},
		ObjectMeta:           metav1.ObjectMeta{Name: name},
		Provisioner:          c.Provisioner,
		Parameters:           c.Parameters,
		ReclaimPolicy:        &reclaim,
		VolumeBindingMode:    &binding,
		AllowVolumeExpansion: &c.AllowVolumeExpansion,
		MountOptions:         c.MountOptions,
	}
	if c.Default {
		k.Annotations = map[string]string{"storageclass.kubernetes.io/is-default-class": "true"}
	}
	return k
}

func persistentVolumeClaims(declared map[string]spec.PersistentVolumeClaim) []ir.Object {
	var objects []ir.Object
	for _, claim := range sorted(declared) {
		c := claim.value
		o := object(corev1.PersistentVolumeClaim{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"},
			ObjectMeta: metav1.ObjectMeta{Name: claim.name, Namespace: c.Namespace, Labels: c.Labels, Annotations: c.Annotations},
			Spec:       claimSpec(c.Claim),
		})
		o.File = claim.name
		objects = append(objects, o)
	}
	return objects
}

func claimSpec(c spec.Claim) corev1.PersistentVolumeClaimSpec {
	k := corev1.PersistentVolumeClaimSpec{AccessModes: []corev1.PersistentVolumeAccessMode{corev1.PersistentVolumeAccessMode(c.AccessMode)}}
	setQuantity(&k.Resources.Requests, corev1.ResourceStorage, c.Storage)
	if c.StorageClassName != "" {
		k.StorageClassName = &c.StorageClassName
	}
	return k
}
