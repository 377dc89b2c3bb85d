package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseVerdicts(t *testing.T) {
	in := input{name: "tree/a.yaml", path: "/tree/a.yaml"}
	const accepted = `{"path": "/tree/a.yaml", "resources": 3}` + "\n"
	const refused = `{"path": "/tree/a.yaml", "rule": "NoSuchEntity", "message": "no role", "line": 7}` + "\n"
	const beside = `{"path": "/tree/aws-auth.yaml", "rule": "NoSuchEntity", "message": "no role", "line": 0}` + "\n"
	if got, err := parseVerdicts([]byte(accepted), []input{in}); err != nil || len(got) > 0 {
		t.Errorf("an accepted stack: got %v and error %v", got, err)
	}
	got, err := parseVerdicts([]byte(refused), []input{in})
	if err != nil || len(got) != 1 || got[0] != (finding{in, 7, "NoSuchEntity", "no role", false}) {
		t.Errorf("a refused stack: got %v and error %v", got, err)
	}
	if got, err := parseVerdicts([]byte(accepted+beside), []input{in}); err != nil || len(got) != 1 || got[0].input.name != "/tree/aws-auth.yaml" {
		t.Errorf("a refused file beside the templates: got %v and error %v", got, err)
	}
	if got, err := parseVerdicts([]byte(`{"path": "/tree/a.yaml"}`), []input{in}); err != nil || len(got) != 1 {
		t.Errorf("a stack without resources passed: got %v and error %v", got, err)
	}
	for _, out := range []string{"", "Traceback\n", "{}\n", beside} {
		if _, err := parseVerdicts([]byte(out), []input{in}); err == nil {
			t.Errorf("%q passed for a verdict on every stack", out)
		}
	}
}

func TestSpecClusters(t *testing.T) {
	const cluster = `{"name": "c", "region": "eu-west-1", "account": "111122223333", "version": "1.35", "network": {"vpc": {"cidr": "10.0.0.0/16"}, "availabilityZones": ["eu-west-1a", "eu-west-1b"]}}`
	tests := map[string]struct {
		files        map[string]string
		environments []string
		fails        bool
	}{
		"no spec":            {},
		"two files":          {files: map[string]string{"a.yaml": "{}", "b.yaml": "{}"}},
		"YAML":               {files: map[string]string{"spec.yaml": "cluster: " + cluster}, environments: []string{"c"}},
		"JSON":               {files: map[string]string{"spec.json": `{"cluster": ` + cluster + `}`}, environments: []string{"c"}},
		"CUE beside YAML":    {files: map[string]string{"a.cue": "package a\ncluster: " + cluster, "values.yaml": "x: 1"}, environments: []string{"c"}},
		"environments":       {files: map[string]string{"a.cue": "cluster: " + cluster + "\nenvironments: {dev: {}, prod: {}}"}, environments: []string{"dev", "prod"}},
		"what is no spec":    {files: map[string]string{"a.cue": "x: 1"}, fails: true},
		"what does not load": {files: map[string]string{"a.cue": "cluster: {"}, fails: true},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, content := range tc.files {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got, err := specClusters(dir)
			if (err != nil) != tc.fails || len(got) != len(tc.environments) {
				t.Fatalf("got %s and error %v", got, err)
			}
			for _, environment := range tc.environments {
				var c struct{ Account string }
				if err := json.Unmarshal(got[environment], &c); err != nil || c.Account != "111122223333" {
					t.Errorf("%s: got %s and error %v", environment, got[environment], err)
				}
			}
		})
	}
}

// Each planted fault finds the text that it replaces.
func TestWriteStackFaults(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	dir := t.TempDir()
	if err := writeStackFaults(dir); err != nil {
		t.Fatal(err)
	}
	for _, p := range plantStackFaults(dir) {
		if _, err := os.Stat(p.path); err != nil {
			t.Error(err)
		}
	}
	missing := stackFault{name: "x", file: "nodes.yaml", old: "no such text"}
	if err := missing.write(dir, "right"); err == nil || !strings.Contains(err.Error(), "no such text") {
		t.Errorf("a fault that changes nothing: got error %v", err)
	}
}

func TestPinned(t *testing.T) {
	file := filepath.Join(t.TempDir(), "requirements.txt")
	if err := os.WriteFile(file, []byte("moto-ext==1.0\nmoto==5.2.5\nboto3==1.2 ; python_version >= \"3.11\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"moto": "5.2.5", "boto3": "1.2", "flask": "without a version"} {
		if got := pinned(file, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
