package lower

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

func volumeMounts(mounts map[string]spec.VolumeMount) []corev1.VolumeMount {
	var all []corev1.VolumeMount
	for _, mount := range sorted(mounts) {
		m := mount.value
		all = append(all, corev1.VolumeMount{Name: m.Volume, MountPath: mount.name, SubPath: m.SubPath, ReadOnly: isTrue(m.ReadOnly)})
	}
	return all
}

func isTrue(b *bool) bool { return b != nil && *b }

func volumes(container string, declared map[string]spec.PodVolume) []corev1.Volume {
	var all []corev1.Volume
	for _, volume := range sorted(declared) {
		all = append(all, corev1.Volume{Name: volume.name, VolumeSource: volumeSource(container, volume.value)})
	}
	return all
}

func volumeSource(container string, v spec.PodVolume) corev1.VolumeSource {
	switch {
	case v.HostPath != nil:
		return corev1.VolumeSource{HostPath: hostPath(*v.HostPath)}
	case v.ConfigMap != nil:
		return corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
			LocalObjectReference: named(v.ConfigMap.Name), Items: keyFiles(v.ConfigMap.Items), DefaultMode: mode(v.ConfigMap.DefaultMode), Optional: v.ConfigMap.Optional}}
	case v.Secret != nil:
		return corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{
			SecretName: v.Secret.Name, Items: keyFiles(v.Secret.Items), DefaultMode: mode(v.Secret.DefaultMode), Optional: v.Secret.Optional}}
	case v.Projected != nil:
		return corev1.VolumeSource{Projected: projected(*v.Projected)}
	case v.DownwardAPI != nil:
		return corev1.VolumeSource{DownwardAPI: &corev1.DownwardAPIVolumeSource{
			Items: append(fieldFiles(v.DownwardAPI.FieldRef), resourceFiles(container, v.DownwardAPI.ResourceFieldRef)...), DefaultMode: mode(v.DownwardAPI.DefaultMode)}}
	case v.PersistentVolumeClaim != nil:
		return corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{
			ClaimName: v.PersistentVolumeClaim.ClaimName, ReadOnly: isTrue(v.PersistentVolumeClaim.ReadOnly)}}
	case v.Ephemeral != nil:
		return corev1.VolumeSource{Ephemeral: &corev1.EphemeralVolumeSource{
			VolumeClaimTemplate: &corev1.PersistentVolumeClaimTemplate{Spec: claimSpec(*v.Ephemeral)}}}
	case v.CSI != nil:
		return corev1.VolumeSource{CSI: &corev1.CSIVolumeSource{Driver: v.CSI.Driver, ReadOnly: v.CSI.ReadOnly, VolumeAttributes: v.CSI.VolumeAttributes}}
	}
	return corev1.VolumeSource{EmptyDir: emptyDir(v.EmptyDir)}
}

func emptyDir(e *spec.EmptyDir) *corev1.EmptyDirVolumeSource {
	if e == nil {
		return &corev1.EmptyDirVolumeSource{}
	}
	k := &corev1.EmptyDirVolumeSource{Medium: corev1.StorageMedium(e.Medium)}
	if limit, err := resource.ParseQuantity(e.SizeLimit); err == nil {
		k.SizeLimit = &limit
	}
	return k
}

func hostPath(h spec.HostPath) *corev1.HostPathVolumeSource {
	k := &corev1.HostPathVolumeSource{Path: h.Path}
	if h.Type != "" {
		kind := corev1.HostPathType(h.Type)
		k.Type = &kind
	}
	return k
}

func projected(p spec.Projected) *corev1.ProjectedVolumeSource {
	k := &corev1.ProjectedVolumeSource{DefaultMode: mode(p.DefaultMode)}
	for _, s := range p.Sources {
		k.Sources = append(k.Sources, volumeProjection(s))
	}
	return k
}

func volumeProjection(s spec.ProjectedSource) corev1.VolumeProjection {
	switch {
	case s.ConfigMap != nil:
		return corev1.VolumeProjection{ConfigMap: &corev1.ConfigMapProjection{
			LocalObjectReference: named(s.ConfigMap.Name), Items: keyFiles(s.ConfigMap.Items), Optional: s.ConfigMap.Optional}}
	case s.Secret != nil:
		return corev1.VolumeProjection{Secret: &corev1.SecretProjection{
			LocalObjectReference: named(s.Secret.Name), Items: keyFiles(s.Secret.Items), Optional: s.Secret.Optional}}
	case s.DownwardAPI != nil:
		return corev1.VolumeProjection{DownwardAPI: &corev1.DownwardAPIProjection{Items: fieldFiles(s.DownwardAPI.FieldRef)}}
	}
	t := s.ServiceAccountToken
	return corev1.VolumeProjection{ServiceAccountToken: &corev1.ServiceAccountTokenProjection{Path: t.Path, Audience: t.Audience, ExpirationSeconds: int64s(t.ExpirationSeconds)}}
}

// keyFiles are the file of each key.
func keyFiles(items map[string]string) []corev1.KeyToPath {
	var all []corev1.KeyToPath
	for _, item := range sorted(items) {
		all = append(all, corev1.KeyToPath{Key: item.name, Path: item.value})
	}
	return all
}

func fieldFiles(fields map[string]string) []corev1.DownwardAPIVolumeFile {
	var all []corev1.DownwardAPIVolumeFile
	for _, file := range sorted(fields) {
		all = append(all, corev1.DownwardAPIVolumeFile{Path: file.name, FieldRef: &corev1.ObjectFieldSelector{FieldPath: file.value}})
	}
	return all
}

// resourceFiles hold requests and limits of a container.
func resourceFiles(container string, fields map[string]string) []corev1.DownwardAPIVolumeFile {
	var all []corev1.DownwardAPIVolumeFile
	for _, file := range sorted(fields) {
		all = append(all, corev1.DownwardAPIVolumeFile{Path: file.name, ResourceFieldRef: resourceField(container, file.value)})
	}
	return all
}

// mode reads permissions, which Kubernetes' types have as a number.
func mode(octal string) *int32 {
	n, err := strconv.ParseInt(octal, 8, 32)
	if err != nil {
		return nil // it is empty: the schema has a pattern for others
	}
	bits := int32(n)
	return &bits
}
