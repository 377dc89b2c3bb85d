package schemas_test

import (
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"github.com/ekscc/ekscc/schemas"
)

// TestImportable holds that the importable schema is the schema without its
// defaults, whatever form they have.
func TestImportable(t *testing.T) {
	files, err := schemas.Importable()
	if err != nil {
		t.Fatal(err)
	}
	defaults := 0
	for name, content := range files {
		original, err := schemas.FS.ReadFile(schemas.Version + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defaults += stars(t, name, original)
		if n := stars(t, name, content); n > 0 {
			t.Errorf("%s has %d defaults left", name, n)
		}
	}
	if defaults == 0 {
		t.Error("the schema has no defaults to leave out: this test sees nothing")
	}
}

// stars counts the defaults in a CUE file.
func stars(t *testing.T, name string, content []byte) int {
	file, err := parser.ParseFile(name, content)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Walk(file, nil, func(node ast.Node) {
		if unary, ok := node.(*ast.UnaryExpr); ok && unary.Op == token.MUL {
			n++
		}
	})
	return n
}
