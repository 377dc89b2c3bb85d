package resolve

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func manifest(apiVersion, kind, namespace, name string) spec.Manifest {
	metadata := map[string]any{"name": name}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	return spec.Manifest{"apiVersion": apiVersion, "kind": kind, "metadata": metadata}
}

func TestManifests(t *testing.T) {
	manifests := func(all ...spec.Manifest) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{}
			for i, m := range all {
				s.Kubernetes.Manifests[string(rune('a'+i))] = m
			}
		}
	}
	secret := func(field string) spec.Manifest {
		m := manifest("v1", "Secret", "default", "token")
		m[field] = map[string]any{"token": "x"}
		return m
	}
	const a, b = "kubernetes manifests a", "kubernetes manifests b"
	runRules(t, newVPC, []ruleTest{
		{"a field that the kind does not have", manifests(spec.Manifest{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": map[string]any{"name": "x"},
			"spec": map[string]any{"template": map[string]any{"spec": map[string]any{"containers": []any{map[string]any{"name": "x", "imgae": "y"}}}}}}), []want{
			{diag.InvalidManifest, a + " spec template spec containers 0 imgae", "no such field"}}},
		{"a value of the wrong type", manifests(spec.Manifest{"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "x"}, "data": true}), []want{
			{diag.InvalidManifest, a, "cannot unmarshal bool"}}},
		{"any field of another's kind", manifests(spec.Manifest{"apiVersion": "example.com/v1", "kind": "Widget", "metadata": map[string]any{"name": "x"}, "data": true}), nil},
		{"a number of more than 64 bits", manifests(spec.Manifest{"apiVersion": "example.com/v1", "kind": "Widget", "metadata": map[string]any{"name": "x"},
			"spec": []any{new(big.Int).Lsh(big.NewInt(1), 70)}}), []want{{diag.InvalidManifest, a + " spec 0", "more than 64 bits"}}},
		{"annotation keys", func(s *spec.Spec) {
			s.Kubernetes.Namespaces = map[string]spec.Namespace{"web": {Annotations: map[string]string{"8080": "a", "example.com/8080": "a", "team": "a"}}}
			manifests(spec.Manifest{"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "x", "annotations": map[string]any{"null": "a"}}})(s)
		}, []want{
			{diag.InvalidText, "kubernetes namespaces web annotations 8080", "reads as no string"},
			{diag.InvalidText, a + " metadata annotations null", "reads as no string"}}},
		{"a line separator", manifests(spec.Manifest{"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "x"},
			"data": map[string]any{"a": "one\ntwo\tthree", "b": "one\u2028two"}}), []want{
			{diag.InvalidText, a + " data b", `'\u2028'`}}},
		{"different objects", manifests(
			manifest("v1", "ConfigMap", "default", "x"), manifest("v1", "ConfigMap", "kube-system", "x"),
			manifest("v1", "Secret", "default", "x"), manifest("v1", "ConfigMap", "default", "y")), nil},
		{"one object twice", manifests(manifest("batch/v1", "Job", "default", "x"), manifest("batch/v1beta1", "Job", "", "x")), []want{
			{diag.DuplicateObject, b, `the Job "x" is made by kubernetes.manifests.a already`}}},
		{"a workload's Deployment", manifests(manifest("apps/v1", "Deployment", "default", "nginx")), []want{
			{diag.DuplicateObject, a, "workloads.nginx"}}},
		{"a workload's Service", manifests(manifest("v1", "Service", "", "nginx")), []want{{diag.DuplicateObject, a, "workloads.nginx.service"}}},
		{"a namespace", func(s *spec.Spec) {
			manifests(manifest("v1", "Namespace", "", "web"))(s)
			s.Kubernetes.Namespaces = map[string]spec.Namespace{"web": {}}
		}, []want{{diag.DuplicateObject, a, "kubernetes.namespaces.web"}}},
		{"aws-auth", manifests(manifest("v1", "ConfigMap", "kube-system", "aws-auth")), []want{{diag.DuplicateObject, a, "cluster.access"}}},
		{"aws-auth that nobody reads", func(s *spec.Spec) {
			manifests(manifest("v1", "ConfigMap", "kube-system", "aws-auth"))(s)
			s.Cluster.AuthenticationMode = spec.AuthAPI
		}, nil},
		{"aws-node of the add-on", manifests(manifest("apps/v1", "DaemonSet", "kube-system", "aws-node")), []want{
			{diag.DuplicateObject, a, "cluster.addons.vpc-cni"}}},
		{"aws-node of the settings", func(s *spec.Spec) {
			manifests(manifest("apps/v1", "DaemonSet", "kube-system", "aws-node"))(s)
			s.Cluster.Addons, s.Cluster.VPCCNI = nil, &spec.VPCCNI{}
		}, []want{{diag.DuplicateObject, a, "cluster.vpcCNI"}}},
		{"aws-node of your own", func(s *spec.Spec) {
			manifests(manifest("apps/v1", "DaemonSet", "kube-system", "aws-node"))(s)
			s.Cluster.Addons = nil
		}, nil},
		{"name", manifests(manifest("v1", "ConfigMap", "default", "my_config")), []want{{diag.KubernetesName, a + " metadata name", `"my_config"`}}},
		{"name of a role", manifests(manifest("rbac.authorization.k8s.io/v1", "ClusterRole", "", "system:reader")), nil},
		{"name of a role with a slash", manifests(manifest("rbac.authorization.k8s.io/v1", "ClusterRole", "", "a/b")), []want{
			{diag.KubernetesName, a + " metadata name", `"a/b"`}}},
		{"namespace undeclared", manifests(manifest("v1", "ConfigMap", "web", "x")), []want{{diag.UnknownNamespace, a + " metadata namespace", `"web"`}}},
		{"namespace of another type", manifests(spec.Manifest{"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "x", "namespace": 1}}), []want{
			{diag.KubernetesName, a + " metadata namespace", "a string"}}},
		{"secret without data", manifests(manifest("v1", "Secret", "default", "x")), nil},
		{"secret with data", manifests(secret("data")), []want{{diag.SecretData, a + " data", "in git"}}},
		{"secret with stringData", manifests(secret("stringData")), []want{{diag.SecretData, a + " stringData", "in git"}}},
	})
}

func TestNamespaces(t *testing.T) {
	namespace := func(name string, ns spec.Namespace) func(*spec.Spec) {
		return func(s *spec.Spec) { s.Kubernetes.Namespaces = map[string]spec.Namespace{name: ns} }
	}
	const at = "kubernetes namespaces web"
	runRules(t, newVPC, []ruleTest{
		{"name", namespace("web", spec.Namespace{Annotations: map[string]string{"example.com/owner": "any text: at all"}}), nil},
		{"name with an underscore", namespace("web_1", spec.Namespace{}), []want{{diag.KubernetesName, "kubernetes namespaces web_1", "namespace name"}}},
		{"name of a file of kustomize", namespace("kustomization", spec.Namespace{}), []want{
			{diag.KubernetesName, "kubernetes namespaces kustomization", "its kustomization"}}},
		{"label", namespace("web", spec.Namespace{Labels: map[string]string{"a": "b c"}}), []want{{diag.InvalidLabel, at + " labels a", "b c"}}},
		{"annotation", namespace("web", spec.Namespace{Annotations: map[string]string{"a b": ""}}), []want{{diag.InvalidLabel, at + " annotations a b", "annotation key"}}},
	})
}

func TestManifestNames(t *testing.T) {
	manifests := func(names ...string) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Kubernetes.Manifests = map[string]spec.Manifest{}
			for i, name := range names {
				s.Kubernetes.Manifests[name] = manifest("v1", "ConfigMap", "default", fmt.Sprint("x", i))
			}
		}
	}
	runRules(t, newVPC, []ruleTest{
		{"names", manifests("a", "reader_role.v1", "B-2"), nil},
		{"a way out of the tree", manifests("../../x"), []want{{diag.NameClash, "kubernetes manifests ../../x", "cannot be a file name"}}},
		{"a hidden file", manifests(".x"), []want{{diag.NameClash, "kubernetes manifests .x", "cannot be a file name"}}},
		{"two of one file", manifests("Role", "role"), []want{{diag.NameClash, "kubernetes manifests role", `that of "Role"`}}},
		{"the kustomization", manifests("kustomization"), []want{{diag.NameClash, "kubernetes manifests kustomization", "kustomization"}}},
	})
}
