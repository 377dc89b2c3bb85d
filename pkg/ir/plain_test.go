package ir_test

import (
	"reflect"
	"testing"

	"github.com/ekscc/ekscc/pkg/ir"
)

// TestPlain writes every kind of value in its long form, and reads it again.
func TestPlain(t *testing.T) {
	for _, test := range []struct {
		name  string
		value ir.Value
		want  any
	}{
		{"texts, numbers and bools", ir.List{"a", 1, 1.5, true}, []any{"a", 1, 1.5, true}},
		{"a reference", ir.Ref("A"), map[string]any{"Ref": "A"}},
		{"an attribute", ir.GetAtt{ID: "A", Attribute: "B.C"}, map[string]any{"Fn::GetAtt": []any{"A", "B.C"}}},
		{"an import", ir.ImportValue("a:B"), map[string]any{"Fn::ImportValue": "a:B"}},
		{"a text", ir.Sub{Text: "${A}"}, map[string]any{"Fn::Sub": "${A}"}},
		{"a text with variables", ir.Sub{Text: "${a}", Vars: ir.Map{"a": ir.Ref("A")}}, map[string]any{"Fn::Sub": []any{"${a}", map[string]any{"a": map[string]any{"Ref": "A"}}}}},
		{"base64", ir.Base64{Value: ir.Sub{Text: "a"}}, map[string]any{"Fn::Base64": map[string]any{"Fn::Sub": "a"}}},
		{"a choice", ir.Function{Name: "Fn::If", Argument: ir.List{"C", ir.Ref("A"), "b"}}, map[string]any{"Fn::If": []any{"C", map[string]any{"Ref": "A"}, "b"}}},
		{"an import of what a function makes", ir.Function{Name: "Fn::ImportValue", Argument: ir.Sub{Text: "${A}"}}, map[string]any{"Fn::ImportValue": map[string]any{"Fn::Sub": "${A}"}}},
		{"a condition", ir.Function{Name: "Condition", Argument: "C"}, map[string]any{"Condition": "C"}},
		{"the conditions of a policy", ir.Map{"Condition": ir.Map{"Bool": ir.Map{"a": "b"}}}, map[string]any{"Condition": map[string]any{"Bool": map[string]any{"a": "b"}}}},
		{"a function among other members", ir.Map{"Ref": "A", "b": "c"}, map[string]any{"Ref": "A", "b": "c"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			plain, err := ir.Plain(test.value)
			if err != nil || !reflect.DeepEqual(plain, test.want) {
				t.Errorf("Plain: got %v, %v, want %v", plain, err, test.want)
			}
			if value := ir.Parse(test.want); !reflect.DeepEqual(value, test.value) {
				t.Errorf("Parse: got %#v, want %#v", value, test.value)
			}
		})
	}
}

func TestPlainRefuses(t *testing.T) {
	for _, value := range []ir.Value{nil, []string{"a"}, ir.List{nil}, ir.Map{"a": int64(1)}, ir.Base64{}} {
		if plain, err := ir.Plain(value); err == nil {
			t.Errorf("%#v became %v", value, plain)
		}
	}
}

// The attribute may be written behind a dot.
func TestParseGetAtt(t *testing.T) {
	if got := ir.Parse(map[string]any{"Fn::GetAtt": "A.B.C"}); got != (ir.GetAtt{ID: "A", Attribute: "B.C"}) {
		t.Errorf("got %#v", got)
	}
}
