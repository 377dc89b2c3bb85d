package load_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/diag"
)

// write puts files into a new directory and makes that the current one.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const module = `module: "example.com/infra@v0"
language: version: "v0.15.0"
`

func TestLoad(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		path  string
		tags  []string
		want  string // cluster.name
	}{
		{name: "directory", files: map[string]string{"a.cue": "package a\ncluster: name: \"x\""}, path: ".", want: "x"},
		{name: "without package clause", files: map[string]string{"a.cue": `cluster: name: "x"`}, path: ".", want: "x"},
		{name: "one file", files: map[string]string{"a.cue": "package a\ncluster: name: \"x\"", "b.cue": "package a\ncluster: name: 7"}, path: "a.cue", want: "x"},
		{name: "space in path", files: map[string]string{"my specs/the one.cue": `cluster: name: "x"`}, path: "my specs/the one.cue", want: "x"},
		{name: "yaml", files: map[string]string{"a.yml": "cluster: {name: x}"}, path: "a.yml", want: "x"},
		{name: "json", files: map[string]string{"a.json": `{"cluster": {"name": "x"}}`}, path: "a.json", want: "x"},
		{name: "upper case extension", files: map[string]string{"A.JSON": `{"cluster": {"name": "x"}}`}, path: "A.JSON", want: "x"},
		{name: "yaml aliases", files: map[string]string{"a.yaml": "n: &n {name: x}\ncluster: *n"}, path: "a.yaml", want: "x"},
		{name: "standard library", files: map[string]string{"a.cue": "package a\nimport \"strings\"\ncluster: name: strings.ToLower(\"X\")"}, path: ".", want: "x"},
		{name: "schema without module", files: map[string]string{"a.cue": `import "github.com/ekscc/ekscc/schemas/v1alpha1"` + "\ncluster: name: (v1alpha1.#Endpoint & {private: true}).private & \"x\" | \"x\""}, path: ".", want: "x"},
		{
			name: "own module", path: "clusters/prod", want: "x",
			files: map[string]string{
				"cue.mod/module.cue":  module,
				"names/names.cue":     "package names\nprod: \"x\"",
				"clusters/prod/a.cue": "package prod\nimport \"example.com/infra/names\"\ncluster: name: names.prod",
			},
		},
		{
			name: "package of a parent directory", path: "clusters/prod", want: "x",
			files: map[string]string{
				"cue.mod/module.cue":  module,
				"clusters/base.cue":   "package infra\ncluster: name: \"x\"",
				"clusters/prod/a.cue": "package infra\ncluster: region: \"eu-west-1\"",
			},
		},
		{
			name: "schema as a dependency", path: ".", want: "x",
			files: map[string]string{
				"cue.mod/module.cue": module + `deps: "github.com/ekscc/ekscc/schemas@v0": v: "v0.1.0"`,
				"a.cue":              "package a\nimport \"github.com/ekscc/ekscc/schemas/v1alpha1\"\ncluster: v1alpha1.#Cluster & {name: \"x\"}",
			},
		},
		{
			name: "copied module", path: ".", want: "x",
			files: map[string]string{
				"cue.mod/module.cue":            module,
				"cue.mod/pkg/a.example/b/b.cue": "package b\nname: \"x\"",
				"a.cue":                         "package a\nimport \"a.example/b\"\ncluster: name: b.name",
			},
		},
		{name: "tag", files: map[string]string{"a.cue": "package a\ncluster: name: string @tag(name)"}, path: ".", tags: []string{"name=x"}, want: "x"},
		{name: "shorthand", files: map[string]string{"a.cue": "package a\ncluster: name: string @tag(name,short=x|y)"}, path: ".", tags: []string{"x"}, want: "x"},
		{name: "file chosen by tag", files: map[string]string{"a.cue": "package a", "b.cue": "@if(prod)\npackage a\ncluster: name: \"x\""}, path: ".", tags: []string{"prod"}, want: "x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, tt.files)
			src, diags, err := load.Load(filepath.FromSlash(tt.path), tt.tags)
			if err != nil || len(diags) > 0 {
				t.Fatal(diags, err)
			}
			got, err := src.Value.LookupPath(cue.ParsePath("cluster.name")).String()
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	deep := strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		last := "*a" + string(n[0]-1)
		bomb += "a" + n + ": &a" + n + " [" + strings.Repeat(last+", ", 9) + last + "]\n"
	}
	tests := []struct {
		name, file, content string
		code                diag.Code
		pos                 diag.Pos
	}{
		{"nested cue", "a.cue", "cluster: " + deep, diag.Syntax, diag.Pos{File: "a.cue", Line: 1, Column: 10010}},
		{"nested yaml", "a.yaml", "cluster: " + deep, diag.Syntax, diag.Pos{File: "a.yaml", Line: 1, Column: 1}},
		{"nested json", "a.json", `{"cluster": ` + deep + "}", diag.Syntax, diag.Pos{File: "a.json", Line: 1, Column: 10012}},
		{"yaml aliases", "a.yaml", bomb, diag.Syntax, diag.Pos{File: "a.yaml", Line: 1, Column: 1}},
		{"yaml alias of itself", "a.yaml", "cluster: &a [*a]", diag.Syntax, diag.Pos{File: "a.yaml", Line: 1, Column: 1}},
		{"empty json", "a.json", "", diag.Syntax, diag.Pos{File: "a.json", Line: 1, Column: 1}},
		{"json list", "a.json", "[1]", diag.Syntax, diag.Pos{File: "a.json", Line: 1, Column: 1}},
		{"yaml scalar", "a.yaml", "cluster", diag.Syntax, diag.Pos{File: "a.yaml", Line: 1, Column: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{tt.file: tt.content})
			src, diags, err := load.Load(tt.file, nil)
			if src != nil || err != nil || len(diags) != 1 || diags[0].Code != tt.code || diags[0].Pos != tt.pos || diags[0].Message == "" {
				t.Errorf("got %.300v, %v; want one %s at %v", diags, err, tt.code, tt.pos)
			}
		})
	}
}

// A path that cannot be read is no fault in a spec.
func TestLoadError(t *testing.T) {
	write(t, map[string]string{"a.txt": "cluster: {}", "big.cue": strings.Repeat("\n", 5<<20)})
	for _, path := range []string{"", "missing", "missing.cue", "a.txt", "a.txt/b", "big.cue", os.DevNull} {
		if src, diags, err := load.Load(path, nil); err == nil {
			t.Errorf("%q: got %v, %v, want an error", path, src, diags)
		}
	}
}

// Files have the names by which the user knows them.
func TestPositions(t *testing.T) {
	write(t, map[string]string{
		"cue.mod/module.cue":  module,
		"clusters/base.cue":   "package infra\ncluster: region: \"eu-west-1\"\ncluster: version: \"1.35\"",
		"clusters/prod/a.cue": "package infra\ncluster: name: \"x\"",
		"b.yaml":              "\ncluster:\n  name: x",
	})
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		dir, path, field string
		want             diag.Pos
	}{
		{".", "clusters/prod", "name", diag.Pos{File: "clusters/prod/a.cue", Line: 2, Column: 10}},
		{".", "./clusters/prod/", "region", diag.Pos{File: "clusters/base.cue", Line: 2, Column: 10}},
		{"clusters/prod", ".", "region", diag.Pos{File: "../base.cue", Line: 2, Column: 10}},
		{"clusters", "prod/a.cue", "name", diag.Pos{File: "prod/a.cue", Line: 2, Column: 10}},
		{".", "b.yaml", "name", diag.Pos{File: "b.yaml", Line: 3, Column: 3}},
		{"clusters", "../b.yaml", "name", diag.Pos{File: "../b.yaml", Line: 3, Column: 3}},
		{".", filepath.Join(here, "b.yaml"), "name", diag.Pos{File: filepath.ToSlash(here) + "/b.yaml", Line: 3, Column: 3}},
	}
	for _, tt := range tests {
		t.Chdir(filepath.Join(here, tt.dir))
		src, diags, err := load.Load(tt.path, nil)
		if err != nil || len(diags) > 0 {
			t.Fatal(diags, err)
		}
		if got := src.Declared([]string{"cluster", tt.field}); got != tt.want {
			t.Errorf("%s in %s: %s is at %v, want %v", tt.path, tt.dir, tt.field, got, tt.want)
		}
		if got := src.Pos(src.Value.LookupPath(cue.ParsePath("cluster." + tt.field)).Pos()); got.File != tt.want.File || got.Line != tt.want.Line {
			t.Errorf("%s in %s: the value of %s is at %v, want %v", tt.path, tt.dir, tt.field, got, tt.want)
		}
	}
}

// Places in the schema are not the user's.
func TestSchemaPosition(t *testing.T) {
	write(t, map[string]string{"a.cue": `import "github.com/ekscc/ekscc/schemas/v1alpha1"` + "\ncluster: v1alpha1.#Cluster"})
	src, diags, err := load.Load(".", nil)
	if err != nil || len(diags) > 0 {
		t.Fatal(diags, err)
	}
	v := src.Value.LookupPath(cue.ParsePath("cluster.endpoint.public"))
	if !v.Exists() || !v.Pos().IsValid() {
		t.Fatal("the schema's field is not there")
	}
	if got := src.Pos(v.Pos()); got.IsValid() {
		t.Errorf("got %v", got)
	}
}
