package cfn

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// disguise copies a plain value for goformation, whose Go types take an
// intrinsic function only as a string, the base64 of its JSON. What is written
// is never in disguise.
func disguise(v any) (any, error) {
	if _, _, ok := catalog.Intrinsic(v); ok {
		data, err := json.Marshal(v)
		return base64.StdEncoding.EncodeToString(data), err
	}
	switch v := v.(type) {
	case map[string]any:
		disguised := make(map[string]any, len(v))
		for name, member := range v {
			value, err := disguise(member)
			if err != nil {
				return nil, err
			}
			disguised[name] = value
		}
		return disguised, nil
	case []any:
		disguised := make([]any, len(v))
		for i, item := range v {
			value, err := disguise(item)
			if err != nil {
				return nil, err
			}
			disguised[i] = value
		}
		return disguised, nil
	}
	return v, nil
}

// reveal takes the disguise off the intrinsic functions of a value. A text
// that happens to be the base64 of a function passes for one.
func reveal(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = reveal(member)
		}
	case []any:
		for i, item := range v {
			v[i] = reveal(item)
		}
	case string:
		if call, ok := undisguise(v); ok {
			return call
		}
	}
	return v
}

// undisguise returns the call of an intrinsic function that s stands for.
func undisguise(s string) (call map[string]any, ok bool) {
	if !strings.HasPrefix(s, "ey") { // {" in base64
		return nil, false
	}
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(data, &call) != nil {
		return nil, false
	}
	return call, true
}
