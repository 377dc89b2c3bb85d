package cfn

import (
	"fmt"

	"github.com/ekscc/ekscc/pkg/ir"
)

// encode turns a value of the model into plain values, with intrinsic
// functions in their long form, such as {"Ref": "VPC"}.
func encode(v ir.Value) (any, error) {
	switch v := v.(type) {
	case string, int, float64, bool:
		return v, nil
	case ir.Ref:
		return call("Ref", string(v)), nil
	case ir.GetAtt:
		return call("Fn::GetAtt", []any{v.ID, v.Attribute}), nil
	case ir.ImportValue:
		return call("Fn::ImportValue", string(v)), nil
	case ir.Base64:
		return encodeCall("Fn::Base64", v.Value)
	case ir.Sub:
		if v.Vars == nil {
			return call("Fn::Sub", v.Text), nil
		}
		return encodeCall("Fn::Sub", ir.List{v.Text, v.Vars})
	case ir.Function:
		return encodeCall(v.Name, v.Argument)
	case ir.List:
		return encodeList(v)
	case ir.Map:
		return encodeMap(v)
	}
	return nil, fmt.Errorf("a %T is no value of the model", v)
}

func call(function string, argument any) map[string]any { return map[string]any{function: argument} }

func encodeCall(function string, argument ir.Value) (any, error) {
	encoded, err := encode(argument)
	return call(function, encoded), err
}

func encodeList(list ir.List) ([]any, error) {
	encoded := make([]any, len(list))
	for i, item := range list {
		value, err := encode(item)
		if err != nil {
			return nil, err
		}
		encoded[i] = value
	}
	return encoded, nil
}

func encodeMap(m ir.Map) (map[string]any, error) {
	encoded := make(map[string]any, len(m))
	for key, item := range m {
		value, err := encode(item)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		encoded[key] = value
	}
	return encoded, nil
}
