package lower

import (
	"slices"
	"sync"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// kinds knows the Go types of the kinds whose lists kustomize merges by key.
var kinds = sync.OnceValue(func() *runtime.Scheme {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		appsv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme, corev1.AddToScheme,
		networkingv1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme, storagev1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err) // no two of the groups have a kind in common
		}
	}
	return scheme
})

// mergeKeys is the patch schema of a kind, or nil for a kind that kustomize
// does not know either: there, lists are replaced whole.
func mergeKeys(apiVersion, kind string) strategicpatch.LookupPatchMeta {
	typed, err := kinds().New(schema.FromAPIVersionAndKind(apiVersion, kind))
	if err != nil {
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
