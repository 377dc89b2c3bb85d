package kinds

import (
	"fmt"
	"maps"

	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// Patch returns an object with a patch merged over it as the API server does:
// objects field by field, lists whose items have a name item by item, and null
// takes a field away. It changes neither. It is an error if an item of such a
// list lacks its name, or if Kubernetes does not have the kind.
func Patch(apiVersion, kind string, object, patch map[string]any) (map[string]any, error) {
	typed, ok := New(apiVersion, kind)
	if !ok {
		return nil, fmt.Errorf("no kind %s of %s", kind, apiVersion)
	}
	schema, err := strategicpatch.NewPatchMetaFromStruct(typed)
	if err != nil {
		return nil, fmt.Errorf("failed to read the merge keys of %s: %w", kind, err)
	}
	return strategicpatch.StrategicMergeMapPatchUsingLookupPatchMeta(clone(object), clone(patch), schema)
}

// clone copies the objects and lists in a value, which a merge changes.
func clone(m map[string]any) map[string]any {
	copied := maps.Clone(m)
	for name, value := range copied {
		copied[name] = cloneValue(value)
	}
	return copied
}

func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return clone(v)
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = cloneValue(item)
		}
		return items
	}
	return value
}
