package main

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
)

// givenObjects are objects that EKS makes in a cluster and ekscc's output changes.
//
//go:embed testdata/given.yaml
var givenObjects []byte

// givenByEKS makes these objects, in the name of EKS, and returns their names.
func givenByEKS(ctx context.Context, client *apiClient) (map[string]bool, error) {
	manifests, err := readManifests(givenObjects)
	if err != nil {
		return nil, err
	}
	names := make(map[string]bool)
	for _, m := range manifests {
		path, problem, err := manifestPath(ctx, client, m)
		if err != nil || problem != nil {
			return nil, fmt.Errorf("%s: %v, %w", m, problem, err)
		}
		a, err := client.do(ctx, http.MethodPatch, path+"?fieldManager=eks&fieldValidation=Strict", "application/apply-patch+yaml", m.document)
		if err != nil {
			return nil, err
		}
		if found := a.findings(m); len(found) > 0 {
			return nil, fmt.Errorf("failed to make %s: %v", m, found)
		}
		names[m.String()] = true
	}
	return names, nil
}

// makeNamespaces stores the namespaces among objects and returns the names of
// those that it made. One may be there before, and one may have a name that
// cannot be, as its dry run will tell.
func makeNamespaces(ctx context.Context, client *apiClient, manifests []manifest) ([]string, error) {
	var made []string
	for _, m := range manifests {
		if m.text("kind") != "Namespace" {
			continue
		}
		name := m.text("metadata", "name")
		a, err := client.do(ctx, http.MethodPost, "/api/v1/namespaces", "application/json", namespaceBody(name))
		if err != nil {
			return nil, err
		}
		if a.ok() {
			made = append(made, name)
		}
	}
	return made, nil
}

// removeNamespaces removes namespaces, so that the next overlay does not find
// them. It does what a controller would do once they are empty: declare it final.
func removeNamespaces(ctx context.Context, client *apiClient, names []string) error {
	for _, name := range names {
		path := "/api/v1/namespaces/" + url.PathEscape(name)
		a, err := client.do(ctx, http.MethodDelete, path, "application/json", nil)
		if err == nil && a.ok() {
			a, err = client.do(ctx, http.MethodPut, path+"/finalize", "application/json", namespaceBody(name))
		}
		if err != nil {
			return err
		}
		if !a.ok() {
			return fmt.Errorf("failed to remove the namespace %q: %s", name, a.body)
		}
	}
	return nil
}

// namespaceBody is a namespace that nothing holds back from being removed.
func namespaceBody(name string) []byte {
	return fmt.Appendf(nil, `{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": %q}, "spec": {"finalizers": []}}`, name)
}
