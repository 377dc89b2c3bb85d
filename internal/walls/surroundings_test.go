package walls

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"testing"
)

// pipeline are the packages whose result may depend on nothing but the spec.
// They do read and write files, so os itself stays allowed. pkg/diff is not
// among them: it asks git for what was committed.
var pipeline = []string{"pkg/compile", "pkg/ir", "pkg/emit", "pkg/canon", "pkg/catalog", "pkg/diag", "schemas"}

// forbidden are the names through which clock, machine, user, chance or
// network would reach the pipeline; an empty list means the whole package. A
// timer that ends a runaway spec is fine: it decides no byte of the output.
var forbidden = map[string][]string{
	"time":          {"Now", "Since", "Until"},
	"os":            {"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Hostname", "Getpid", "UserHomeDir", "Stdout", "Stderr", "Stdin", "Args", "Exit"},
	"fmt":           {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
	"math/rand":     nil,
	"math/rand/v2":  nil,
	"crypto/rand":   nil,
	"net":           nil,
	"net/http":      nil,
	"log":           nil,
	"log/slog":      nil,
	"os/user":       nil,
	"runtime/debug": nil,
}

func TestSurroundings(t *testing.T) {
	holds(t, surroundings)
}

func TestSurroundingsSeesViolations(t *testing.T) {
	sees(t, surroundings, []planted{
		{"pkg/ir/x.go", "package x\nimport \"time\"\nvar t = time.Now()\n", "x.go:3: time.Now"},
		{"pkg/ir/x.go", "package x\nimport clock \"time\"\nvar t = clock.Now\n", "x.go:3: time.Now"},
		{"pkg/emit/x.go", "package x\nimport \"os\"\nvar h = os.Getenv(\"HOME\")\n", "os.Getenv"},
		{"pkg/emit/x.go", "package x\nimport \"fmt\"\nfunc f() { fmt.Println() }\n", "fmt.Println"},
		{"pkg/catalog/x.go", "package x\nimport \"math/rand/v2\"\nvar r = rand.Int()\n", "math/rand/v2"},
		{"pkg/compile/x.go", "package x\nimport _ \"net/http\"\n", "net/http"},
		{"pkg/emit/x.go", "package x\nimport . \"os\"\n", "dot import"},
		{"pkg/compile/x.go", "package x\nimport \"net/netip\"\nvar a netip.Addr\n", ""},
		{"pkg/emit/x.go", "package x\nimport \"os\"\nvar f = os.Open\n", ""},
		{"pkg/emit/x_test.go", "package x\nimport \"os\"\nvar f = os.Getenv\n", ""},
		{"cmd/ekscc/x.go", "package x\nimport \"fmt\"\nfunc f() { fmt.Println() }\n", ""},
	})
}

// surroundings reports uses of forbidden names in the pipeline. Programs that
// generate code or data are no part of it.
func surroundings(f file) []string {
	if f.isTest() || !below(f.dir(), pipeline...) || f.syntax.Name.Name == "main" {
		return nil
	}
	var violations []string
	imports := f.imports()
	for _, importPath := range slices.Sorted(maps.Keys(imports)) {
		names, known := forbidden[importPath]
		switch {
		case !known:
		case len(names) == 0:
			violations = append(violations, fmt.Sprintf("%s: imports %s, but the pipeline depends on nothing but the spec", f.path, importPath))
		case imports[importPath] == ".":
			violations = append(violations, fmt.Sprintf("%s: dot import of %s", f.path, importPath))
		default:
			violations = append(violations, uses(f, importPath, imports[importPath], names)...)
		}
	}
	return violations
}

// uses reports each selection of one of names from the package that f imports
// as local.
func uses(f file, importPath, local string, names []string) []string {
	var violations []string
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := selector.X.(*ast.Ident); ok && pkg.Name == local && slices.Contains(names, selector.Sel.Name) {
			violations = append(violations, fmt.Sprintf("%s: %s.%s, but the pipeline depends on nothing but the spec", f.at(n), importPath, selector.Sel.Name))
		}
		return true
	})
	return violations
}
