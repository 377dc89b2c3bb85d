package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// fakeServer answers as a server with the kinds below does. respond may answer
// what it asks to change; what it leaves alone is accepted.
func fakeServer(t *testing.T, respond func(w http.ResponseWriter, r *http.Request) bool) (*apiClient, *[]string) {
	var changes []string
	found := map[string]string{
		"/apis":         `{"groups": [{"name": "apps"}, {"name": "networking.k8s.io"}]}`,
		"/api/v1":       `{"resources": [{"name": "namespaces", "kind": "Namespace"}, {"name": "services", "kind": "Service", "namespaced": true}]}`,
		"/apis/apps/v1": `{"resources": [{"name": "deployments/scale", "kind": "Deployment"}, {"name": "deployments", "kind": "Deployment", "namespaced": true}]}`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch body, ok := found[r.URL.Path]; {
		case ok:
			w.Write([]byte(body))
		case r.Method == http.MethodGet:
			w.WriteHeader(http.StatusNotFound)
			w.Write([]byte(`{"kind": "Status"}`))
		default:
			changes = append(changes, r.Method+" "+r.URL.Path)
			if respond == nil || !respond(w, r) {
				w.Write([]byte("{}"))
			}
		}
	}))
	t.Cleanup(server.Close)
	return &apiClient{URL: server.URL, http: server.Client()}, &changes
}

func TestReadManifestsReadsAsKubectlDoes(t *testing.T) {
	manifests, err := readManifests([]byte("kind: A\nvalue: on\ntext: |\n  ---\n  b\n---\nkind: B\n"))
	if err != nil || len(manifests) != 2 {
		t.Fatalf("got %d objects and error %v, want 2", len(manifests), err)
	}
	if a := manifests[0]; a.object["value"] != true || a.text("text") != "---\nb\n" {
		t.Errorf("got %v", a.object)
	}
	if _, err := readManifests([]byte("a: [\n")); err == nil {
		t.Error("what is not YAML passed")
	}
}

func TestManifestPath(t *testing.T) {
	tests := map[string]struct{ manifest, path, rule string }{
		"core":            {"{apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}}", "/api/v1/namespaces/b/services/a", ""},
		"group":           {"{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: b}}", "/apis/apps/v1/namespaces/b/deployments/a", ""},
		"no namespace":    {"{apiVersion: v1, kind: Service, metadata: {name: a}}", "/api/v1/namespaces/default/services/a", ""},
		"whole cluster":   {"{apiVersion: v1, kind: Namespace, metadata: {name: a}}", "/api/v1/namespaces/a", ""},
		"odd name":        {"{apiVersion: v1, kind: Namespace, metadata: {name: \"a/b?\"}}", "/api/v1/namespaces/a%2Fb%3F", ""},
		"unknown kind":    {"{apiVersion: v1, kind: Servic}", "", "NoKindMatch"},
		"unknown version": {"{apiVersion: networking.k8s.io/v0, kind: Ingress}", "", "NoKindMatch"},
		"unknown group":   {"{apiVersion: extensions/v1beta1, kind: Ingress}", "", "NoKindMatch"},
		"custom resource": {"{apiVersion: eks.amazonaws.com/v1, kind: NodeClass}", "", notJudged},
	}
	client, _ := fakeServer(t, nil)
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			path, problem, err := manifestPath(t.Context(), client, parsed(t, tc.manifest))
			if err != nil || path != tc.path {
				t.Errorf("got path %q and error %v, want %q", path, err, tc.path)
			}
			if got := rules(problem); strings.Join(got, " ") != tc.rule {
				t.Errorf("got %v, want %q", problem, tc.rule)
			}
		})
	}
}

func TestManifestPathTellsThatTheServerBroke(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	client := &apiClient{URL: server.URL, http: server.Client()}
	if _, problem, err := manifestPath(t.Context(), client, parsed(t, "{apiVersion: apps/v1, kind: Deployment}")); err == nil {
		t.Errorf("got %v and no error", problem)
	}
}

func TestApplyManifest(t *testing.T) {
	const service = "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: b}}"
	refuse := func(body string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Add("Warning", `299 - "old"`)
			w.WriteHeader(http.StatusUnprocessableEntity)
			w.Write([]byte(body))
			return true
		}
	}
	tests := map[string]struct {
		respond func(http.ResponseWriter, *http.Request) bool
		want    []string
	}{
		"accepted":       {nil, nil},
		"with causes":    {refuse(`{"reason": "Invalid", "details": {"causes": [{"reason": "FieldValueInvalid", "field": "spec.a"}, {"field": "spec.b"}]}}`), []string{"Warning", "FieldValueInvalid", "Invalid"}},
		"without causes": {refuse(`{"reason": "Forbidden", "message": "no"}`), []string{"Warning", "Forbidden"}},
		"not JSON":       {refuse("no"), []string{"Warning", "UnprocessableEntity"}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			client, changes := fakeServer(t, tc.respond)
			findings, err := applyManifest(t.Context(), client, parsed(t, service), false)
			if err != nil {
				t.Fatal(err)
			}
			if got := rules(findings); !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", findings, tc.want)
			}
			if want := []string{"PATCH /api/v1/namespaces/b/services/a", "POST /api/v1/namespaces/b/services"}; !slices.Equal(*changes, want) {
				t.Errorf("asked for %q, want %q", *changes, want)
			}
		})
	}
}

