package lower

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// variables are the environment variables of a container. A value sees the
// variables before it as $(NAME), so those from elsewhere are first, and the
// others follow those that they name.
func variables(p spec.Program) []corev1.EnvVar {
	all := referredVariables(p.ValueFrom)
	placed := map[string]bool{}
	var place func(name string)
	place = func(name string) {
		if placed[name] {
			return
		}
		placed[name] = true
		for _, other := range sorted(p.Env) {
			if strings.Contains(p.Env[name], "$("+other.name+")") {
				place(other.name)
			}
		}
		all = append(all, corev1.EnvVar{Name: name, Value: p.Env[name]})
	}
	for _, variable := range sorted(p.Env) {
		place(variable.name)
	}
	return all
}

// referredVariables are those whose values are elsewhere, by name.
func referredVariables(from spec.ValueFrom) []corev1.EnvVar {
	sources := map[string]corev1.EnvVarSource{}
	for name, ref := range from.SecretKeyRef {
		sources[name] = corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: named(ref.Name), Key: ref.Key, Optional: ref.Optional}}
	}
	for name, ref := range from.ConfigMapKeyRef {
		sources[name] = corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{LocalObjectReference: named(ref.Name), Key: ref.Key, Optional: ref.Optional}}
	}
	for name, field := range from.FieldRef {
		sources[name] = corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: field}}
	}
	for name, field := range from.ResourceFieldRef {
		sources[name] = corev1.EnvVarSource{ResourceFieldRef: resourceField("", field)}
	}
	var all []corev1.EnvVar
	for _, source := range sorted(sources) {
		all = append(all, corev1.EnvVar{Name: source.name, ValueFrom: &source.value})
	}
	return all
}

// resourceField is a request or limit of a container: whole cores or bytes.
func resourceField(container, field string) *corev1.ResourceFieldSelector {
	return &corev1.ResourceFieldSelector{ContainerName: container, Resource: field, Divisor: resource.MustParse("1")}
}

// envFrom keeps the order, which says whose keys count.
func envFrom(sources []spec.EnvFrom) []corev1.EnvFromSource {
	var all []corev1.EnvFromSource
	for _, s := range sources {
		source := corev1.EnvFromSource{Prefix: s.Prefix}
		if s.ConfigMap != "" {
			source.ConfigMapRef = &corev1.ConfigMapEnvSource{LocalObjectReference: named(s.ConfigMap), Optional: s.Optional}
		} else {
			source.SecretRef = &corev1.SecretEnvSource{LocalObjectReference: named(s.Secret), Optional: s.Optional}
		}
		all = append(all, source)
	}
	return all
}

func named(name string) corev1.LocalObjectReference { return corev1.LocalObjectReference{Name: name} }
