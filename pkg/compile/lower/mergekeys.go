package lower

import (
	"slices"

	"k8s.io/apimachinery/pkg/util/strategicpatch"

	"github.com/ekscc/ekscc/pkg/compile/kinds"
)

// mergeKeys is the patch schema of a kind, or nil for a kind that kustomize
// does not know either: there, lists are replaced whole.
func mergeKeys(apiVersion, kind string) strategicpatch.LookupPatchMeta {
	typed, ok := kinds.New(apiVersion, kind)
	if !ok {
		return nil
	}
	meta, err := strategicpatch.NewPatchMetaFromStruct(typed)
	if err != nil {
		return nil
	}
	return meta
}

// structSchema is the patch schema of a field that holds an object.
func structSchema(s strategicpatch.LookupPatchMeta, field string) strategicpatch.LookupPatchMeta {
	if s == nil {
		return nil
	}
	sub, _, err := s.LookupPatchMetadataForStruct(field)
	if err != nil {
		return nil
	}
	return sub
}

// listSchema is the patch schema of the items of a field that holds a list,
// and their merge key: empty where the list is replaced whole.
func listSchema(s strategicpatch.LookupPatchMeta, field string) (strategicpatch.LookupPatchMeta, string) {
	if s == nil {
		return nil, ""
	}
	sub, meta, err := s.LookupPatchMetadataForSlice(field)
	if err != nil || !slices.Contains(meta.GetPatchStrategies(), "merge") {
		return nil, ""
	}
	return sub, meta.GetPatchMergeKey()
}
