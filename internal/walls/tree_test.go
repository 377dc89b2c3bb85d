package walls

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/ekscc/ekscc"

// file is one Go source file of the repository.
type file struct {
	path   string // slash-separated, from the repository's root
	fset   *token.FileSet
	syntax *ast.File
}

func (f file) dir() string     { return path.Dir(f.path) }
func (f file) isTest() bool    { return strings.HasSuffix(f.path, "_test.go") }
func (f file) generated() bool { return ast.IsGenerated(f.syntax) }

// lines is how many lines n spans.
func (f file) lines(n ast.Node) int {
	return f.fset.Position(n.End()).Line - f.fset.Position(n.Pos()).Line + 1
}

// at names the place of n as path:line.
func (f file) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", f.path, f.fset.Position(n.Pos()).Line)
}

// imports maps the paths that f imports to the names it uses them by.
func (f file) imports() map[string]string {
	names := make(map[string]string)
	for _, spec := range f.syntax.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser accepts only string literals here
		}
		names[importPath] = path.Base(importPath)
		if spec.Name != nil {
			names[importPath] = spec.Name.Name
		}
	}
	return names
}

// parse reads one source as a file of the repository.
func parse(t *testing.T, name, source string) file {
	t.Helper()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file{path: name, fset: fset, syntax: syntax}
}

// repository reads every Go file of the repository, leaving out folders that
// the go command leaves out too.
func repository(t *testing.T) []file {
	t.Helper()
	root := filepath.Join("..", "..")
	var files []file
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() && name != root && (base == "testdata" || base == "bin" || base[0] == '.' || base[0] == '_') {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(base, ".go") {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		files = append(files, parse(t, filepath.ToSlash(rel), string(source)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d Go files below %s: the walk is wrong", len(files), root)
	}
	return files
}

// below says whether the slash-separated dir is one of roots or inside one.
func below(dir string, roots ...string) bool {
	for _, root := range roots {
		if dir == root || strings.HasPrefix(dir, root+"/") {
			return true
		}
	}
	return false
}

// check is one rule: it returns a sentence for each violation in a file.
type check func(file) []string

// holds reports every violation of c in the repository.
func holds(t *testing.T, c check) {
	t.Helper()
	for _, f := range repository(t) {
		for _, violation := range c(f) {
			t.Error(violation)
		}
	}
}

// planted is a source in which a check must find what want names, or nothing
// where want is empty.
type planted struct {
	path, source, want string
}

// sees shows that c can fail, and that it accepts what is right.
func sees(t *testing.T, c check, cases []planted) {
	t.Helper()
	for _, tc := range cases {
		got := strings.Join(c(parse(t, tc.path, tc.source)), "\n")
		if tc.want == "" && got != "" {
			t.Errorf("%s: refused, but it is right: %s", tc.path, got)
		}
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s: got %q, which does not name %q", tc.path, got, tc.want)
		}
	}
}
