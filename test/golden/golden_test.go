// Package golden_test compiles every example and every golden case, and holds
// the result against the tree that is committed beside the spec.
package golden_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
	"github.com/ekscc/ekscc/pkg/ir"
)

var update = flag.Bool("update", false, "write what the specs compile to now")

// root is the repository, seen from this package.
const root = "../.."

// specs are the directories of all examples and golden cases.
func specs(t testing.TB) []string {
	var dirs []string
	for _, pattern := range []string{"examples/*", "testdata/golden/*"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range found {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				dirs = append(dirs, dir)
			}
		}
	}
	if len(dirs) < 2 {
		t.Fatalf("found only %d specs below %s", len(dirs), root)
	}
	return dirs
}

// specIn is the spec in a directory: the file spec.yaml, or the directory's CUE
// package.
func specIn(dir string) string {
	if file := filepath.Join(dir, "spec.yaml"); isFile(file) {
		return file
	}
	return dir
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// compiled is what the spec in dir compiles to. It may warn about nothing.
func compiled(t testing.TB, dir string) (*ir.Model, emit.Set) {
	t.Helper()
	model, diags, err := compile.Compile(compile.Input{Path: specIn(dir)})
	if err != nil {
		t.Fatal(err)
	}
	if len(diags) > 0 {
		diag.WriteText(os.Stderr, diags)
		t.Fatalf("%s has problems", dir)
	}
	set, err := emit.Emit(model)
	if err != nil {
		t.Fatal(err)
	}
	return model, set
}

func TestGolden(t *testing.T) {
	for _, dir := range specs(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			_, set := compiled(t, dir)
			out := filepath.Join(dir, "generated")
			if *update {
				if err := emit.Write(out, set, emit.WriteOptions{Force: true}); err != nil {
					t.Fatal(err)
				}
			}
			drifts, err := emit.Check(out, set)
			if err != nil {
				t.Fatal(err)
			}
			for _, drift := range drifts {
				t.Errorf("%v (go test ./test/golden -update writes it anew)", drift)
			}
		})
	}
}
