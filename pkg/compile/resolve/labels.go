package resolve

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of EKS on the taints and labels of managed node groups. The key's
// limit includes its domain, so that it is narrower than that of Kubernetes
// (CreateNodegroup, Taint).
const (
	maxTaints     = 50
	maxManagedKey = 63
)

// nameLabel is the label that ekscc gives the objects of a workload.
const nameLabel = "app.kubernetes.io/name"

// Labels in the domains of Kubernetes that the kubelet may set on its own
// node; it does not start with another one. From k8s.io/kubelet/pkg/apis,
// well_known_labels.go.
var (
	kubeletLabels = []string{
		"kubernetes.io/hostname",
		"kubernetes.io/os",
		"kubernetes.io/arch",
		"topology.kubernetes.io/zone",
		"topology.kubernetes.io/region",
		"failure-domain.beta.kubernetes.io/zone",
		"failure-domain.beta.kubernetes.io/region",
		"node.kubernetes.io/instance-type",
		"beta.kubernetes.io/instance-type",
		"beta.kubernetes.io/os",
		"beta.kubernetes.io/arch",
	}
	kubeletDomains = []string{"kubelet.kubernetes.io", "node.kubernetes.io"}
)

// checkLabels checks labels of whatever object.
func (r *resolver) checkLabels(at path, labels map[string]string) {
	for _, key := range sortedKeys(labels) {
		r.checkLabel(at.at(key), key, labels[key])
	}
}

func (r *resolver) checkLabel(at path, key, value string) bool {
	ok := r.checkLabelKey(at, "label", key)
	if len(validation.IsValidLabelValue(value)) > 0 {
		r.report(diag.InvalidLabel, at, labelHint, "Kubernetes does not allow the label value %q", value)
		ok = false
	}
	return ok
}

// checkLabelKey checks the key of a label, annotation or taint.
func (r *resolver) checkLabelKey(at path, what, key string) bool {
	if len(validation.IsQualifiedName(key)) == 0 {
		return true
	}
	r.report(diag.InvalidLabel, at, labelHint+`, for a key behind an optional domain and "/"`, "Kubernetes does not allow the %s key %q", what, key)
	return false
}

// checkAnnotationKey checks a key that kustomize writes without quotes.
func (r *resolver) checkAnnotationKey(at path, key string) {
	if !r.checkLabelKey(at, "annotation", key) {
		return
	}
	var read any
	if err := yaml.Unmarshal([]byte(key), &read); err != nil || read != any(key) {
		r.report(diag.InvalidText, at, `put a domain before it, such as "example.com/`+key+`"`, "kustomize does not keep the annotation key %q, which YAML reads as no string", key)
	}
}

const labelHint = `use at most 63 letters, digits and "-_.", the first and last a letter or digit`

// checkNodeLabels checks labels that a node gives itself when it joins.
func (r *resolver) checkNodeLabels(at path, labels map[string]string) {
	for _, key := range sortedKeys(labels) {
		at := at.at(key)
		if !r.checkLabel(at, key, labels[key]) {
			continue
		}
		domain, _, _ := strings.Cut(key, "/")
		switch {
		case inDomain(domain, "eks.amazonaws.com"):
			r.report(diag.InvalidLabel, at, "use a domain of your own", "EKS keeps labels of eks.amazonaws.com for itself")
		case !mayLabelItself(key, domain):
			r.report(diag.InvalidLabel, at, "use a domain of your own, or node.kubernetes.io", "a node may not give itself the label %q: the kubelet refuses it", key)
		}
	}
}

// mayLabelItself reports whether the kubelet accepts the label.
func mayLabelItself(key, domain string) bool {
	if !strings.Contains(key, "/") || !inDomain(domain, "kubernetes.io") && !inDomain(domain, "k8s.io") {
		return true
	}
	return slices.Contains(kubeletLabels, key) ||
		slices.ContainsFunc(kubeletDomains, func(d string) bool { return inDomain(domain, d) })
}

// inDomain reports whether name is the domain or below it.
func inDomain(name, domain string) bool {
	return name == domain || strings.HasSuffix(name, "."+domain)
}

func (r *resolver) checkTaints(at path, taints map[string]spec.Taint) {
	if len(taints) > maxTaints {
		r.report(diag.InvalidLabel, at, "", "%d taints; EKS allows %d on a node group", len(taints), maxTaints)
	}
	for _, key := range sortedKeys(taints) {
		r.checkLabelKey(at.at(key), "taint", key)
		if value := taints[key].Value; len(validation.IsValidLabelValue(value)) > 0 {
			r.report(diag.InvalidLabel, at.at(key, "value"), labelHint, "Kubernetes does not allow the taint value %q", value)
		}
	}
}

// checkKeyLengths checks the keys of labels or taints of a managed node group.
func checkKeyLengths[V any](r *resolver, at path, what string, m map[string]V) {
	for _, key := range sortedKeys(m) {
		if len(key) > maxManagedKey && len(validation.IsQualifiedName(key)) == 0 {
			r.report(diag.InvalidLabel, at.at(key), "", "the %s key has %d characters; EKS allows %d on a managed node group", what, len(key), maxManagedKey)
		}
	}
}