func TestApplyManifestStoresNothing(t *testing.T) {
	for _, given := range []bool{false, true} {
		client, _ := fakeServer(t, func(_ http.ResponseWriter, r *http.Request) bool {
			query := r.URL.Query()
			if query.Get("dryRun") != "All" || query.Get("fieldValidation") != "Strict" {
				t.Errorf("%s %s", r.Method, r.URL)
			}
			if force := query.Get("force") == "true"; force && !given {
				t.Errorf("%s %s takes over what nobody gave", r.Method, r.URL)
			}
			return false
		})
		if _, err := applyManifest(t.Context(), client, parsed(t, "{apiVersion: v1, kind: Service, metadata: {name: a}}"), given); err != nil {
			t.Error(err)
		}
	}
}

// TestNamespacesDoNotOutliveTheirOverlay: what one overlay makes must not be
// there for the next, which might lack it.
func TestNamespacesDoNotOutliveTheirOverlay(t *testing.T) {
	client, changes := fakeServer(t, func(w http.ResponseWriter, r *http.Request) bool {
		var namespace struct{ Metadata struct{ Name string } }
		if json.NewDecoder(r.Body).Decode(&namespace); namespace.Metadata.Name == "default" {
			w.WriteHeader(http.StatusConflict)
			return true
		}
		return false
	})
	manifests := []manifest{
		parsed(t, "{kind: Namespace, metadata: {name: shop}}"),
		parsed(t, "{kind: Namespace, metadata: {name: default}}"),
		parsed(t, "{kind: Service, metadata: {name: web}}"),
	}
	made, err := makeNamespaces(t.Context(), client, manifests)
	if err != nil || !slices.Equal(made, []string{"shop"}) {
		t.Fatalf("made %q, error %v", made, err)
	}
	*changes = nil
	if err := removeNamespaces(t.Context(), client, made); err != nil {
		t.Fatal(err)
	}
	if want := []string{"DELETE /api/v1/namespaces/shop", "PUT /api/v1/namespaces/shop/finalize"}; !slices.Equal(*changes, want) {
		t.Errorf("asked for %q, want %q", *changes, want)
	}
}

func TestClusterVersion(t *testing.T) {
	tree := t.TempDir()
	write := func(environment, template string) input {
		dir := filepath.Join(tree, "cloudformation", environment)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "cluster.yaml"), []byte(template), 0o644); err != nil {
			t.Fatal(err)
		}
		return input{tree: tree, path: filepath.Join(tree, "kustomize", "overlays", environment)}
	}
	const template = `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17"}}}
  Cluster: {Type: AWS::EKS::Cluster, Properties: {RoleArn: !GetAtt Role.Arn, Version: "1.34"}}
`
	if got, err := clusterVersion(write("dev", template)); err != nil || got != "1.34" {
		t.Errorf("got %q and error %v", got, err)
	}
	if got, err := clusterVersion(write("bad", "Resources: {}")); err == nil {
		t.Errorf("got %q from a template without a cluster", got)
	}
	if got, err := clusterVersion(input{tree: tree, path: "none"}); err != nil || notEmulated(got) != "" {
		t.Errorf("got %q and error %v where there is no template", got, err)
	}
}

func TestNotEmulated(t *testing.T) {
	for version, emulated := range map[string]bool{"1.32": false, "1.33": true, "1.36": true, "1.37": false, "": false, "2.34": false} {
		if why := notEmulated(version); (why == "") != emulated {
			t.Errorf("%q: got %q", version, why)
		}
	}
}

// TestPinnedVersions: the module may move on, and the table must say to what.
func TestPinnedVersions(t *testing.T) {
	pins, err := os.ReadFile(filepath.Join("..", "apiserver", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "k8s.io/kubernetes v" + apiServerVersion + "\n"; !strings.Contains(string(pins), want) {
		t.Errorf("go.mod does not pin %s", want)
	}
	if !strings.HasPrefix(notEmulated("x"), `overlay for Kubernetes "x": this server emulates 1.33 to 1.`+strings.Split(apiServerVersion, ".")[1]) {
		t.Errorf("apiServerMinor is not the one of %s", apiServerVersion)
	}
}

func TestStartAPIServer(t *testing.T) {
	tests := map[string]struct{ program, want string }{
		"fails":         {"echo 'apiserver: error: no port' >&2; exit 1", "no port"},
		"says nonsense": {"echo hello; cat", "failed to understand"},
		"says nothing":  {"cat", "deadline"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(apiServerBinary(dir), []byte("#!/bin/sh\n"+tc.program+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, _, err := startAPIServer(ctx, dir, "1.34")
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want %q", err, tc.want)
			}
		})
	}
}

// parsed is the one object in a YAML document.
func parsed(t *testing.T, document string) manifest {
	t.Helper()
	manifests, err := readManifests([]byte(document))
	if err != nil || len(manifests) != 1 {
		t.Fatalf("got %d objects and error %v", len(manifests), err)
	}
	return manifests[0]
}

func rules(findings []finding) []string {
	var rules []string
	for _, f := range findings {
		rules = append(rules, f.rule)
	}
	return rules
}
