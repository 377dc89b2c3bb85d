package compile_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/parser"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/emit"
)

// examples are specs that between them use most of the schema.
var examples = []string{"../../examples/mission", "../../examples/quickstart"}

func output(t testing.TB, path string) emit.Set {
	t.Helper()
	model, diags, err := compile.Compile(compile.Input{Path: path})
	if err != nil || len(diags) > 0 {
		t.Fatalf("%s: error %v, diagnostics %v", path, err, diags)
	}
	set, err := emit.Emit(model)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func same(t *testing.T, want, got emit.Set) {
	t.Helper()
	for _, path := range want.Paths() {
		if string(want[path]) != string(got[path]) {
			t.Errorf("%s differs", path)
		}
	}
	if len(want) != len(got) {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
}

func TestSameBytesEveryTime(t *testing.T) {
	for _, example := range examples {
		want := output(t, example)
		for range 50 {
			same(t, want, output(t, example))
		}
	}
}

func TestSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, example := range examples {
		runtime.GOMAXPROCS(1)
		want := output(t, example)
		runtime.GOMAXPROCS(2)
		same(t, want, output(t, example))
	}
}

func TestSameBytesInAnotherLocale(t *testing.T) {
	want := output(t, examples[0])
	for _, name := range []string{"LANG", "LC_ALL", "TZ"} {
		t.Setenv(name, "tr_TR.UTF-8")
	}
	same(t, want, output(t, examples[0]))
}

// TestSameBytesInAnyOrder shuffles the fields of the spec, and spreads them
// over files in another directory.
func TestSameBytesInAnyOrder(t *testing.T) {
	for _, example := range examples {
		want := output(t, example)
		for seed := range uint64(10) {
			dir := filepath.Join(t.TempDir(), "a spec elsewhere")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			shuffleSpec(t, rand.New(rand.NewPCG(seed, 0)), example, dir)
			same(t, want, output(t, dir))
		}
	}
}

// shuffleSpec writes the spec in from to the directory to, every declaration
// of it in a file of its own and all fields in another order.
func shuffleSpec(t *testing.T, random *rand.Rand, from, to string) {
	files, err := filepath.Glob(filepath.Join(from, "*.cue"))
	if err != nil || len(files) == 0 {
		t.Fatalf("found %v, error %v", files, err)
	}
	n := 0
	for _, file := range files {
		parsed, err := parser.ParseFile(file, nil)
		if err != nil {
			t.Fatal(err)
		}
		ast.Walk(parsed, nil, func(node ast.Node) {
			if s, ok := node.(*ast.StructLit); ok {
				random.Shuffle(len(s.Elts), func(i, j int) { s.Elts[i], s.Elts[j] = s.Elts[j], s.Elts[i] })
			}
		})
		for _, decl := range parsed.Decls {
			if _, isPackage := decl.(*ast.Package); isPackage {
				continue
			}
			data, err := format.Node(&ast.File{Decls: []ast.Decl{&ast.Package{Name: ast.NewIdent(parsed.PackageName())}, decl}})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(to, fmt.Sprintf("%d.cue", random.IntN(1000)*100+n)), data, 0o644); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
}
