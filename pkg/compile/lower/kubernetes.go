package lower

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// parts are the Kubernetes objects of one environment, part by part.
func parts(s *spec.Spec) []ir.Part {
	var all []ir.Part
	add := func(name string, objects ...ir.Object) {
		if len(objects) > 0 {
			all = append(all, ir.Part{Name: name, Objects: objects})
		}
	}
	c := newCluster(&s.Cluster)
	add("auto-mode", c.autoModeObjects()...)
	add("aws-auth", c.awsAuth()...)
	add("cluster-autoscaler", c.autoscalerObjects()...)
	add("config-maps", configMaps(s.Kubernetes.ConfigMaps)...)
	add("fargate-logging", c.fargateLogging()...)
	add("karpenter", c.karpenterObjects()...)
	add("manifests", manifests(s.Kubernetes.Manifests)...)
	add("namespaces", namespaces(s.Kubernetes.Namespaces)...)
	add("persistent-volume-claims", persistentVolumeClaims(s.Kubernetes.PersistentVolumeClaims)...)
	add("pod-security-groups", c.podSecurityGroupPolicies()...)
	add("service-accounts", c.serviceAccountObjects()...)
	add("storage-classes", storageClasses(s.Kubernetes.StorageClasses)...)
	add("vpc-cni", c.cniObjects()...)
	addWorkloads(s, add)
	return all
}

// manifests are passed on as they are.
func manifests(declared map[string]spec.Manifest) []ir.Object {
	var objects []ir.Object
	for _, manifest := range sorted(declared) {
		object := object(manifest.value)
		object.File = manifest.name
		objects = append(objects, object)
	}
	return objects
}

// dropEmpty deletes fields that hold null, and those of these names that hold
// an empty object: the Go types write them although nobody has set them.
func dropEmpty(v any, names ...string) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			m, ok := value.(map[string]any)
			if value == nil || ok && len(m) == 0 && slices.Contains(names, name) {
				delete(v, name)
			} else {
				dropEmpty(value, names...)
			}
		}
	case []any:
		for _, item := range v {
			dropEmpty(item, names...)
		}
	}
}

// object turns a typed value, or a map, into its JSON form. What only the API
// server writes is left out.
func object(typed any) ir.Object {
	data, err := json.Marshal(typed)
	if err != nil {
		panic(err) // API types and decoded JSON always encode
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var body map[string]any
	if err := decoder.Decode(&body); err != nil {
		panic(err) // it has just been encoded from an object
	}
	delete(body, "status")
	numbers(body)
	metadata, _ := body["metadata"].(map[string]any)
	return ir.Object{
		APIVersion: text(body["apiVersion"]),
		Kind:       text(body["kind"]),
		Namespace:  text(metadata["namespace"]),
		Name:       text(metadata["name"]),
		Body:       body,
	}
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// numbers turns the numbers in v into int64 where they are whole, and into
// float64 otherwise.
func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	case map[string]any:
		for _, key := range slices.Collect(maps.Keys(v)) {
			v[key] = numbers(v[key])
		}
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	}
	return v
}
