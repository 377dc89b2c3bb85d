package lower

import (
	"reflect"

	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// difference is the strategic-merge patch that turns one object into another.
// A field that is gone is set to null. A list whose items have a merge key is
// patched item by item; any other list is replaced whole.
func difference(from, to map[string]any, schema strategicpatch.LookupPatchMeta) map[string]any {
	patch := map[string]any{}
	for name := range from {
		if _, has := to[name]; !has {
			patch[name] = nil
		}
	}
	for name, wanted := range to {
		present, has := from[name]
		if has && reflect.DeepEqual(present, wanted) {
			continue
		}
		patch[name] = fieldDifference(name, present, wanted, schema)
	}
	return patch
}

func fieldDifference(name string, from, to any, schema strategicpatch.LookupPatchMeta) any {
	switch wanted := to.(type) {
	case map[string]any:
		if present, ok := from.(map[string]any); ok {
			return difference(present, wanted, structSchema(schema, name))
		}
	case []any:
		present, ok := from.([]any)
		if itemSchema, key := listSchema(schema, name); ok && key != "" {
			if patch, ok := listDifference(present, wanted, key, itemSchema); ok {
				return patch
			}
		}
	}
	return to
}

// listDifference patches a list item by item. It gives up, with false, where
// an item lacks the merge key or two items share it, or where the order of
// what remains would not be the wanted one.
func listDifference(from, to []any, key string, schema strategicpatch.LookupPatchMeta) ([]any, bool) {
	present, ok := byKey(from, key)
	wanted, alsoOK := byKey(to, key)
	if !ok || !alsoOK || !sameOrder(from, to, key, present, wanted) {
		return nil, false
	}
	var patch []any
	for _, item := range to {
		item := item.(map[string]any)
		old, has := present[item[key]]
		if !has {
			patch = append(patch, item)
			continue
		}
		if change := difference(old, item, schema); len(change) > 0 {
			change[key] = item[key]
			patch = append(patch, change)
		}
	}
	for _, item := range from {
		if id := item.(map[string]any)[key]; wanted[id] == nil {
			patch = append(patch, map[string]any{key: id, "$patch": "delete"})
		}
	}
	return patch, true
}

func byKey(list []any, key string) (map[any]map[string]any, bool) {
	items := map[any]map[string]any{}
	for _, item := range list {
		m, ok := item.(map[string]any)
		if !ok || m[key] == nil || items[m[key]] != nil {
			return nil, false
		}
		items[m[key]] = m
	}
	return items, true
}

// sameOrder reports whether the items that both lists have stand in the same
// order, with new ones only before them: kustomize puts new items first.
func sameOrder(from, to []any, key string, present, wanted map[any]map[string]any) bool {
	var kept, expected []any
	for _, item := range from {
		if id := item.(map[string]any)[key]; wanted[id] != nil {
			kept = append(kept, id)
		}
	}
	isNew := true
	for _, item := range to {
		id := item.(map[string]any)[key]
		if present[id] != nil {
			isNew = false
			expected = append(expected, id)
		} else if !isNew {
			return false
		}
	}
	return reflect.DeepEqual(kept, expected)
}
