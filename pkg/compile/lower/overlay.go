package lower

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/ir"
)

// variant is the Kubernetes objects of one environment.
type variant struct {
	environment string
	parts       []ir.Part
}

// key names an object within all that a spec makes.
type key struct{ part, apiVersion, kind, namespace, name string }

func keyOf(part string, o ir.Object) key {
	return key{part, o.APIVersion, o.Kind, o.Namespace, o.Name}
}

// kustomize splits the environments into the base, which is what the spec
// says without an environment, and overlays that hold the differences. The
// base changes only when that part of the spec does, so an override in one
// environment shows in its overlay alone.
func kustomize(base []ir.Part, variants []variant) ir.Kustomize {
	shared := shared(base, variants)
	k := ir.Kustomize{Base: shared}
	inBase := index(shared)
	for _, v := range variants {
		// kustomize builds no overlay that holds nothing.
		if len(v.parts) > 0 {
			k.Overlays = append(k.Overlays, overlay(v, shared, inBase))
		}
	}
	return k
}

// shared is what the base and at least one environment have. An object that
// only lacks its name in the base is another object there.
func shared(base []ir.Part, variants []variant) []ir.Part {
	used := map[key]bool{}
	for _, v := range variants {
		for k := range index(v.parts) {
			used[k] = true
		}
	}
	return filter(base, func(k key) bool { return used[k] })
}

func overlay(v variant, base []ir.Part, inBase map[key]ir.Object) ir.Overlay {
	o := ir.Overlay{Environment: v.environment}
	own := index(v.parts)
	for _, part := range base {
		if !slices.ContainsFunc(part.Objects, func(object ir.Object) bool { _, has := own[keyOf(part.Name, object)]; return has }) {
			continue
		}
		o.Parts = append(o.Parts, part.Name)
		for _, object := range part.Objects {
			if wanted, has := own[keyOf(part.Name, object)]; !has {
				o.Patches = append(o.Patches, ir.Patch{Part: part.Name, Object: deletion(object)})
			} else if patch, differs := patch(object, wanted); differs {
				o.Patches = append(o.Patches, ir.Patch{Part: part.Name, Object: patch})
			}
		}
	}
	o.Added = filter(v.parts, func(k key) bool { _, has := inBase[k]; return !has })
	return o
}

// filter keeps the objects whose key is wanted, and the parts that have any.
func filter(parts []ir.Part, wanted func(key) bool) []ir.Part {
	var kept []ir.Part
	for _, part := range parts {
		objects := slices.DeleteFunc(slices.Clone(part.Objects), func(o ir.Object) bool { return !wanted(keyOf(part.Name, o)) })
		if len(objects) > 0 {
			kept = append(kept, ir.Part{Name: part.Name, Objects: objects})
		}
	}
	slices.SortFunc(kept, func(a, b ir.Part) int { return cmp.Compare(a.Name, b.Name) })
	return kept
}

func index(parts []ir.Part) map[key]ir.Object {
	objects := map[key]ir.Object{}
	for _, part := range parts {
		for _, object := range part.Objects {
			objects[keyOf(part.Name, object)] = object
		}
	}
	return objects
}

// deletion is a patch that drops an object. Its file stands apart, because the
// environment may have another object where the base has this one.
func deletion(o ir.Object) ir.Object {
	body := identity(o)
	body["$patch"] = "delete"
	o.Body = body
	o.File = "deleted/" + o.File
	return o
}

// patch is what turns the object from into to, and whether there is anything.
func patch(from, to ir.Object) (ir.Object, bool) {
	body := difference(from.Body, to.Body, mergeKeys(to.APIVersion, to.Kind))
	if len(body) == 0 {
		return ir.Object{}, false
	}
	named := identity(to)
	if metadata, ok := body["metadata"].(map[string]any); ok {
		maps.Copy(metadata, named["metadata"].(map[string]any))
	}
	maps.Copy(named, body)
	to.Body = named
	return to, true
}

// identity is the fields by which kustomize finds the object that a patch is
// for.
func identity(o ir.Object) map[string]any {
	metadata := map[string]any{"name": o.Name}
	if o.Namespace != "" {
		metadata["namespace"] = o.Namespace
	}
	return map[string]any{"apiVersion": o.APIVersion, "kind": o.Kind, "metadata": metadata}
}
