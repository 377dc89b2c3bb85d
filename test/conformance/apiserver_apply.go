package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	inmemory "github.com/ekscc/ekscc/pkg/emit/kustomize"
)

// manifest is an object as it is sent, which is as kubectl reads it too: YAML
// 1.1, where an unquoted on is true.
type manifest struct {
	object
	document []byte
}

// readManifests splits a stream of YAML documents.
func readManifests(stream []byte) ([]manifest, error) {
	var manifests []manifest
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(stream)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return manifests, nil
		}
		if err != nil {
			return nil, err
		}
		m := manifest{document: document}
		if err := yaml.Unmarshal(document, &m.object); err != nil {
			return nil, err
		}
		manifests = append(manifests, m)
	}
}

// text is the string at a path of keys, or "".
func (o object) text(keys ...string) string {
	var value any = map[string]any(o)
	for _, key := range keys {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	text, _ := value.(string)
	return text
}

// askAPIServer runs a server of one version, with the definitions of custom
// resources, and applies the overlays to it.
func askAPIServer(ctx context.Context, dir, definitions, version string, inputs []input) ([]finding, error) {
	client, stop, err := startAPIServer(ctx, dir, version)
	if err != nil {
		return nil, err
	}
	defer stop()
	if err := defineKinds(ctx, client, definitions); err != nil {
		return nil, err
	}
	given, err := givenByEKS(ctx, client)
	if err != nil {
		return nil, err
	}
	var findings []finding
	for _, in := range inputs {
		found, err := applyOverlay(ctx, client, given, in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", in.name, err)
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// applyOverlay applies every object of an overlay without storing any, but for
// its namespaces, which the others need, and which it removes in the end.
func applyOverlay(ctx context.Context, client *apiClient, given map[string]bool, in input) ([]finding, error) {
	set, err := readSet(in.tree)
	if err != nil {
		return nil, err
	}
	built, err := inmemory.Build(set, filepath.Base(in.path))
	if err != nil {
		return []finding{{input: in, rule: "build", message: err.Error()}}, nil
	}
	manifests, err := readManifests(built)
	if err != nil {
		return []finding{{input: in, rule: "parse", message: err.Error()}}, nil
	}
	made, err := makeNamespaces(ctx, client, manifests)
	if err != nil {
		return nil, err
	}
	var findings []finding
	for _, m := range manifests {
		found, err := applyManifest(ctx, client, m, given[m.String()])
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			f.input = in
			findings = append(findings, f)
		}
	}
	return findings, removeNamespaces(ctx, client, made)
}

// applyManifest asks for a dry run of what `kubectl apply --server-side` does,
// and of what `kubectl apply` does. What is given, EKS made first: its fields are
// taken over.
func applyManifest(ctx context.Context, client *apiClient, m manifest, given bool) ([]finding, error) {
	path, problem, err := manifestPath(ctx, client, m)
	if err != nil || problem != nil {
		return problem, err
	}
	const dryRun = "?dryRun=All&fieldValidation=Strict&fieldManager="
	applied, err := client.do(ctx, http.MethodPatch, fmt.Sprintf("%s%sekscc&force=%t", path, dryRun, given), "application/apply-patch+yaml", m.document)
	if err != nil {
		return nil, err
	}
	there, err := client.do(ctx, http.MethodGet, path, "", nil)
	if err != nil {
		return nil, err
	}
	method, contentType := http.MethodPatch, "application/strategic-merge-patch+json"
	if !there.ok() {
		method, contentType, path = http.MethodPost, "application/json", path[:strings.LastIndexByte(path, '/')]
	}
	body, err := json.Marshal(m.object)
	if err != nil {
		return nil, err
	}
	merged, err := client.do(ctx, method, path+dryRun+"kubectl", contentType, body)
	if err != nil {
		return nil, err
	}
	findings := applied.findings(m)
	for _, f := range merged.findings(m) {
		if !slices.Contains(findings, f) {
			findings = append(findings, f)
		}
	}
	return findings, nil
}

// manifestPath is the path of an object on the server, or what is the matter
// with its kind. A group with a dot that the server does not have is one of
// custom resources.
func manifestPath(ctx context.Context, client *apiClient, m manifest) (string, []finding, error) {
	apiVersion, kind := m.text("apiVersion"), m.text("kind")
	resource, err := client.resource(ctx, apiVersion, kind)
	if err != nil {
		return "", nil, err
	}
	if resource == nil {
		group, _, _ := strings.Cut(apiVersion, "/")
		known, err := client.hasGroup(ctx, group)
		if err != nil {
			return "", nil, err
		}
		if !known && strings.Contains(group, ".") {
			return "", []finding{{rule: notJudged, message: fmt.Sprintf("%s (%s): its definition is not built in, and not installed here", kind, apiVersion)}}, nil
		}
		return "", []finding{{rule: "NoKindMatch", message: m.String() + ": the server has no such kind in this version"}}, nil
	}
	path := apiPath(apiVersion)
	if resource.Namespaced {
		namespace := m.text("metadata", "namespace")
		if namespace == "" {
			namespace = "default"
		}
		path += "/namespaces/" + url.PathEscape(namespace)
	}
	return path + "/" + resource.Name + "/" + url.PathEscape(m.text("metadata", "name")), nil, nil
}

// findings are what an answer about an object holds against it.
func (a answer) findings(about manifest) []finding {
	var findings []finding
	add := func(rule, message string, warning bool) {
		findings = append(findings, finding{rule: rule, message: about.String() + ": " + message, warning: warning})
	}
	for _, warning := range a.warnings {
		add("Warning", warning, true)
	}
	if a.ok() {
		return findings
	}
	var status struct {
		Reason, Message string
		Details         struct {
			Causes []struct{ Reason, Message, Field string }
		}
	}
	if err := json.Unmarshal(a.body, &status); err != nil {
		status.Message = string(a.body)
	}
	if status.Reason == "" {
		status.Reason = strings.ReplaceAll(http.StatusText(a.code), " ", "")
	}
	for _, cause := range status.Details.Causes {
		add(cmp.Or(cause.Reason, status.Reason), cause.Field+": "+cause.Message, false)
	}
	if len(status.Details.Causes) == 0 {
		add(status.Reason, status.Message, false)
	}
	return findings
}
