package resolve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// eksClass is the storage class that EKS makes in every cluster. It is the
// default one only where the cluster began below 1.30,
// https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-extended.html.
const eksClass = "gp2"

// autoModeDriver is the driver that Auto Mode brings,
// https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html.
const autoModeDriver = "ebs.csi.eks.amazonaws.com"

// driverAddons are the add-ons that install drivers.
var driverAddons = map[string]string{
	"ebs.csi.aws.com": "aws-ebs-csi-driver",
	"efs.csi.aws.com": "aws-efs-csi-driver",
	"fsx.csi.aws.com": "aws-fsx-csi-driver",
}

const defaultClassAnnotation = "storageclass.kubernetes.io/is-default-class"

func (r *resolver) checkStorage() {
	k := r.spec.Kubernetes
	var defaults []string
	for _, name := range sortedKeys(k.StorageClasses) {
		class, at := k.StorageClasses[name], path{"kubernetes", "storageClasses", name}
		r.checkReferredName(at, "StorageClass", name)
		r.checkDriver(at.at("provisioner"), class.Provisioner)
		r.checkWritten(at, class)
		if class.Default {
			defaults = append(defaults, name)
		}
		if len(defaults) > 1 && class.Default {
			r.report(diag.StorageClass, at.at("default"), "leave it to one class", "the class %q is the default already", defaults[0])
		}
	}
	for _, name := range sortedKeys(k.PersistentVolumeClaims) {
		claim, at := k.PersistentVolumeClaims[name], path{"kubernetes", "persistentVolumeClaims", name}
		r.checkReferredName(at, "PersistentVolumeClaim", name)
		r.checkMetadata(at, claim.Namespace, claim.Labels, claim.Annotations)
		r.checkClaim(at, claim.Claim)
	}
}

// checkDriver checks that something installs the driver. Drivers that AWS does
// not have are installed somewhere else.
func (r *resolver) checkDriver(at path, driver string) {
	addon := driverAddons[driver]
	_, on := r.cluster.Addons[addon]
	switch {
	case driver == autoModeDriver && r.cluster.AutoMode == nil:
		r.report(diag.StorageDriver, at, `take "ebs.csi.aws.com" and the add-on aws-ebs-csi-driver, or turn autoMode on`, "only Auto Mode brings the driver %s", driver)
	case addon != "" && !on && !r.hasDriver(driver):
		r.report(diag.StorageDriver, at, "add cluster.addons: "+`"`+addon+`": {}`, "nothing installs the driver %s", driver)
	case driver == "" || strings.ContainsAny(driver, " \t"):
		r.report(diag.StorageDriver, at, `such as "ebs.csi.aws.com"`, "%q is not the name of a driver", driver)
	}
}

// hasDriver reports whether a manifest brings the driver.
func (r *resolver) hasDriver(driver string) bool {
	for _, m := range r.spec.Kubernetes.Manifests {
		if o := objectOf(m); o.kind == "CSIDriver" && o.name == driver {
			return true
		}
	}
	return false
}

func (r *resolver) checkClaim(at path, c spec.Claim) {
	if size, ok := r.checkQuantity(at.at("storage"), "memory", cmp.Or(c.Storage, "0")); ok && size.IsZero() {
		r.report(diag.InvalidQuantity, at.at("storage"), `such as "10Gi"`, "a volume cannot be empty")
	}
	classes, hasDefault := r.storageClasses()
	switch {
	case c.StorageClassName == "" && !hasDefault:
		r.report(diag.StorageClass, at, "set storageClassName, or default: true in a class of kubernetes.storageClasses",
			"the claim names no storage class, and none is the default")
	case c.StorageClassName != "" && !slices.Contains(classes, c.StorageClassName):
		hint := cmp.Or(catalog.DidYouMean(c.StorageClassName, classes), "declare it in kubernetes.storageClasses")
		r.report(diag.StorageClass, at.at("storageClassName"), hint, "nothing declares the storage class %q", c.StorageClassName)
	}
}

// storageClasses are the names of the classes that there will be, and whether
// one is the default.
func (r *resolver) storageClasses() (names []string, hasDefault bool) {
	names = append(names, eksClass)
	for _, name := range sortedKeys(r.spec.Kubernetes.StorageClasses) {
		names = append(names, name)
		hasDefault = hasDefault || r.spec.Kubernetes.StorageClasses[name].Default
	}
	for _, key := range sortedKeys(r.spec.Kubernetes.Manifests) {
		m := r.spec.Kubernetes.Manifests[key]
		if o := objectOf(m); o.kind == "StorageClass" {
			metadata, _ := m["metadata"].(map[string]any)
			annotations, _ := metadata["annotations"].(map[string]any)
			names = append(names, o.name)
			hasDefault = hasDefault || text(annotations[defaultClassAnnotation]) == "true"
		}
	}
	return names, hasDefault
}

// checkClaimName checks that a claim that pods mount is declared.
func (r *resolver) checkClaimName(at path, namespace, name string) {
	var known []string
	for _, key := range sortedKeys(r.spec.Kubernetes.PersistentVolumeClaims) {
		if r.spec.Kubernetes.PersistentVolumeClaims[key].Namespace == namespace {
			known = append(known, key)
		}
	}
	for _, key := range sortedKeys(r.spec.Kubernetes.Manifests) {
		if o := objectOf(r.spec.Kubernetes.Manifests[key]); o.kind == "PersistentVolumeClaim" && o.namespace == namespace {
			known = append(known, o.name)
		}
	}
	if !slices.Contains(known, name) {
		hint := cmp.Or(catalog.DidYouMean(name, known), "declare it in kubernetes.persistentVolumeClaims")
		r.report(diag.UnknownClaim, at, hint, "nothing declares the claim %q in the namespace %q", name, namespace)
	}
}

// addStorageObjects adds the objects of kubernetes.storageClasses and
// persistentVolumeClaims.
func (r *resolver) addStorageObjects(own map[object]path) {
	for _, name := range sortedKeys(r.spec.Kubernetes.StorageClasses) {
		own[object{"storage.k8s.io", "StorageClass", "default", name}] = path{"kubernetes", "storageClasses", name}
	}
	for _, name := range sortedKeys(r.spec.Kubernetes.PersistentVolumeClaims) {
		own[object{"", "PersistentVolumeClaim", r.spec.Kubernetes.PersistentVolumeClaims[name].Namespace, name}] = path{"kubernetes", "persistentVolumeClaims", name}
	}
}
