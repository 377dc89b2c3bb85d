package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const index = "stacks:\n- {name: n, template: network.yaml, region: eu-central-1}\n"

// write makes files in a new directory.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReadTree(t *testing.T) {
	dir := write(t, map[string]string{
		"cloudformation/dev/stacks.yaml":            index,
		"cloudformation/dev/network.yaml":           "Resources: {}\n",
		"kustomize/overlays/dev/kustomization.yaml": "",
		"kustomize/base/kustomization.yaml":         "",
	})
	got, err := readTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.templates) != 1 || got.templates[0].region != "eu-central-1" || got.templates[0].within != "cloudformation/dev/network.yaml" {
		t.Errorf("got templates %+v", got.templates)
	}
	if len(got.overlays) != 1 || got.overlays[0].within != "kustomize/overlays/dev" {
		t.Errorf("got overlays %+v", got.overlays)
	}
}

func TestReadTreeErrors(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		want  string
	}{
		"empty":            {nil, "neither"},
		"missing template": {map[string]string{"cloudformation/dev/stacks.yaml": index}, "network.yaml"},
		"unlisted template": {map[string]string{
			"cloudformation/dev/stacks.yaml":  index,
			"cloudformation/dev/network.yaml": "",
			"cloudformation/dev/extra.yaml":   "",
		}, "extra.yaml is not listed"},
		"no region": {map[string]string{
			"cloudformation/dev/stacks.yaml":  "stacks: [{name: n, template: network.yaml}]\n",
			"cloudformation/dev/network.yaml": "",
		}, "no region"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := readTree(write(t, tc.files))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, which does not say %q", err, tc.want)
			}
		})
	}
}

func TestFindTreesWantsOutputOfEveryCase(t *testing.T) {
	dir := write(t, map[string]string{
		"examples/right/generated/cloudformation/dev/stacks.yaml":  index,
		"examples/right/generated/cloudformation/dev/network.yaml": "",
	})
	t.Chdir(dir)
	if trees, err := findTrees(nil); err != nil || len(trees) != 1 {
		t.Errorf("got %d trees and error %v, want 1 and none", len(trees), err)
	}
	if err := os.MkdirAll(filepath.Join("testdata", "golden", "bare"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := findTrees(nil); err == nil || !strings.Contains(err.Error(), "bare") {
		t.Errorf("got error %v for a golden case without output", err)
	}
	t.Chdir(t.TempDir())
	if _, err := findTrees(nil); err == nil {
		t.Error("nothing to judge is no error")
	}
}
