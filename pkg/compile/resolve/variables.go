package resolve

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Fields of a pod and of a container that the downward API knows,
// https://kubernetes.io/docs/concepts/workloads/pods/downward-api/.
var (
	variableFields = []string{
		"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
		"status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
	}
	fileFields     = []string{"metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"}
	resourceFields = []string{
		"limits.cpu", "limits.ephemeral-storage", "limits.memory",
		"requests.cpu", "requests.ephemeral-storage", "requests.memory",
	}
)

// checkVariables checks the environment variables of a container.
func (r *resolver) checkVariables(p program, c container) {
	from, at := c.ValueFrom, c.at.at("valueFrom")
	taken := map[string]string{}
	checkNames(r, c.at, "env", c.Env, taken)
	checkNames(r, c.at, "valueFrom.secretKeyRef", from.SecretKeyRef, taken)
	checkNames(r, c.at, "valueFrom.configMapKeyRef", from.ConfigMapKeyRef, taken)
	checkNames(r, c.at, "valueFrom.fieldRef", from.FieldRef, taken)
	checkNames(r, c.at, "valueFrom.resourceFieldRef", from.ResourceFieldRef, taken)
	for _, name := range sortedKeys(from.SecretKeyRef) {
		at, ref := at.at("secretKeyRef", name), from.SecretKeyRef[name]
		r.checkReferredName(at.at("name"), "Secret", ref.Name)
		r.checkDataKey(at.at("key"), ref.Key)
	}
	for _, name := range sortedKeys(from.ConfigMapKeyRef) {
		at, ref := at.at("configMapKeyRef", name), from.ConfigMapKeyRef[name]
		if r.checkDataKey(at.at("key"), ref.Key) && !isTrue(ref.Optional) {
			r.checkConfigMap(at, p.pod.Namespace, ref.Name, at.at("key"), ref.Key)
		}
	}
	for _, name := range sortedKeys(from.FieldRef) {
		r.checkField(at.at("fieldRef", name), from.FieldRef[name], variableFields)
	}
	for _, name := range sortedKeys(from.ResourceFieldRef) {
		r.checkField(at.at("resourceFieldRef", name), from.ResourceFieldRef[name], resourceFields)
	}
	for i, source := range c.EnvFrom {
		r.checkEnvFrom(c.at.at("envFrom").index(i), p.pod.Namespace, source)
	}
}

// checkNames checks the names of variables. A variable has one value.
func checkNames[V any](r *resolver, at path, field string, variables map[string]V, taken map[string]string) {
	at = at.at(strings.Split(field, ".")...)
	for _, name := range sortedKeys(variables) {
		r.checkEnvName(at.at(name), name)
		if other, ok := taken[name]; ok {
			r.report(diag.Variable, at.at(name), "remove one of them", "the variable %q is in %s already", name, other)
		}
		taken[name] = field
	}
}

func (r *resolver) checkEnvFrom(at path, namespace string, source spec.EnvFrom) {
	if !r.checkChoice(diag.Variable, at, "the source", choice{"configMap", source.ConfigMap != ""}, choice{"secret", source.Secret != ""}) {
		return
	}
	if source.Prefix != "" {
		r.checkEnvName(at.at("prefix"), source.Prefix)
	}
	if source.Secret != "" {
		r.checkReferredName(at.at("secret"), "Secret", source.Secret)
	} else if !isTrue(source.Optional) {
		r.checkConfigMap(at, namespace, source.ConfigMap, nil)
	}
}

// checkField checks a field that the downward API has to know. Single labels
// and annotations are in brackets.
func (r *resolver) checkField(at path, field string, known []string) {
	if slices.Contains(known, field) {
		return
	}
	for _, of := range []string{"metadata.labels", "metadata.annotations"} {
		key, ok := strings.CutPrefix(field, of+"['")
		if key, closed := strings.CutSuffix(key, "']"); ok && closed && known[0] != resourceFields[0] && len(validation.IsQualifiedName(key)) == 0 {
			return
		}
	}
	hint := catalog.DidYouMean(field, known)
	if hint == "" {
		hint = "take one of " + strings.Join(known, ", ")
	}
	r.report(diag.Variable, at, hint, "%q is not a field that a container can read", field)
}

// checkDataKey checks a key of a ConfigMap or Secret.
func (r *resolver) checkDataKey(at path, key string) bool {
	if len(validation.IsConfigMapKey(key)) == 0 {
		return true
	}
	r.report(diag.KubernetesName, at, `use at most 253 letters, digits and "-_."`, "Kubernetes does not allow the key %q", key)
	return false
}
