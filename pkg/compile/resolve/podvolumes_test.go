package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// volume gives the workload a volume that is mounted.
func volume(v spec.PodVolume) func(*spec.Spec) {
	return workload(func(w *spec.Workload) {
		w.Volumes = map[string]spec.PodVolume{"data": v}
		w.VolumeMounts = map[string]spec.VolumeMount{"/data": {Volume: "data"}}
	})
}

func TestPodVolumes(t *testing.T) {
	secret := func(items map[string]string) spec.PodVolume {
		return spec.PodVolume{Secret: &spec.ObjectVolume{Name: "certificates", Items: items}}
	}
	sources := func(all ...spec.ProjectedSource) spec.PodVolume {
		return spec.PodVolume{Projected: &spec.Projected{Sources: all}}
	}
	token := func(file string) spec.ProjectedSource {
		return spec.ProjectedSource{ServiceAccountToken: &spec.ServiceAccountToken{Path: file}}
	}
	empty := spec.PodVolume{EmptyDir: &spec.EmptyDir{}}
	mount := func(mounts map[string]spec.VolumeMount) func(*spec.Spec) {
		return func(s *spec.Spec) {
			volume(empty)(s)
			workload(func(w *spec.Workload) { w.VolumeMounts = mounts })(s)
		}
	}
	const at = podAt + "volumes data "
	runRules(t, newVPC, []ruleTest{
		{"empty", volume(empty), nil},
		{"nothing", volume(spec.PodVolume{}), []want{{diag.VolumeSource, podAt + "volumes data", "exactly one of emptyDir, hostPath"}}},
		{"two things", volume(spec.PodVolume{EmptyDir: &spec.EmptyDir{}, CSI: &spec.CSIVolume{Driver: "x"}}), []want{{diag.VolumeSource, podAt + "volumes data", "both emptyDir and csi"}}},
		{"size", volume(spec.PodVolume{EmptyDir: &spec.EmptyDir{SizeLimit: "1GB"}}), []want{{diag.InvalidQuantity, at + "emptyDir sizeLimit", "1GB"}}},
		{"not mounted", func(s *spec.Spec) { mount(nil)(s) }, []want{{diag.VolumeUse, podAt + "volumes data", "no container mounts"}}},
		{"mounted by a sidecar", func(s *spec.Spec) {
			mount(nil)(s)
			workload(func(w *spec.Workload) {
				w.Sidecars = map[string]spec.Container{"a": {Program: spec.Program{Image: "a:1", VolumeMounts: map[string]spec.VolumeMount{"/a": {Volume: "data"}}}}}
			})(s)
		}, nil},
		{"mount of nothing", mount(map[string]spec.VolumeMount{"/a": {Volume: "data"}, "/b": {Volume: "dta"}}), []want{{diag.VolumeUse, podAt + "volumeMounts /b volume", `did you mean "data"?`}}},
		{"mount at a relative path", mount(map[string]spec.VolumeMount{"a": {Volume: "data"}}), []want{{diag.MountPath, podAt + "volumeMounts a", "absolute"}}},
		{"mounts at one path", mount(map[string]spec.VolumeMount{"/a": {Volume: "data"}, "/a/": {Volume: "data"}}), []want{{diag.MountPath, podAt + "volumeMounts /a/", "already"}}},
		{"a part outside", mount(map[string]spec.VolumeMount{"/a": {Volume: "data", SubPath: "../b"}}), []want{{diag.MountPath, podAt + "volumeMounts /a subPath", "../b"}}},
		{"name", func(s *spec.Spec) {
			workload(func(w *spec.Workload) {
				w.Volumes, w.VolumeMounts = map[string]spec.PodVolume{"Data": empty}, map[string]spec.VolumeMount{"/a": {Volume: "Data"}}
			})(s)
		}, []want{{diag.KubernetesName, podAt + "volumes Data", "volume name"}}},
		{"Secret", volume(secret(map[string]string{"tls.crt": "crt", "tls.key": "key"})), nil},
		{"one file of two keys", volume(secret(map[string]string{"a": "x", "b": "./x"})), []want{{diag.MountPath, at + "secret items b", `"a" already`}}},
		{"a file outside", volume(secret(map[string]string{"a": "/etc/passwd"})), []want{{diag.MountPath, at + "secret items a", "relative"}}},
		{"no ConfigMap", volume(spec.PodVolume{ConfigMap: &spec.ObjectVolume{Name: "settings"}}), []want{{diag.UnknownConfigMap, at + "configMap name", `"settings"`}}},
		{"a key that the ConfigMap lacks", func(s *spec.Spec) {
			s.Kubernetes.ConfigMaps = map[string]spec.ConfigMap{"settings": {Namespace: "default", Data: map[string]string{"a": ""}}}
			volume(spec.PodVolume{ConfigMap: &spec.ObjectVolume{Name: "settings", Items: map[string]string{"b": "b"}}})(s)
		}, []want{{diag.ConfigMapData, at + "configMap items", `"b"`}}},
		{"fields", volume(spec.PodVolume{DownwardAPI: &spec.DownwardAPI{FieldRef: map[string]string{"labels": "metadata.labels"}}}), nil},
		{"no fields", volume(spec.PodVolume{DownwardAPI: &spec.DownwardAPI{}}), []want{{diag.VolumeSource, at + "downwardAPI", "no files"}}},
		{"a field that is no file", volume(spec.PodVolume{DownwardAPI: &spec.DownwardAPI{FieldRef: map[string]string{"ip": "status.podIP"}}}), []want{
			{diag.Variable, at + "downwardAPI fieldRef ip", "status.podIP"}}},
		{"projected", volume(sources(token("token"), spec.ProjectedSource{Secret: &spec.ProjectedObject{Name: "x"}})), nil},
		{"projected of nothing", volume(sources()), []want{{diag.VolumeSource, at + "projected sources", "no sources"}}},
		{"a source of nothing", volume(sources(spec.ProjectedSource{})), []want{{diag.VolumeSource, at + "projected sources 0", "exactly one"}}},
		{"two sources of one file", volume(sources(token("a"), token("a"))), []want{{diag.MountPath, at + "projected sources 1 serviceAccountToken path", `"sources.0" already`}}},
		{"a short token", volume(sources(spec.ProjectedSource{ServiceAccountToken: &spec.ServiceAccountToken{Path: "a", ExpirationSeconds: ptr(60)}})), []want{
			{diag.PodSetting, at + "projected sources 0 serviceAccountToken expirationSeconds", "600"}}},
		{"driver", volume(spec.PodVolume{CSI: &spec.CSIVolume{Driver: "a b"}}), []want{{diag.KubernetesName, at + "csi driver", "a b"}}},
		{"no claim", volume(spec.PodVolume{PersistentVolumeClaim: &spec.ClaimVolume{ClaimName: "data"}}), []want{
			{diag.UnknownClaim, at + "persistentVolumeClaim claimName", "declare it"}}},
	})
}

