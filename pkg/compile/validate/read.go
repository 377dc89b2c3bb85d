package validate

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"github.com/ekscc/ekscc/schemas"
)

// specNode is the schema's #Spec.
var specNode = sync.OnceValue(func() *node {
	var files [][]byte
	err := fs.WalkDir(schemas.FS, schemas.Version, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := schemas.FS.ReadFile(name)
		files = append(files, data)
		return err
	})
	if err == nil {
		var spec *node
		if spec, err = readSchema(files...); err == nil {
			return spec
		}
	}
	panic(fmt.Sprintf("the schema in this binary is broken: %v", err)) // the tests read it
})

// reader reads the schema from its syntax. The schema keeps to a small part
// of CUE, and to evaluate it would take longer than all the rest of a run. A
// test holds the result against what CUE makes of the schema.
type reader struct {
	definitions map[string]*ast.Field
	nodes       map[string]*node
}

// readSchema returns the node of #Spec in files. It is an error if they hold
// more of CUE than reader knows.
func readSchema(files ...[]byte) (*node, error) {
	r := reader{definitions: map[string]*ast.Field{}, nodes: map[string]*node{}}
	for _, data := range files {
		file, err := parser.ParseFile("schema", data, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.Field); ok {
				r.definitions[labelName(f)] = f
			}
		}
	}
	return r.definition("#Spec")
}

func (r *reader) definition(name string) (*node, error) {
	if n := r.nodes[name]; n != nil {
		return n, nil
	}
	f := r.definitions[name]
	if f == nil {
		return nil, fmt.Errorf("no definition %s", name)
	}
	delete(r.definitions, name) // a definition cannot hold itself
	n, err := r.expr(f.Value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r.nodes[name] = n
	return n, nil
}

var basicKinds = map[string]cue.Kind{"string": cue.StringKind, "int": cue.IntKind, "bool": cue.BoolKind}

func (r *reader) expr(expr ast.Expr) (*node, error) {
	switch e := expr.(type) {
	case *ast.Ident:
		if kind, ok := basicKinds[e.Name]; ok {
			return &node{kind: kind}, nil
		}
		return r.definition(e.Name)
	case *ast.ParenExpr:
		return r.expr(e.X)
	case *ast.StructLit:
		n := &node{kind: cue.StructKind, byName: map[string]*node{}}
		return n, r.fields(n, e)
	case *ast.ListLit:
		if len(e.Elts) == 1 {
			return r.list(e.Elts[0])
		}
	case *ast.UnaryExpr:
		if e.Op == token.MAT {
			return matching(e.X)
		}
	case *ast.BinaryExpr:
		if e.Op == token.OR {
			return r.disjunction(e)
		}
	}
	return nil, fmt.Errorf("cannot read an expression of type %T", expr)
}

// list reads the ...T of [...T].
func (r *reader) list(elem ast.Expr) (*node, error) {
	rest, ok := elem.(*ast.Ellipsis)
	if !ok {
		return nil, fmt.Errorf("cannot read a list of %T", elem)
	}
	n, err := r.expr(rest.Type)
	return &node{kind: cue.ListKind, elem: n}, err
}

func (r *reader) fields(n *node, lit *ast.StructLit) error {
	for _, decl := range lit.Elts {
		var err error
		switch d := decl.(type) {
		case *ast.Ellipsis:
			n.open = true
		case *ast.EmbedDecl:
			err = r.embed(n, d.Expr)
		case *ast.Field:
			err = r.field(n, d)
		default:
			err = fmt.Errorf("cannot read a declaration of type %T", decl)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) embed(n *node, expr ast.Expr) error {
	shared, err := r.expr(expr)
	if err != nil {
		return err
	}
	for _, f := range shared.fields {
		n.fields = append(n.fields, f)
		n.byName[f.name] = f.node
	}
	return nil
}

func (r *reader) field(n *node, f *ast.Field) error {
	value, err := r.expr(f.Value)
	if err != nil {
		return fmt.Errorf("%s: %w", labelName(f), err)
	}
	if _, ok := f.Label.(*ast.ListLit); ok { // [string]: what every field is
		n.open, n.elem = true, value
		return nil
	}
	name := labelName(f)
	n.byName[name] = value
	n.fields = append(n.fields, &field{
		name:     name,
		doc:      fieldDoc(f),
		required: f.Constraint == token.NOT,
		optional: f.Constraint == token.OPTION,
		node:     value,
	})
	return nil
}

// disjunction reads the alternatives of a string, or a type with a default.
func (r *reader) disjunction(expr *ast.BinaryExpr) (*node, error) {
	n := &node{}
	for _, alternative := range flatten(expr) {
		marked, isDefault := alternative.(*ast.UnaryExpr)
		if isDefault && marked.Op == token.MUL {
			alternative = marked.X
		}
		if ident, ok := alternative.(*ast.Ident); ok {
			n.kind, n.enum = basicKinds[ident.Name], nil
			continue
		}
		value, kind, err := scalarLiteral(alternative)
		if err != nil {
			return nil, err
		}
		if n.kind = kind; kind == cue.StringKind {
			n.enum = append(n.enum, value.(string))
		}
		if isDefault {
			n.fallback = value
		}
	}
	return n, nil
}

func flatten(expr ast.Expr) []ast.Expr {
	if e, ok := expr.(*ast.BinaryExpr); ok && e.Op == token.OR {
		return append(flatten(e.X), flatten(e.Y)...)
	}
	return []ast.Expr{expr}
}

func scalarLiteral(expr ast.Expr) (any, cue.Kind, error) {
	lit, ok := expr.(*ast.BasicLit)
	if !ok {
		return nil, 0, fmt.Errorf("cannot read an alternative of type %T", expr)
	}
	switch lit.Kind {
	case token.TRUE, token.FALSE:
		return lit.Kind == token.TRUE, cue.BoolKind, nil
	case token.INT:
		i, err := strconv.Atoi(lit.Value)
		return i, cue.IntKind, err
	}
	s, err := literal.Unquote(lit.Value)
	return s, cue.StringKind, err
}

func matching(expr ast.Expr) (*node, error) {
	value, kind, err := scalarLiteral(expr)
	if err != nil || kind != cue.StringKind {
		return nil, errors.Join(err, errors.New("=~ takes a string"))
	}
	pattern, err := regexp.Compile(value.(string))
	return &node{kind: cue.StringKind, pattern: pattern}, err
}

func labelName(f *ast.Field) string {
	name, _, _ := ast.LabelName(f.Label)
	return name
}

// fieldDoc is the first sentence of a field's documentation.
func fieldDoc(f *ast.Field) string {
	for _, group := range ast.Comments(f) {
		if group.Doc {
			return firstSentence(strings.Join(strings.Fields(group.Text()), " "))
		}
	}
	return ""
}

func firstSentence(text string) string {
	sentence, _, _ := strings.Cut(text, ". ")
	return strings.TrimSuffix(sentence, ".")
}
