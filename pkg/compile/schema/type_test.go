package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/load"

	"github.com/ekscc/ekscc/schemas"
)

// What is read from the syntax of the schema has to be what CUE makes of the
// schema.
func TestSpec(t *testing.T) {
	instance := load.Instances([]string{"./" + schemas.Version}, &load.Config{FS: schemas.FS, Dir: "/", SkipImports: true})[0]
	v := cuecontext.New().BuildInstance(instance).LookupPath(cue.ParsePath("#Spec"))
	want, err := evaluated(v)
	if err != nil {
		t.Fatal(err)
	}
	want.Name, want.Doc = "Spec", evaluatedDoc(v)
	compare(t, "", Spec(), want)
}

func compare(t *testing.T, path string, got, want *Type) {
	t.Helper()
	if got, want := describe(got), describe(want); got != want {
		t.Errorf("%s: got %s, want %s", path, got, want)
	}
	// CUE puts the fields of an embedded definition among the others.
	names, wanted := slices.Sorted(slices.Values(got.Names())), slices.Sorted(slices.Values(want.Names()))
	if !slices.Equal(names, wanted) || (got.Element() == nil) != (want.Element() == nil) {
		t.Fatalf("%s: got %q, want %q", path, names, wanted)
	}
	for _, f := range got.Fields {
		evaluated := want.Field(f.Name)
		if got, want := describeField(f), describeField(evaluated); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
		compare(t, path+"."+f.Name, f.Type(), evaluated.Type())
	}
	if got.Element() != nil {
		compare(t, path+"[]", got.Element(), want.Element())
	}
}

// describe writes down what t says, but for its fields and its element.
func describe(t *Type) string {
	return fmt.Sprintf("%s %s %q, open %t, enum %q, pattern %v, default %#v", t.Kind, t.Name, t.Doc, t.Open, t.Enum, t.Pattern, t.Default)
}

func describeField(f *Field) string {
	return fmt.Sprintf("%s %q, required %t, optional %t", f.Name, f.Doc, f.Required, f.Optional)
}

var evaluatedKinds = map[cue.Kind]Kind{
	cue.BoolKind: Bool, cue.IntKind: Int, cue.ListKind: List, cue.StringKind: String, cue.StructKind: Object, cue.TopKind: Any,
}

// evaluated returns the type that v, a type in the schema, is to CUE.
func evaluated(v cue.Value) (*Type, error) {
	t := &Type{Kind: evaluatedKinds[v.IncompleteKind()]}
	if root, path := v.ReferencePath(); len(path.Selectors()) > 0 {
		t.Name = strings.TrimPrefix(path.String(), "#")
		t.Doc = evaluatedDoc(root.LookupPath(path))
	}
	var err error
	switch t.Kind {
	case Any:
	case Object:
		err = t.evaluateStruct(v)
	case List:
		t.element, err = evaluatedType(v.LookupPath(cue.MakePath(cue.AnyIndex)))
	case String, Int, Bool:
		err = t.evaluateScalar(v)
	default:
		err = fmt.Errorf("%v: values of kind %v are not supported", v.Path(), v.IncompleteKind())
	}
	return t, err
}

func evaluatedType(v cue.Value) (func() *Type, error) {
	t, err := evaluated(v)
	return always(t), err
}

func (t *Type) evaluateStruct(v cue.Value) error {
	iter, err := v.Fields(cue.Optional(true))
	if err != nil {
		return err
	}
	for iter.Next() {
		sel := iter.Selector()
		f := &Field{
			Name:     sel.Unquoted(),
			Doc:      evaluatedDoc(iter.Value()),
			Required: sel.ConstraintType() == cue.RequiredConstraint,
			Optional: sel.ConstraintType() == cue.OptionalConstraint,
		}
		if f.typ, err = evaluatedType(iter.Value()); err != nil {
			return err
		}
		t.Fields = append(t.Fields, f)
	}
	t.Open = v.Allows(cue.AnyString)
	element := v.LookupPath(cue.MakePath(cue.Str("no field of the schema").Optional()))
	if !element.Exists() || t.Open && len(t.Fields) > 0 {
		return nil
	}
	t.Open = false
	if len(t.Fields) == 0 {
		t.Kind = Map
	}
	t.element, err = evaluatedType(element)
	return err
}

func (t *Type) evaluateScalar(v cue.Value) error {
	if d, ok := v.Default(); ok && d.IsConcrete() {
		if err := d.Decode(&t.Default); err != nil {
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
		t.Pattern, err = regexp.Compile(expr)
		return err
	case cue.OrOp:
		t.Enum = evaluatedEnum(args)
	default:
		return fmt.Errorf("%v: operator %v is not supported", v.Path(), op)
	}
	return nil
}

// evaluatedEnum returns the strings of a disjunction, or nil if there is
// something else in it, such as the type in *true | bool.
func evaluatedEnum(args []cue.Value) []string {
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

func evaluatedDoc(v cue.Value) string {
	var paragraphs []string
	for _, group := range v.Doc() {
		for p := range strings.SplitSeq(strings.TrimSpace(group.Text()), "\n\n") {
			paragraphs = append(paragraphs, strings.Join(strings.Fields(p), " "))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}
