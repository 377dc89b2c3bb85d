package schema

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// reader reads types from the syntax of the schema. The schema keeps to a
// small part of CUE, and to evaluate it would take longer than all the rest
// of a run. A test holds the result against what CUE makes of the schema.
type reader struct {
	definitions map[string]*ast.Field // those that are not read yet
	types       map[string]*Type      // those that are
}

// read returns the type of #Spec in files. It is an error if they hold more
// of CUE than reader knows.
func read(files map[string][]byte) (*Type, error) {
	parsed, err := parse(files)
	if err != nil {
		return nil, fmt.Errorf("failed to parse the schema: %w", err)
	}
	r := reader{definitions: map[string]*ast.Field{}, types: map[string]*Type{}}
	for _, file := range parsed {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.Field); ok {
				r.definitions[nameOf(f)] = f
			}
		}
	}
	t, err := r.definition("#Spec")
	if err != nil {
		return nil, fmt.Errorf("failed to read the schema: %w", err)
	}
	return t, nil
}

// parse parses the files side by side: it is most of the work.
func parse(files map[string][]byte) ([]*ast.File, error) {
	names := slices.Sorted(maps.Keys(files))
	parsed, errs := make([]*ast.File, len(names)), make([]error, len(names))
	var group sync.WaitGroup
	for i, name := range names {
		group.Go(func() { parsed[i], errs[i] = parser.ParseFile(name, files[name], parser.ParseComments) })
	}
	group.Wait()
	return parsed, errors.Join(errs...)
}

func (r *reader) definition(name string) (*Type, error) {
	if t := r.types[name]; t != nil {
		return t, nil
	}
	f := r.definitions[name]
	if f == nil {
		return nil, fmt.Errorf("no definition %s", name)
	}
	delete(r.definitions, name) // a definition cannot hold itself
	t, err := r.expr(f.Value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	named := *t // t may be another definition
	named.Name, named.Doc = strings.TrimPrefix(name, "#"), docOf(f)
	r.types[name] = &named
	return &named, nil
}

func (r *reader) expr(expr ast.Expr) (*Type, error) {
	switch e := expr.(type) {
	case *ast.Ident:
		if kind, ok := basicKinds[e.Name]; ok {
			return &Type{Kind: kind}, nil
		}
		return r.definition(e.Name)
	case *ast.ParenExpr:
		return r.expr(e.X)
	case *ast.StructLit:
		return r.structure(e)
	case *ast.ListLit:
		return r.list(e)
	case *ast.UnaryExpr:
		if e.Op == token.MAT {
			return matching(e.X)
		}
	case *ast.BinaryExpr:
		if e.Op == token.OR {
			return disjunction(e)
		}
	}
	return nil, fmt.Errorf("cannot read an expression of type %T", expr)
}

// list reads [...T].
func (r *reader) list(lit *ast.ListLit) (*Type, error) {
	if len(lit.Elts) == 1 {
		if rest, ok := lit.Elts[0].(*ast.Ellipsis); ok {
			element, err := r.expr(rest.Type)
			return &Type{Kind: List, Element: element}, err
		}
	}
	return nil, errors.New("cannot read a list other than [...T]")
}

// structure reads an object or a map.
func (r *reader) structure(lit *ast.StructLit) (*Type, error) {
	t := &Type{Kind: Object}
	for _, decl := range lit.Elts {
		if err := r.declaration(t, decl); err != nil {
			return nil, err
		}
	}
	switch {
	case len(t.Fields) > 0 && t.Kind == Map:
		return nil, errors.New("cannot read a struct with both fields and [string]; leave the fields out of the pattern")
	case len(t.Fields) == 0 && t.Open:
		return &Type{Kind: Map, Element: &Type{Kind: Any}}, nil
	}
	return t, nil
}

func (r *reader) declaration(t *Type, decl ast.Decl) error {
	switch d := decl.(type) {
	case *ast.Ellipsis:
		t.Open = true
	case *ast.EmbedDecl:
		shared, err := r.expr(d.Expr)
		if err != nil {
			return err
		}
		t.Fields = append(t.Fields, shared.Fields...)
		t.Open = t.Open || shared.Open
	case *ast.Field:
		return r.field(t, d)
	default:
		return fmt.Errorf("cannot read a declaration of type %T", decl)
	}
	return nil
}

func (r *reader) field(t *Type, f *ast.Field) error {
	value, err := r.expr(f.Value)
	if err != nil {
		return fmt.Errorf("%s: %w", nameOf(f), err)
	}
	if pattern, ok := f.Label.(*ast.ListLit); ok {
		t.Element = value
		return r.pattern(t, pattern)
	}
	t.Fields = append(t.Fields, &Field{
		Name:     nameOf(f),
		Doc:      docOf(f),
		Required: f.Constraint == token.NOT,
		Optional: f.Constraint == token.OPTION,
		Type:     value,
	})
	return nil
}

// pattern reads the label of a field that stands for many: [string], which is
// every field of a map, or [!~"^(a|b)$"], every field of t but those that it
// names and that the pattern repeats. CUE would apply [string] to these too.
func (r *reader) pattern(t *Type, label *ast.ListLit) error {
	if len(label.Elts) != 1 {
		return errors.New("cannot read a pattern of several parts")
	}
	if ident, ok := label.Elts[0].(*ast.Ident); ok && ident.Name == "string" {
		t.Kind = Map
		return nil
	}
	but, ok := label.Elts[0].(*ast.UnaryExpr)
	if !ok || but.Op != token.NMAT {
		return errors.New("cannot read a pattern other than [string] and [!~...]")
	}
	text, _, err := scalar(but.X)
	if want := "^(" + strings.Join(t.Names(), "|") + ")$"; err == nil && text != want {
		err = fmt.Errorf("the pattern has to be [!~%q], the names of the fields above it", want)
	}
	return err
}

func nameOf(f *ast.Field) string {
	name, _, _ := ast.LabelName(f.Label)
	return name
}

// docOf returns the documentation of f, its lines joined to paragraphs.
func docOf(f *ast.Field) string {
	var paragraphs []string
	for _, group := range ast.Comments(f) {
		if !group.Doc {
			continue
		}
		for p := range strings.SplitSeq(strings.TrimSpace(group.Text()), "\n\n") {
			paragraphs = append(paragraphs, strings.Join(strings.Fields(p), " "))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
