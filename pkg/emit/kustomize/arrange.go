package kustomize

import (
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/canon"
)

// order is how people expect to read the fields of an object, at any depth.
// Fields that are not listed follow in alphabetical order.
var order = []string{"apiVersion", "kind", "$patch", "metadata", "name", "namespace", "image", "type", "replicas", "selector", "template", "resources", "patches"}

func arrange(m map[string]any) canon.Map {
	keys := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(keys, func(a, b string) int { return rank(a) - rank(b) })
	arranged := make(canon.Map, len(keys))
	for i, key := range keys {
		arranged[i] = canon.Entry{Key: key, Value: arrangeValue(m[key])}
	}
	return arranged
}

func arrangeValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return arrange(v)
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = arrangeValue(item)
		}
		return list
	}
	return v
}

func rank(key string) int {
	if i := slices.Index(order, key); i >= 0 {
		return i
	}
	return len(order)
}
