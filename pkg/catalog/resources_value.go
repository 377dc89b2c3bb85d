package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// has reports whether an object has a member that is not declared away.
func has(object map[string]any, name string) bool {
	value, ok := object[name]
	return ok && !isNoValue(value)
}

func isNoValue(v any) bool {
	function, argument, ok := Intrinsic(v)
	return ok && function == "Ref" && argument == "AWS::NoValue"
}

// Intrinsic reports whether a value of a decoded template is the call of an
// intrinsic function in its long form, and which one.
func Intrinsic(v any) (function string, argument any, ok bool) {
	object, isObject := v.(map[string]any)
	if !isObject || len(object) != 1 {
		return "", nil, false
	}
	for function, argument = range object {
	}
	return function, argument, function == "Ref" || strings.HasPrefix(function, "Fn::")
}

// kindOf is the JSON type of a decoded value.
func kindOf(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case nil:
		return "null"
	default:
		n, ok := number64(v)
		switch {
		case !ok:
			return fmt.Sprintf("%T", v)
		case n == float64(int64(n)):
			return "integer"
		}
		return "number"
	}
}

func accepts(kinds []string, kind string) bool {
	return len(kinds) == 0 && kind != "null" || slices.Contains(kinds, kind) ||
		kind == "integer" && slices.Contains(kinds, "number")
}

// number64 reads a number of any type in which a decoder may leave it.
func number64(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	case float64:
		return v, true
	case json.Number:
		n, err := v.Float64()
		return n, err == nil
	}
	return 0, false
}
