package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/kinds"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// builtinNamespaces come with every cluster.
var builtinNamespaces = []string{"default", "kube-system", "kube-public", "kube-node-lease"}

var manifestsPath = path{"kubernetes", "manifests"}

func (r *resolver) checkKubernetes() {
	k := r.spec.Kubernetes
	for _, name := range sortedKeys(k.Namespaces) {
		ns, at := k.Namespaces[name], path{"kubernetes", "namespaces", name}
		if r.checkDNSLabel(at, "namespace", name) && name == kustomization {
			r.report(diag.KubernetesName, at, "choose another name", "the file of the namespace %q would be that of its kustomization", name)
		}
		r.checkLabels(at.at("labels"), ns.Labels)
		for _, key := range sortedKeys(ns.Annotations) {
			r.checkAnnotationKey(at.at("annotations", key), key)
			r.checkText(at.at("annotations", key), ns.Annotations[key])
		}
	}
	r.checkNamespaces()
	r.checkConfigMaps()
	r.checkStorage()
	checkFileNames(r, manifestsPath, k.Manifests)
	objects := r.ownObjects()
	for _, name := range sortedKeys(k.Manifests) {
		r.checkManifest(manifestsPath.at(name), k.Manifests[name], objects)
	}
}

// kustomization is the name of the file that lists a directory's objects.
const kustomization = "kustomization"

// fileName is what goes for a file name everywhere.
var fileName = lazyregexp.New(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)

// checkFileNames checks names of your choice that become file names. Some file
// systems hold names that differ only in case for equal.
func checkFileNames[V any](r *resolver, at path, m map[string]V) {
	taken := map[string]string{kustomization: kustomization}
	for _, name := range sortedKeys(m) {
		at, key := at.at(name), strings.ToLower(name)
		if len(name) > maxChosenName || !fileName.MatchString(name) {
			r.report(diag.NameClash, at, fmt.Sprintf("use 1 to %d letters, digits, hyphens, underscores and dots, the first and last a letter or digit", maxChosenName),
				"the name %q cannot be a file name", name)
		} else if other, ok := taken[key]; ok {
			r.report(diag.NameClash, at, "choose another name", "the file of %q would be that of %q", name, other)
		}
		taken[key] = name
	}
}

// checkNamespace checks that a namespace comes with the cluster or is declared.
func (r *resolver) checkNamespace(at path, name string) {
	if declared := r.namespaces(); !slices.Contains(declared, name) {
		hint := catalog.DidYouMean(name, declared)
		if hint == "" {
			hint = "declare it in kubernetes.namespaces"
		}
		r.report(diag.UnknownNamespace, at, hint, "nothing declares the namespace %q", name)
	}
}

// namespaces returns the names of all namespaces that there will be.
func (r *resolver) namespaces() []string {
	k := r.spec.Kubernetes
	names := slices.Concat(builtinNamespaces, sortedKeys(k.Namespaces))
	if c := r.cluster.Capabilities; c != nil && c.ArgoCD != nil {
		names = append(names, cmp.Or(c.ArgoCD.Namespace, defaultArgoCD)) // EKS makes it
	}
	if r.cluster.FargateLogging != nil {
		names = append(names, observabilityNamespace)
	}
	for _, key := range sortedKeys(k.Manifests) {
		if o := objectOf(k.Manifests[key]); o.kind == "Namespace" && o.group == "" {
			names = append(names, o.name)
		}
	}
	return names
}

// object is what makes a Kubernetes object one and the same.
type object struct{ group, kind, namespace, name string }

// objectOf returns the object of a manifest. Whether a kind has namespaces is
// not known here, so that an object without one counts as in the default
// namespace, where it would be if its kind has.
func objectOf(m spec.Manifest) object {
	group, _, found := strings.Cut(text(m["apiVersion"]), "/")
	if !found {
		group = ""
	}
	metadata, _ := m["metadata"].(map[string]any)
	o := object{group, text(m["kind"]), text(metadata["namespace"]), text(metadata["name"])}
	if o.namespace == "" {
		o.namespace = "default"
	}
	return o
}

