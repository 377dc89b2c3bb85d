package compile_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/diag"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/errors")

// Each archive in testdata/errors holds a spec with planted faults, and in
// the file stderr what ekscc says of it, word for word. The spec is the file
// spec.yaml or spec.json if there is one, and otherwise the directory; the
// lines of the file tags are tags.
func TestErrors(t *testing.T) {
	archives, err := filepath.Glob("../../testdata/errors/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives in testdata/errors", err)
	}
	for _, name := range archives {
		name, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { testErrors(t, name) })
	}
}

func testErrors(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	path, tags, want := ".", []string(nil), (*txtar.File)(nil)
	for i, file := range archive.Files {
		switch file.Name {
		case "stderr":
			want = &archive.Files[i]
			continue
		case "tags":
			tags = strings.Fields(string(file.Data))
			continue
		case "spec.yaml", "spec.json":
			path = file.Name
		}
		if err := os.MkdirAll(filepath.Dir(file.Name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file.Name, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, diags, err := compile.Compile(compile.Input{Path: path, Tags: tags})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := diag.WriteText(&got, diags); err != nil {
		t.Fatal(err)
	}
	if want == nil {
		t.Fatal("the archive has no file stderr")
	}
	if *update {
		want.Data = got.Bytes()
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got.Bytes(), want.Data) {
		t.Errorf("got:\n%s\nwant:\n%s", got.Bytes(), want.Data)
	}
}
