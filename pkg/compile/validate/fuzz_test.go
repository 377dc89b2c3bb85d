package validate_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/compile/validate"
	"github.com/ekscc/ekscc/pkg/diag"
)

func FuzzCUE(f *testing.F)  { fuzz(f, ".cue") }
func FuzzYAML(f *testing.F) { fuzz(f, ".yaml") }
func FuzzJSON(f *testing.F) { fuzz(f, ".json") }

// fuzz reads arbitrary files as specs.
func fuzz(f *testing.F, ext string) {
	for _, data := range planted(f, ext) {
		f.Add(data)
	}
	path := filepath.Join(f.TempDir(), "spec"+ext)
	f.Fuzz(func(t *testing.T, data []byte) { answer(t, path, data) })
}

// What a fuzzer takes long to come upon: specs in which one word is another.
// The test takes a thousand of them, always the same.
func TestMutations(t *testing.T) {
	words := regexp.MustCompile(`"[^"\n]*"|[A-Za-z_#]+|[0-9.]+|[{}\[\]:*|&]`)
	others := []string{"", "null", "3", `"x"`, "[]", "{}", "_", "_|_", "string", "*1|int", "cluster", "cluster.name", "{...}", "[...]", "environments", "(#X)", "if true {a: 1}", "a!: int"}
	path := filepath.Join(t.TempDir(), "spec.cue")
	type place struct {
		data       []byte
		begin, end int
	}
	var places []place
	for _, data := range planted(t, ".cue") {
		for _, at := range words.FindAllIndex(data, -1) {
			places = append(places, place{data, at[0], at[1]})
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		p, other := places[r.IntN(len(places))], others[r.IntN(len(others))]
		answer(t, path, slices.Concat(p.data[:p.begin], []byte(other), p.data[p.end:]))
	}
}

// planted returns the files of testdata/errors that have the extension.
func planted(t testing.TB, ext string) [][]byte {
	t.Helper()
	archives, err := filepath.Glob("../../../testdata/errors/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var files [][]byte
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == ext {
				files = append(files, file.Data)
			}
		}
	}
	return files
}

// answer checks that there is an answer to data, whatever it holds: each
// diagnostic says something, CUE finds no fault with what passes, and that
// can be decoded.
func answer(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	src, diags, err := load.Load(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if src == nil {
		says(t, diags, data)
		return
	}
	envs, base, diags := validate.Validate(src)
	spec.DecodePartial(base)
	for _, env := range envs {
		spec.DecodePartial(env.Value)
	}
	if diags.HasErrors() {
		says(t, diags, data)
		return
	}
	if err := src.Value.Validate(); err != nil {
		t.Errorf("passes, but CUE says %v:\n%s", err, data)
	}
	for _, env := range envs {
		if _, err := spec.Decode(env.Value); err != nil {
			t.Errorf("%v:\n%s", err, data)
		}
	}
}

func says(t *testing.T, diags diag.List, data []byte) {
	t.Helper()
	if len(diags) == 0 {
		t.Errorf("no source and no diagnostics:\n%s", data)
	}
	for _, d := range diags {
		if d.Message == "" || d.Code == "" || !d.Pos.IsValid() || strings.Contains(d.Message, "failed inside") {
			t.Errorf("%+v:\n%s", d, data)
		}
	}
}
