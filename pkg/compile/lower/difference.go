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
			return append([]any{map[string]any{"$patch": "replace"}}, wanted...)
		}
	}
	return to
}

// listDifference patches a list item by item. It gives up, with false, where
// an item lacks the merge key or two items share it.
//
// kustomize puts the items of a patch first, in the order of the patch, and
// then the others in their old order. So the patch names every item up to the
// last one that is new, changed or moved. Ports are merged by two keys, and
// there new items come first whatever the patch says: a list of ports that
// gains one is replaced.
func listDifference(from, to []any, key string, schema strategicpatch.LookupPatchMeta) ([]any, bool) {
	present, ok := byKey(from, key)
	wanted, alsoOK := byKey(to, key)
	if !ok || !alsoOK || key == spreadKey || mixed(from, to) {
		return nil, false
	}
	var patch []any
	for _, item := range to[:len(to)-unchanged(from, to)] {
		item := item.(map[string]any)
		id := itemID(item, key)
		old, has := present[id]
		if !has && id.protocol != nil {
			return nil, false
		}
		if !has {
			patch = append(patch, item)
			continue
		}
		change := difference(old, item, schema)
		id.addTo(change, key)
		patch = append(patch, change)
	}
	for _, item := range from {
		if id := itemID(item.(map[string]any), key); wanted[id] == nil {
			deletion := map[string]any{"$patch": "delete"}
			id.addTo(deletion, key)
			patch = append(patch, deletion)
		}
	}
	return patch, true
}

// id is what tells an item of a list from the others. Ports are told apart by
// their protocol too.
type id struct{ key, protocol any }

func itemID(item map[string]any, key string) id {
	if key == "port" || key == "containerPort" {
		return id{item[key], item["protocol"]}
	}
	return id{item[key], nil}
}

func (i id) addTo(item map[string]any, key string) {
	item[key] = i.key
	if i.protocol != nil {
		item["protocol"] = i.protocol
	}
}

// spreadKey is the merge key of constraints on how pods are spread. kustomize
// merges them by a second key, which the Go types do not tell, so they are
// replaced.
const spreadKey = "topologyKey"

// mixed reports whether only some of the items say their protocol. kustomize
// then does not find the others.
func mixed(lists ...[]any) bool {
	with, without := false, false
	for _, list := range lists {
		for _, item := range list {
			_, has := item.(map[string]any)["protocol"]
			with, without = with || has, without || !has
		}
	}
	return with && without
}

// byKey indexes the items of a list by what tells them apart.
func byKey(list []any, key string) (map[id]map[string]any, bool) {
	items := map[id]map[string]any{}
	for _, item := range list {
		m, ok := item.(map[string]any)
		if !ok || m[key] == nil || items[itemID(m, key)] != nil {
			return nil, false
		}
		items[itemID(m, key)] = m
	}
	return items, true
}

// unchanged counts the items at the end of to that from has too, in the same
// order.
func unchanged(from, to []any) int {
	n, next := 0, len(from)-1
	for i := len(to) - 1; i >= 0; i-- {
		for next >= 0 && !reflect.DeepEqual(from[next], to[i]) {
			next--
		}
		if next < 0 {
			break
		}
		next--
		n++
	}
	return n
}
