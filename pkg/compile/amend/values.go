package amend

import "github.com/ekscc/ekscc/pkg/ir"

// parse turns a value of the spec into one of the model, without the nulls in
// it: they are none of its values, and resolve has reported them.
func parse(v any) ir.Value { return ir.Parse(withoutNulls(v)) }

// parseMap is parse for what is known to be a map and no function. It keeps
// nil.
func parseMap(m map[string]any) ir.Map {
	known, _ := withoutNulls(m).(map[string]any)
	return ir.ParseMap(known)
}

func withoutNulls(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if v == nil {
			return v
		}
		known := make(map[string]any, len(v))
		for key, item := range v {
			if item != nil {
				known[key] = withoutNulls(item)
			}
		}
		return known
	case []any:
		known := make([]any, 0, len(v))
		for _, item := range v {
			if item != nil {
				known = append(known, withoutNulls(item))
			}
		}
		return known
	}
	return v
}