func TestStorage(t *testing.T) {
	classes := func(all map[string]spec.StorageClass) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.Addons["aws-ebs-csi-driver"] = spec.Addon{AddonBase: spec.AddonBase{Role: spec.AddonRole{ARN: "arn:aws:iam::111122223333:role/ebs"}}}
			s.Cluster.Addons["eks-pod-identity-agent"] = spec.Addon{}
			s.Kubernetes.StorageClasses = all
		}
	}
	ebs := spec.StorageClass{Provisioner: "ebs.csi.aws.com", Default: true}
	gp3 := classes(map[string]spec.StorageClass{"gp3": ebs})
	claim := func(edit func(*spec.Spec), c spec.Claim) func(*spec.Spec) {
		return func(s *spec.Spec) {
			edit(s)
			s.Kubernetes.PersistentVolumeClaims = map[string]spec.PersistentVolumeClaim{"data": {Claim: c, Namespace: "default"}}
		}
	}
	none := func(*spec.Spec) {}
	const class, at = "kubernetes storageClasses ", "kubernetes persistentVolumeClaims data"
	runRules(t, newVPC, []ruleTest{
		{"EBS", gp3, nil},
		{"EBS without its driver", func(s *spec.Spec) { s.Kubernetes.StorageClasses = map[string]spec.StorageClass{"gp3": ebs} }, []want{
			{diag.StorageDriver, class + "gp3 provisioner", "aws-ebs-csi-driver"}}},
		{"a driver by manifest", func(s *spec.Spec) {
			s.Kubernetes.StorageClasses = map[string]spec.StorageClass{"gp3": ebs}
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("storage.k8s.io/v1", "CSIDriver", "", "ebs.csi.aws.com")}
		}, nil},
		{"Auto Mode's driver", classes(map[string]spec.StorageClass{"a": {Provisioner: "ebs.csi.eks.amazonaws.com"}}), []want{{diag.StorageDriver, class + "a provisioner", "only Auto Mode"}}},
		{"somebody's driver", classes(map[string]spec.StorageClass{"a": {Provisioner: "csi.example.com"}}), nil},
		{"no driver", classes(map[string]spec.StorageClass{"a": {}}), []want{{diag.StorageDriver, class + "a provisioner", `""`}}},
		{"two defaults", classes(map[string]spec.StorageClass{"a": ebs, "b": ebs}), []want{{diag.StorageClass, class + "b default", `"a" is the default`}}},
		{"claim of the default", claim(gp3, spec.Claim{Storage: "1Gi"}), nil},
		{"claim of a class", claim(none, spec.Claim{Storage: "1Gi", StorageClassName: "gp2"}), nil},
		{"claim without a default", claim(none, spec.Claim{Storage: "1Gi"}), []want{{diag.StorageClass, at, "none is the default"}}},
		{"claim of no class", claim(gp3, spec.Claim{Storage: "1Gi", StorageClassName: "gp33"}), []want{{diag.StorageClass, at + " storageClassName", `did you mean "gp3"?`}}},
		{"claim of nothing", claim(gp3, spec.Claim{Storage: "0"}), []want{{diag.InvalidQuantity, at + " storage", "empty"}}},
		{"claim by manifest", func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{"x": manifest("v1", "PersistentVolumeClaim", "", "data")}
			volume(spec.PodVolume{PersistentVolumeClaim: &spec.ClaimVolume{ClaimName: "data"}})(s)
		}, nil},
		{"claim in another namespace", func(s *spec.Spec) {
			claim(gp3, spec.Claim{Storage: "1Gi"})(s)
			c := s.Kubernetes.PersistentVolumeClaims["data"]
			c.Namespace = "kube-system"
			s.Kubernetes.PersistentVolumeClaims["data"] = c
			volume(spec.PodVolume{PersistentVolumeClaim: &spec.ClaimVolume{ClaimName: "data"}})(s)
		}, []want{{diag.UnknownClaim, podAt + "volumes data persistentVolumeClaim claimName", `namespace "default"`}}},
	})
}
