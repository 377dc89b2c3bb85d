package schema

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// reader reads types from the text of the schema, each definition when it is
// first asked for: a spec uses a small part of the schema, and to parse the
// rest would take longer than much of a run. The schema keeps to a small part
// of CUE, and a test holds the result against what CUE makes of it.
type reader struct {
	mu    sync.Mutex
	texts map[string][]byte // the definitions that are not read yet
	types map[string]*Type  // those that have been read
}

// Read returns the type of #Spec in files. It is an error if that definition
// holds more of CUE than reader knows; in another one, that is a panic where it
// is asked for.
func Read(files map[string][]byte) (*Type, error) {
	r := &reader{texts: map[string][]byte{}, types: map[string]*Type{}}
	for _, text := range files {
		r.split(text)
	}
	t, err := r.definition("#Spec")
	if err != nil {
		return nil, fmt.Errorf("failed to read the schema: %w", err)
	}
	return t, nil
}

// split notes the definitions of a file in CUE's canonical format, where each
// begins a line, below its documentation.
func (r *reader) split(file []byte) {
	name, begin, doc := "", 0, -1
	for at := 0; at < len(file); {
		line, _, _ := bytes.Cut(file[at:], []byte("\n"))
		switch {
		case bytes.HasPrefix(line, []byte("//")):
			if doc < 0 {
				doc = at
			}
		case bytes.HasPrefix(line, []byte("#")):
			if doc < 0 {
				doc = at
			}
			r.texts[name] = file[begin:doc]
			label, _, _ := bytes.Cut(line, []byte(":"))
			name, begin, doc = string(label), doc, -1
		default:
			doc = -1
		}
		at += len(line) + 1
	}
	r.texts[name] = file[begin:]
	delete(r.texts, "") // what is before the first definition
}

// definition returns the type that the definition is.
func (r *reader) definition(name string) (*Type, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.locked(name)
}

func (r *reader) locked(name string) (*Type, error) {
	if t := r.types[name]; t != nil {
		return t, nil
	}
	text, ok := r.texts[name]
	if !ok {
		return nil, fmt.Errorf("no definition %s", name)
	}
	delete(r.texts, name) // a definition cannot hold itself
	f, err := parse(name, text)
	if err != nil {
		return nil, err
	}
	t, err := r.expr(f.Value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	named := *t // t may be another definition
	named.Name, named.Doc = strings.TrimPrefix(name, "#"), docOf(f)
	r.types[name] = &named
	return &named, nil
}

func parse(name string, text []byte) (*ast.Field, error) {
	file, err := parser.ParseFile(name, text, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("failed to parse the schema: %w", err)
	}
	if f, ok := file.Decls[0].(*ast.Field); ok && len(file.Decls) == 1 {
		return f, nil
	}
	return nil, fmt.Errorf("%s: cannot read a definition that is no field of its own", name)
}

// later returns what gives the type of a value: of a definition, once it is
// asked for.
func (r *reader) later(expr ast.Expr) (func() *Type, error) {
	if ident, ok := expr.(*ast.Ident); ok && basicKinds[ident.Name] == "" {
		if r.texts[ident.Name] == nil && r.types[ident.Name] == nil {
			return nil, fmt.Errorf("no definition %s", ident.Name)
		}
		return func() *Type {
			t, err := r.definition(ident.Name)
			if err != nil {
				panic(err)
			}
			return t
		}, nil
	}
	t, err := r.expr(expr)
	return always(t), err
}

func (r *reader) expr(expr ast.Expr) (*Type, error) {
	switch e := expr.(type) {
	case *ast.Ident:
		if kind, ok := basicKinds[e.Name]; ok {
			return &Type{Kind: kind}, nil
		}
		return r.locked(e.Name)
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
			element, err := r.later(rest.Type)
			return &Type{Kind: List, element: element}, err
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
		return &Type{Kind: Map, element: always(anything)}, nil
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
	value, err := r.later(f.Value)
	if err != nil {
		return fmt.Errorf("%s: %w", nameOf(f), err)
	}
	if pattern, ok := f.Label.(*ast.ListLit); ok {
		t.element = value
		return r.pattern(t, pattern)
	}
	t.Fields = append(t.Fields, &Field{
		Name:     nameOf(f),
		Doc:      docOf(f),
		Required: f.Constraint == token.NOT,
		Optional: f.Constraint == token.OPTION,
		typ:      value,
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
