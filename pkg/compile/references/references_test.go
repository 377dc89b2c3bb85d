package references_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/references"
	"github.com/ekscc/ekscc/pkg/ir"
)

// value has a reference of every kind.
var value = ir.Map{
	"a": ir.Ref("A"),
	"b": ir.List{ir.GetAtt{ID: "B", Attribute: "Arn"}},
	"c": ir.Sub{Text: "${C} ${D.Arn} ${!E} ${f} ${AWS::Region}", Vars: ir.Map{"f": ir.Ref("F")}},
	"d": ir.Base64{Value: ir.Ref("G")},
	"e": ir.Function{Name: "Fn::If", Argument: ir.List{"Condition", ir.Ref("H"), ir.ImportValue("s:I")}},
	"f": ir.Function{Name: "Fn::GetAtt", Argument: ir.List{"J", ir.Ref("K")}},
}

func TestNames(t *testing.T) {
	want := []string{"A", "B", "C", "D", "AWS::Region", "F", "G", "H", "J", "K"}
	if got := references.Names(value); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	r := ir.Resource{DependsOn: []string{"Z"}, Properties: ir.Map{"a": ir.Ref("A"), "b": ir.Ref("A")}}
	if got := references.Of(r); !slices.Equal(got, []string{"A", "Z"}) {
		t.Errorf("got %q", got)
	}
}

func TestImports(t *testing.T) {
	stack := ir.Stack{Resources: []ir.Resource{{Properties: value}}, Outputs: []ir.Output{{Value: ir.ImportValue("s:O")}}}
	if got := slices.Sorted(maps.Keys(references.Imports(stack))); !slices.Equal(got, []string{"s:I", "s:O"}) {
		t.Errorf("got %q", got)
	}
}

func TestReplace(t *testing.T) {
	rename := func(id string) string {
		if id == "AWS::Region" {
			return id
		}
		return id + "2"
	}
	got := references.Replace(value, func(v ir.Value) ir.Value {
		switch v := v.(type) {
		case ir.Ref:
			return ir.Ref(rename(string(v)))
		case ir.GetAtt:
			return ir.GetAtt{ID: rename(v.ID), Attribute: v.Attribute}
		}
		return ir.Ref("Imported")
	}, rename)
	want := ir.Map{
		"a": ir.Ref("A2"),
		"b": ir.List{ir.GetAtt{ID: "B2", Attribute: "Arn"}},
		"c": ir.Sub{Text: "${C2} ${D2.Arn} ${!E} ${f} ${AWS::Region}", Vars: ir.Map{"f": ir.Ref("F2")}},
		"d": ir.Base64{Value: ir.Ref("G2")},
		"e": ir.Function{Name: "Fn::If", Argument: ir.List{"Condition", ir.Ref("H2"), ir.Ref("Imported")}},
		"f": ir.Function{Name: "Fn::GetAtt", Argument: ir.List{"J", ir.Ref("K2")}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
