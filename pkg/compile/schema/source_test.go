package schema

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"github.com/ekscc/ekscc/schemas"
)

// The text is one file that holds every definition of the embedded ones.
func TestText(t *testing.T) {
	text, err := Text()
	if err != nil {
		t.Fatal(err)
	}
	v := cuecontext.New().CompileBytes(text)
	if err := v.Err(); err != nil {
		t.Fatal(err)
	}
	files, err := files()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		for line := range strings.Lines(string(content)) {
			definition, _, ok := strings.Cut(line, ":")
			if ok && strings.HasPrefix(line, "#") && !v.LookupPath(cue.ParsePath(definition)).Exists() {
				t.Errorf("%s of %s is missing", definition, name)
			}
		}
	}
	if formatted, err := Format("all.cue", text); err != nil || !bytes.Equal(formatted, text) {
		t.Errorf("the text is not formatted: %v", err)
	}
}

func TestVendor(t *testing.T) {
	files, err := Vendor()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := files[ModuleFile]; !ok {
		t.Errorf("no %s", ModuleFile)
	}
	dir := "cue.mod/pkg/github.com/ekscc/ekscc/schemas/v1alpha1"
	if _, ok := files[path.Join(dir, "spec.cue")]; !ok {
		t.Errorf("no spec.cue in %s", dir)
	}
	entries, err := schemas.FS.ReadDir(schemas.Version)
	if err != nil || len(files) != len(entries)+1 {
		t.Errorf("%d files, want one more than %d: %v", len(files), len(entries), err)
	}
}

func TestFormat(t *testing.T) {
	got, err := Format("a.cue", []byte("// doc\na:   1\nbb: {c:2}\n"))
	if want := "// doc\na: 1\nbb: {c: 2}\n"; err != nil || string(got) != want {
		t.Errorf("Format = %q, %v, want %q", got, err, want)
	}
	again, err := Format("a.cue", got)
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("formatting twice gives %q, %v", again, err)
	}
}

func TestFormatNamesThePlace(t *testing.T) {
	_, err := Format("dir/a.cue", []byte("a: 1\nb: [\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "dir/a.cue:2:") {
		t.Errorf("Format = %v", err)
	}
}
