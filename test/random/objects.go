package random

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/emit"
	"github.com/ekscc/ekscc/pkg/emit/kustomize"
)

// below is what a set has below a directory, which ends with a slash.
func below(set emit.Set, dir string) emit.Set {
	part := emit.Set{}
	for path, content := range set {
		if name, ok := strings.CutPrefix(path, dir); ok {
			part[name] = content
		}
	}
	return part
}

func union(a, b map[string]map[string]any) map[string]map[string]any {
	all := map[string]map[string]any{}
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}

// build is the objects of an environment's overlay by kind, namespace and
// name. An environment without objects has no overlay.
func build(set emit.Set, environment string) (map[string]map[string]any, *Problem) {
	if len(below(set, "kustomize/overlays/"+environment+"/")) == 0 {
		return nil, nil
	}
	data, err := kustomize.Build(set, environment)
	if err != nil {
		return nil, problemf("kustomize", "%v", err)
	}
	objects := map[string]map[string]any{}
	for documents := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var object map[string]any
		err := documents.Decode(&object)
		if err == io.EOF {
			return objects, nil
		}
		if err != nil {
			return nil, problemf("kustomize", "the overlay %q is no YAML: %v", environment, err)
		}
		id := identity(object)
		if objects[id] != nil {
			return nil, problemf("kustomize", "the overlay %q has %s twice", environment, id)
		}
		objects[id] = object
	}
}

func identity(object map[string]any) string {
	metadata, _ := object["metadata"].(map[string]any)
	namespace, hasNamespace := metadata["namespace"]
	if !hasNamespace {
		namespace = ""
	}
	return fmt.Sprint(object["apiVersion"], " ", object["kind"], " ", namespace, "/", metadata["name"])
}

// faithful checks that texts arrive in the objects as the spec has them.
func faithful(objects map[string]map[string]any, spec map[string]any) *Problem {
	manifests, _ := get(spec, []string{"kubernetes", "manifests"})
	all, _ := manifests.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		manifest := all[name].(map[string]any)
		if got, want := normal(objects[identity(manifest)]), normal(withoutEmpty(manifest)); !reflect.DeepEqual(got, want) {
			return problemf("faithful", "the manifest %q is\n%v\nbut in the spec\n%v", name, got, want)
		}
	}
	workloads, _ := spec["workloads"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(workloads)) {
		if problem := faithfulWorkload(objects, name, workloads[name].(map[string]any)); problem != nil {
			return problem
		}
	}
	return nil
}

// withoutEmpty is a manifest without labels and annotations that are empty:
// kustomize leaves them out, which means the same.
func withoutEmpty(manifest map[string]any) map[string]any {
	copied := clone(manifest).(map[string]any)
	for _, name := range []string{"labels", "annotations"} {
		path := []string{"metadata", name}
		if entries, _ := get(copied, path); reflect.DeepEqual(entries, map[string]any{}) {
			remove(copied, path)
		}
	}
	return copied
}

func faithfulWorkload(objects map[string]map[string]any, name string, workload map[string]any) *Problem {
	namespace, ok := workload["namespace"]
	if !ok {
		namespace = "default"
	}
	deployment := objects[fmt.Sprint("apps/v1 Deployment ", namespace, "/", name)]
	found, _ := get(deployment, []string{"spec", "template", "spec", "containers", "0"})
	container, ok := found.(map[string]any)
	if !ok {
		return problemf("faithful", "the workload %q has no container in %v", name, deployment)
	}
	got := map[string]any{"image": container["image"]}
	want := map[string]any{"image": workload["image"]}
	for _, list := range []string{"command", "args"} {
		got[list], want[list] = fmt.Sprintf("%q", container[list]), fmt.Sprintf("%q", workload[list])
		if empty, ok := workload[list].([]any); ok && len(empty) == 0 {
			want[list] = fmt.Sprintf("%q", any(nil))
		}
	}
	env := map[string]any{}
	variables, _ := container["env"].([]any)
	for _, variable := range variables {
		v := variable.(map[string]any)
		if v["valueFrom"] != nil {
			continue
		}
		value, ok := v["value"]
		if !ok {
			value = "" // which is what it means to leave it out
		}
		env[fmt.Sprint(v["name"])] = value
	}
	got["env"], want["env"] = env, map[string]any{}
	if variables, ok := workload["env"]; ok {
		want["env"] = variables
	}
	if !reflect.DeepEqual(normal(got), normal(want)) {
		return problemf("faithful", "the container of the workload %q has\n%q\nbut in the spec\n%q", name, got, want)
	}
	return nil
}

// normal is a value as JSON has it.
func normal(value any) any {
	data, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	var result any
	if err := json.Unmarshal(data, &result); err != nil {
		return err.Error()
	}
	return result
}
