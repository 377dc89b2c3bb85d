package load

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/ekscc/ekscc/pkg/diag"
)

// index knows where the files of a spec write down each field. CUE's values
// know positions too, but of a field that is written twice they give that of
// some value, not that of the name. What comes from patterns, comprehensions
// and references is not in the index.
type index struct {
	names names
	at    map[string]diag.Pos
}

// Declared returns the first place where the spec's files write down the
// field at path by name, or the zero position.
func (s *Source) Declared(path []string) diag.Pos {
	s.indexOnce.Do(func() {
		s.index = index{names: s.names, at: map[string]diag.Pos{}}
		for _, file := range s.files {
			s.index.decls(nil, file.Decls)
		}
	})
	return s.index.at[key(path)]
}

func key(path []string) string { return strings.Join(path, "\x00") }

func (x index) decls(path []string, decls []ast.Decl) {
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.Field:
			x.field(path, d)
		case *ast.EmbedDecl:
			x.expr(path, d.Expr)
		}
	}
}

func (x index) field(path []string, f *ast.Field) {
	name, _, err := ast.LabelName(f.Label)
	if err != nil || f.Constraint != token.ILLEGAL {
		return // a pattern, an interpolated name, or a constraint
	}
	path = append(slices.Clip(path), name)
	x.add(path, f.Label.Pos())
	x.expr(path, f.Value)
}

func (x index) expr(path []string, expr ast.Expr) {
	switch e := expr.(type) {
	case *ast.StructLit:
		x.decls(path, e.Elts)
	case *ast.ListLit:
		for i, elem := range e.Elts {
			path := append(slices.Clip(path), strconv.Itoa(i))
			x.add(path, elem.Pos())
			x.expr(path, elem)
		}
	case *ast.ParenExpr:
		x.expr(path, e.X)
	case *ast.BinaryExpr:
		if e.Op == token.AND || e.Op == token.OR {
			x.expr(path, e.X)
			x.expr(path, e.Y)
		}
	case *ast.UnaryExpr: // the mark of a default
		x.expr(path, e.X)
	}
}

func (x index) add(path []string, p token.Pos) {
	pos := x.names.pos(p)
	if old, ok := x.at[key(path)]; pos.IsValid() && (!ok || pos.Compare(old) < 0) {
		x.at[key(path)] = pos
	}
}
