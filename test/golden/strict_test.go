package golden_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/ekscc/ekscc/pkg/emit/kustomize"
)

// TestObjectsDecodeStrictly reads every built-in object of every overlay into
// Kubernetes' own type for it, which must have each field, in the right type. A
// part of an object, such as the patch of aws-node, is read like a whole one: a
// type says which fields there may be, and not which there must be. What a
// server says beyond that, `make conformance` asks a server.
func TestObjectsDecodeStrictly(t *testing.T) {
	builtIn := newScheme(t)
	for _, dir := range specs(t) {
		model, set := compiled(t, dir)
		for _, environment := range model.Environments {
			t.Run(filepath.Base(dir)+"/"+environment.Name, func(t *testing.T) {
				if !hasOverlay(set, environment.Name) {
					return
				}
				stream, err := kustomize.Build(set, environment.Name)
				if err != nil {
					t.Fatal(err)
				}
				for _, document := range documents(t, stream) {
					if err := decode(builtIn, document); err != nil {
						t.Errorf("%v in\n%s", err, document)
					}
				}
			})
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	builtIn := newScheme(t)
	tests := map[string]struct{ document, want string }{
		"unknown field":      {"apiVersion: apps/v1\nkind: Deployment\nspec: {replica: 2}", `unknown field "spec.replica"`},
		"number for string":  {"apiVersion: v1\nkind: ConfigMap\ndata: {a: 1}", "cannot unmarshal number"},
		"truth for string":   {"apiVersion: v1\nkind: ConfigMap\ndata: {a: on}", "cannot unmarshal bool"},
		"field twice":        {"apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\ndata: {c: d}\n", `"data" already set`},
		"unknown kind":       {"apiVersion: apps/v1\nkind: Deploymnet", "no kind"},
		"unknown version":    {"apiVersion: apps/v1beta2\nkind: Deployment", "no kind"},
		"unknown group":      {"apiVersion: extensions/v1beta1\nkind: Ingress", "no kind"},
		"custom resource":    {"apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {anything: 1}", ""},
		"part of the object": {"apiVersion: apps/v1\nkind: DaemonSet\nspec: {template: {spec: {containers: [{name: a}]}}}", ""},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			err := decode(builtIn, []byte(tc.document))
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("got error %v, want %q", err, tc.want)
			}
		})
	}
}

// newScheme knows the types of the API groups that ekscc writes objects of.
func newScheme(t *testing.T) *runtime.Scheme {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		admissionregistrationv1.AddToScheme, appsv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme,
		corev1.AddToScheme, networkingv1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme,
		schedulingv1.AddToScheme, storagev1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			t.Fatal(err)
		}
	}
	return scheme
}

// documents splits a stream of YAML documents, of which there must be one.
func documents(t *testing.T, stream []byte) [][]byte {
	var split [][]byte
	reader := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(stream)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		split = append(split, document)
	}
	if len(split) == 0 {
		t.Error("there is no object")
	}
	return split
}

// decode reads an object into its type. A custom resource, whose group has a
// dot and is not built in, has none.
func decode(builtIn *runtime.Scheme, document []byte) error {
	var meta runtime.TypeMeta
	if err := sigsyaml.Unmarshal(document, &meta); err != nil {
		return err
	}
	group := meta.GroupVersionKind().Group
	if strings.Contains(group, ".") && !builtIn.IsGroupRegistered(group) {
		return nil
	}
	decoder := serializer.NewCodecFactory(builtIn, serializer.EnableStrict).UniversalDeserializer()
	_, _, err := decoder.Decode(document, nil, nil)
	return err
}