// text is v where it is a string, and otherwise empty.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// ownObjects returns the objects that ekscc makes from other fields, each with
// the field.
func (r *resolver) ownObjects() map[object]path {
	own := map[object]path{
		{"", "Service", "default", "kubernetes"}: {"cluster"},
	}
	if r.cluster.AuthenticationMode.UsesConfigMap() {
		own[object{"", "ConfigMap", "kube-system", "aws-auth"}] = clusterPath.at("access")
	}
	if _, ok := r.cluster.Addons[cniAddon]; ok {
		own[object{"apps", "DaemonSet", "kube-system", "aws-node"}] = clusterPath.at("addons", cniAddon)
	} else if r.cluster.VPCCNI != nil || len(r.cluster.PodSecurityGroups) > 0 {
		own[object{"apps", "DaemonSet", "kube-system", "aws-node"}] = clusterPath.at("vpcCNI")
	}
	if r.cluster.FargateLogging != nil {
		own[object{"", "Namespace", "default", observabilityNamespace}] = clusterPath.at("fargateLogging")
		own[object{"", "ConfigMap", observabilityNamespace, "aws-logging"}] = clusterPath.at("fargateLogging")
	}
	for _, name := range sortedKeys(r.cluster.PodSecurityGroups) {
		own[object{"vpcresources.k8s.aws", "SecurityGroupPolicy", r.cluster.PodSecurityGroups[name].Namespace, name}] = podGroupsPath.at(name)
	}
	r.ownPools(own)
	for _, name := range sortedKeys(r.spec.Kubernetes.Namespaces) {
		r.addNamespaceObjects(own, name)
	}
	r.ownAutoscalerObjects(own)
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		if a := r.cluster.ServiceAccounts[key]; a.CreateServiceAccount {
			own[object{"", "ServiceAccount", a.Namespace, a.Name}] = serviceAccountsPath.at(key)
		}
	}
	r.addStorageObjects(own)
	for _, name := range sortedKeys(r.spec.Kubernetes.ConfigMaps) {
		own[object{"", "ConfigMap", r.spec.Kubernetes.ConfigMaps[name].Namespace, name}] = path{"kubernetes", "configMaps", name}
	}
	r.addWorkloadObjects(own)
	return own
}

func (r *resolver) checkManifest(at path, m spec.Manifest, objects map[object]path) {
	o, before := objectOf(m), len(r.found)
	if other, ok := objects[o]; ok {
		r.report(diag.DuplicateObject, at, "remove one of them", "the %s %q is made by %s already", o.kind, o.name, strings.Join(other, "."))
	} else {
		objects[o] = at
	}
	r.checkObjectName(at.at("metadata", "name"), o)
	metadata, _ := m["metadata"].(map[string]any)
	if ns, ok := metadata["namespace"]; ok {
		r.checkManifestNamespace(at.at("metadata", "namespace"), ns)
	}
	if o.group == "" && o.kind == "Secret" {
		r.checkSecret(at, m)
	}
	if len(r.found) > before {
		return // what follows would tell of the same faults in other words
	}
	for _, fault := range kinds.Check(text(m["apiVersion"]), o.kind, m) {
		r.report(diag.InvalidManifest, at.at(fault.Path...), "", "%s", fault.Message)
	}
	annotations, _ := metadata["annotations"].(map[string]any)
	for _, key := range sortedKeys(annotations) {
		r.checkAnnotationKey(at.at("metadata", "annotations", key), key)
	}
	r.checkTexts(at, map[string]any(m))
}

// checkObjectName checks a name by the rule for most kinds. Objects of RBAC
// may have any name that fits into a URL's path.
func (r *resolver) checkObjectName(at path, o object) {
	if o.group == "rbac.authorization.k8s.io" {
		if o.name == "" || o.name == "." || o.name == ".." || strings.ContainsAny(o.name, "/%") {
			r.report(diag.KubernetesName, at, "", "Kubernetes does not allow the name %q", o.name)
		}
		return
	}
	if len(validation.IsDNS1123Subdomain(o.name)) > 0 {
		r.report(diag.KubernetesName, at, "use lower-case letters, digits, hyphens and dots, the first and last a letter or digit", "Kubernetes does not allow the name %q", o.name)
	}
}

func (r *resolver) checkManifestNamespace(at path, namespace any) {
	name, ok := namespace.(string)
	if !ok {
		r.report(diag.KubernetesName, at, "", "a namespace is a string, not %v", namespace)
		return
	}
	r.checkNamespace(at, name)
}

// checkSecret refuses what would put a secret into git, once in the spec and
// once in the output.
func (r *resolver) checkSecret(at path, m spec.Manifest) {
	for _, field := range []string{"data", "stringData"} {
		if values, ok := m[field].(map[string]any); ok && len(values) > 0 {
			r.report(diag.SecretData, at.at(field), "let an operator such as external-secrets make the Secret, or seal it", "a Secret's data would be in git for everybody to read")
		}
	}
}
