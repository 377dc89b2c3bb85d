package compile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

func FuzzCompileCUE(f *testing.F)  { fuzzFile(f, ".cue") }
func FuzzCompileYAML(f *testing.F) { fuzzFile(f, ".yaml") }
func FuzzCompileJSON(f *testing.F) { fuzzFile(f, ".json") }

// fuzzFile compiles arbitrary files.
func fuzzFile(f *testing.F, ext string) {
	for _, data := range seeds(f, ext) {
		f.Add(data)
	}
	path := filepath.Join(f.TempDir(), "spec"+ext)
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		answers(t, path, nil)
	})
}

// FuzzPackage compiles a package of two files in a module, with a tag.
func FuzzPackage(f *testing.F) {
	module := []byte("module: \"example.com/infra@v0\"\nlanguage: version: \"v0.15.0\"\n")
	for i, data := range seeds(f, ".cue") {
		if i%8 == 0 {
			f.Add(module, data, []byte("package names\nprod: \"x\""), "name=x")
		}
	}
	f.Add(module, []byte("package a\nimport \"example.com/infra/names\"\ncluster: name: names.prod"), []byte("package names\nprod: \"x\""), "")
	f.Add(module, []byte("package a\ncluster: name: string @tag(name,short=x|y)"), []byte("@if(prod)\npackage a\ncluster: region: 1"), "prod")
	f.Add([]byte("module: \"a.example@v0\"\ndeps: \"github.com/ekscc/ekscc/schemas@v0\": v: \"v0.1.0\""), []byte("import \"github.com/ekscc/ekscc/schemas/v1alpha1\"\nv1alpha1.#Spec"), []byte("b"), "a=b=c")
	dir := f.TempDir()
	for _, name := range []string{"cue.mod", "names"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, module, first, second []byte, tag string) {
		for name, data := range map[string][]byte{"cue.mod/module.cue": module, "a.cue": first, "b.cue": second, "names/names.cue": second} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var tags []string
		if tag != "" {
			tags = []string{tag}
		}
		answers(t, dir, tags)
	})
}

// seeds are the specs with this extension that the tests know, faulty and
// sound ones.
func seeds(t testing.TB, ext string) [][]byte {
	t.Helper()
	var files [][]byte
	for _, pattern := range []string{"../../testdata/errors/*.txtar", "../../testdata/golden/*/*" + ext, "../../examples/*/*" + ext} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Ext(name) == ext {
				files = append(files, data)
				continue
			}
			for _, file := range txtar.Parse(data).Files {
				if filepath.Ext(file.Name) == ext {
					files = append(files, file.Data)
				}
			}
		}
	}
	return files
}

// answers checks that the spec at path, whatever it holds, has an answer:
// diagnostics that say something about a place in its files, or else a model
// that can be written down, the same each time.
func answers(t *testing.T, path string, tags []string) {
	t.Helper()
	model, diags, err := compile.Compile(compile.Input{Path: path, Tags: tags})
	if err != nil {
		t.Fatalf("the spec can be read, but: %v", err)
	}
	for _, d := range diags {
		if strings.HasPrefix(d.Message, "CUE takes more than") || strings.HasPrefix(d.Message, "CUE has not evaluated") || strings.HasPrefix(d.Message, "not evaluated") {
			t.Skip("an answer, but CUE is still at work")
		}
		if d.Message == "" || d.Code == "" || strings.Contains(d.Message, "failed inside") {
			t.Errorf("a diagnostic that does not say what is wrong: %+v", d)
		}
		if problem := misplaced(path, d.Pos); problem != "" {
			t.Errorf("%s: %+v", problem, d)
		}
	}
	var text strings.Builder
	if err := diag.WriteText(&text, diags); err != nil || strings.Count(text.String(), "\n") != len(diags) {
		t.Errorf("%d diagnostics, but error %v and:\n%s", len(diags), err, text.String())
	}
	if diags.HasErrors() != (model == nil) {
		t.Fatalf("a model is there: %v, beside %v", model != nil, diags)
	}
	if model == nil {
		return
	}
	set, err := emit.Emit(model)
	if err != nil {
		t.Fatalf("the model cannot be written down: %v", err)
	}
	again, _, err := compile.Compile(compile.Input{Path: path, Tags: tags})
	if err != nil || again == nil {
		t.Fatalf("it compiles once, but then: %v", err)
	}
	other, err := emit.Emit(again)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range set {
		if !bytes.Equal(content, other[name]) || len(set) != len(other) {
			t.Errorf("%s is another one the second time:\n%s\nfirst:\n%s", name, other[name], content)
		}
	}
}

// misplaced says what is wrong with a position: it has to be in a file of the
// spec at path, on a line and column that the file has, or just behind it.
func misplaced(path string, pos diag.Pos) string {
	if !pos.IsValid() {
		return "no position"
	}
	root := path
	if filepath.Ext(path) != "" {
		root = filepath.Dir(path)
	}
	within, err := filepath.Rel(root, filepath.FromSlash(pos.File))
	if err != nil || strings.HasPrefix(within, "..") {
		return "the file is not of the spec"
	}
	if pos.Line == 0 {
		return "" // the directory as a whole
	}
	data, err := os.ReadFile(pos.File)
	if err != nil {
		return "no such file"
	}
	lines := bytes.Split(data, []byte("\n"))
	if !utf8.Valid(data) || bytes.ContainsAny(data, "\r\u0085\u2028\u2029") {
		return "" // YAML ends lines elsewhere too, and CUE counts other bytes
	}
	if pos.Line > len(lines) || pos.Column < 1 || pos.Column > len(lines[pos.Line-1])+2 { // CUE counts the end of a last line in
		return "no such line and column"
	}
	return ""
}
