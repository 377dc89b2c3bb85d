package cfn

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/awslabs/goformation/v7/cloudformation"

	"github.com/ekscc/ekscc/pkg/ir"
)

// encode turns a value of the model into what goformation's JSON holds:
// plain values, and intrinsic functions in goformation's own disguise as
// strings, which it takes off when it writes the template.
func encode(v ir.Value) (any, error) {
	switch v := v.(type) {
	case string:
		return literal(v), nil
	case int, bool:
		return v, nil
	case ir.Ref:
		return cloudformation.Ref(string(v)), nil
	case ir.GetAtt:
		return cloudformation.GetAtt(v.ID, v.Attribute), nil
	case ir.ImportValue:
		return cloudformation.ImportValue(string(v)), nil
	case ir.Base64:
		return disguise("Fn::Base64", v.Value)
	case ir.Sub:
		if v.Vars == nil {
			return cloudformation.Sub(v.Text), nil
		}
		return disguise("Fn::Sub", ir.List{v.Text, v.Vars})
	case ir.List:
		return encodeList(v)
	case ir.Map:
		return encodeMap(v)
	}
	return nil, fmt.Errorf("a %T is no value of the model", v)
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

// disguise does what goformation's own constructors do, for arguments that
// those do not take.
func disguise(function string, argument ir.Value) (any, error) {
	encoded, err := encode(argument)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(map[string]any{function: encoded})
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.EncodeToString(data), nil
}

// undisguise returns the call of an intrinsic function that s stands for.
func undisguise(s string) (call map[string]any, ok bool) {
	if !strings.HasPrefix(s, "ey") { // {" and what goformation writes, { and a space
		return nil, false
	}
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(data, &call) != nil {
		return nil, false
	}
	return call, true
}

// literal keeps a string from being taken for a disguised function: one that
// happens to be the base64 of a JSON object is written as two halves to join,
// neither of which is.
func literal(s string) any {
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil || !json.Valid(data) || !strings.HasPrefix(strings.TrimSpace(string(data)), "{") {
		return s
	}
	half := len(s) / 2
	return cloudformation.Join("", []string{s[:half], s[half:]})
}
