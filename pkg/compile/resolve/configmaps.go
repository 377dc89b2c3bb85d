package resolve

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/diag"
)

// clusterConfigMap is in every namespace,
// https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/.
const clusterConfigMap = "kube-root-ca.crt"

// maxConfigMap is the most bytes that a ConfigMap holds,
// https://kubernetes.io/docs/concepts/configuration/configmap/.
const maxConfigMap = 1 << 20

func (r *resolver) checkConfigMaps() {
	for _, name := range sortedKeys(r.spec.Kubernetes.ConfigMaps) {
		m, at := r.spec.Kubernetes.ConfigMaps[name], path{"kubernetes", "configMaps", name}
		r.checkReferredName(at, "ConfigMap", name)
		r.checkMetadata(at, m.Namespace, m.Labels, m.Annotations)
		size := 0
		for _, key := range sortedKeys(m.Data) {
			r.checkDataKey(at.at("data", key), key)
			r.checkText(at.at("data", key), m.Data[key])
			size += len(key) + len(m.Data[key])
		}
		if size > maxConfigMap {
			r.report(diag.ConfigMapData, at.at("data"), "put it into a volume or an image", "%d bytes; a ConfigMap holds %d", size, maxConfigMap)
		}
	}
}

// checkMetadata checks what objects with a namespace have.
func (r *resolver) checkMetadata(at path, namespace string, labels, annotations map[string]string) {
	r.checkNamespace(at.at("namespace"), namespace)
	r.checkLabels(at.at("labels"), labels)
	for _, key := range sortedKeys(annotations) {
		r.checkAnnotationKey(at.at("annotations", key), key)
		r.checkText(at.at("annotations", key), annotations[key])
	}
}

// checkConfigMap checks that a ConfigMap is declared and has the keys, which
// are at keysAt.
func (r *resolver) checkConfigMap(at path, namespace, name string, keysAt path, keys ...string) {
	if !r.checkReferredName(at, "ConfigMap", name) || name == clusterConfigMap {
		return
	}
	declared := r.configMaps(namespace)
	data, ok := declared[name]
	if !ok {
		hint := catalog.DidYouMean(name, sortedKeys(declared))
		if hint == "" {
			hint = "declare it in kubernetes.configMaps"
		}
		r.report(diag.UnknownConfigMap, at, hint, "nothing in the spec makes the ConfigMap %q in the namespace %q", name, namespace)
		return
	}
	for _, key := range keys {
		if !slices.Contains(data, key) {
			r.report(diag.ConfigMapData, keysAt, catalog.DidYouMean(key, data), "the ConfigMap %q has no key %q", name, key)
		}
	}
}

// configMaps are the ConfigMaps in a namespace, each with its keys.
func (r *resolver) configMaps(namespace string) map[string][]string {
	declared := map[string][]string{}
	for name, m := range r.spec.Kubernetes.ConfigMaps {
		if m.Namespace == namespace {
			declared[name] = sortedKeys(m.Data)
		}
	}
	for _, m := range r.spec.Kubernetes.Manifests {
		if o := objectOf(m); o.kind == "ConfigMap" && o.group == "" && o.namespace == namespace {
			data, _ := m["data"].(map[string]any)
			binary, _ := m["binaryData"].(map[string]any)
			declared[o.name] = append(sortedKeys(data), sortedKeys(binary)...)
		}
	}
	return declared
}
