package validate

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/load"

	"github.com/ekscc/ekscc/schemas"
)

// The tree that is read from the syntax of the schema has to say what CUE
// makes of the schema.
func TestSpecNode(t *testing.T) {
	inst := load.Instances([]string{"./" + schemas.Version}, &load.Config{FS: schemas.FS, Dir: "/", SkipImports: true})[0]
	root := cuecontext.New().BuildInstance(inst)
	want, err := evaluated(root.LookupPath(cue.ParsePath("#Spec")))
	if err != nil {
		t.Fatal(err)
	}
	compareNodes(t, "", specNode(), want)
}

func compareNodes(t *testing.T, path string, got, want *node) {
	t.Helper()
	if got.kind != want.kind || got.open != want.open || !reflect.DeepEqual(got.enum, want.enum) || fmt.Sprint(got.pattern) != fmt.Sprint(want.pattern) || fmt.Sprint(got.fallback) != fmt.Sprint(want.fallback) {
		t.Errorf("%s: got %+v, want %+v", path, got, want)
	}
	if !reflect.DeepEqual(got.names(), want.names()) || (got.elem == nil) != (want.elem == nil) {
		t.Fatalf("%s: got %v, want %v", path, got.names(), want.names())
	}
	for i, f := range got.fields {
		w := want.fields[i]
		if f.doc != w.doc || f.required != w.required || f.optional != w.optional || got.byName[f.name] != f.node {
			t.Errorf("%s.%s: got %+v, want %+v", path, f.name, f, w)
		}
		compareNodes(t, path+"."+f.name, f.node, w.node)
	}
	if got.elem != nil {
		compareNodes(t, path+"[]", got.elem, want.elem)
	}
}

func TestReadSchemaRefuses(t *testing.T) {
	for _, source := range []string{
		`#Spec: a: #Missing`,
		`#Spec: a: 1 + 2`,
		`#Spec: a: "x"`,
		`#Spec: a: [string]`,
		`#Spec: a: "x" | {b: int}`,
		`#Spec: a: =~"("`,
		`#Spec: {if true {a: int}}`,
		`#Spec: a: float`,
		`#Other: a: int`,
		`#Spec: a: []`,
		`#Spec: a?: #Spec`,
	} {
		if n, err := readSchema([]byte(source)); err == nil {
			t.Errorf("%s: got %+v, want an error", source, n)
		}
	}
}

func evaluated(v cue.Value) (*node, error) {
	n := &node{kind: v.IncompleteKind()}
	var err error
	switch n.kind {
	case cue.StructKind:
		err = n.readStruct(v)
	case cue.ListKind:
		n.elem, err = evaluated(v.LookupPath(cue.MakePath(cue.AnyIndex)))
	case cue.StringKind, cue.IntKind, cue.BoolKind:
		err = n.readScalar(v)
	default:
		err = fmt.Errorf("%v: values of kind %v are not supported", v.Path(), n.kind)
	}
	return n, err
}

func (n *node) readStruct(v cue.Value) error {
	iter, err := v.Fields(cue.Optional(true))
	if err != nil {
		return err
	}
	n.byName = map[string]*node{}
	for iter.Next() {
		sel := iter.Selector()
		f := &field{
			name:     sel.Unquoted(),
			doc:      evaluatedDoc(iter.Value()),
			required: sel.ConstraintType() == cue.RequiredConstraint,
			optional: sel.ConstraintType() == cue.OptionalConstraint,
		}
		if f.node, err = evaluated(iter.Value()); err != nil {
			return err
		}
		n.fields = append(n.fields, f)
		n.byName[f.name] = f.node
	}
	n.open = v.Allows(cue.AnyString)
	if elem := v.LookupPath(cue.MakePath(cue.AnyString)); n.open && len(n.fields) == 0 && elem.IncompleteKind() != cue.TopKind && elem.Exists() {
		n.elem, err = evaluated(elem)
	}
	return err
}

func (n *node) readScalar(v cue.Value) error {
	if d, ok := v.Default(); ok && d.IsConcrete() {
		if err := d.Decode(&n.fallback); err != nil {
			return err
		}
	}
	switch op, args := cue.Dereference(v).Expr(); op {
	case cue.NoOp:
	case cue.RegexMatchOp:
		expr, err := args[0].String()
		if err != nil {
			return err
		}
		n.pattern, err = regexp.Compile(expr)
		return err
	case cue.OrOp:
		n.enum = alternatives(args)
	default:
		return fmt.Errorf("%v: operator %v is not supported", v.Path(), op)
	}
	return nil
}

// alternatives returns the strings of a disjunction, or nil if there is
// something else in it, such as the type in *true | bool.
func alternatives(args []cue.Value) []string {
	var enum []string
	for _, arg := range args {
		s, err := arg.String()
		if err != nil {
			return nil
		}
		enum = append(enum, s)
	}
	return enum
}

// evaluatedDoc is the first sentence of a field's documentation.
func evaluatedDoc(v cue.Value) string {
	for _, group := range v.Doc() {
		text := strings.Join(strings.Fields(group.Text()), " ")
		return firstSentence(text)
	}
	return ""
}
