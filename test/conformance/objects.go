package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"
)

// object is a Kubernetes object as YAML has it.
type object map[string]any

// String names the object as kind/namespace/name, with its API version.
func (o object) String() string {
	metadata, _ := o["metadata"].(map[string]any)
	name := fmt.Sprintf("%v/%v", o["kind"], metadata["name"])
	if namespace, ok := metadata["namespace"]; ok {
		name = fmt.Sprintf("%v/%v/%v", o["kind"], namespace, metadata["name"])
	}
	return fmt.Sprintf("%s (%v)", name, o["apiVersion"])
}

// parseObjects reads a stream of YAML documents. It must not be empty.
func parseObjects(stream []byte) ([]object, error) {
	var objects []object
	documents := yaml.NewDecoder(bytes.NewReader(stream))
	for {
		var document map[string]any
		err := documents.Decode(&document)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		objects = append(objects, document)
	}
	if len(objects) == 0 {
		return nil, errors.New("there is no object in it")
	}
	return objects, nil
}

// compareObjects says where two builds first differ, in what or in order, or
// "" where they are the same.
func compareObjects(theirs, ours []object) string {
	for i := range max(len(theirs), len(ours)) {
		switch {
		case i >= len(theirs):
			return fmt.Sprintf("only the build in memory has %s", ours[i])
		case i >= len(ours):
			return fmt.Sprintf("the build in memory lacks %s", theirs[i])
		case theirs[i].String() != ours[i].String():
			return fmt.Sprintf("object %d is %s, but %s in memory", i+1, theirs[i], ours[i])
		}
		at := firstDifference("", map[string]any(theirs[i]), map[string]any(ours[i]))
		if at != "" {
			return fmt.Sprintf("%s: %s", theirs[i], at)
		}
	}
	return ""
}

// firstDifference describes the first place, by key, at which two values
// differ, or returns "".
func firstDifference(path string, theirs, ours any) string {
	theirMap, ok1 := theirs.(map[string]any)
	ourMap, ok2 := ours.(map[string]any)
	if ok1 && ok2 {
		keys := maps.Clone(theirMap)
		maps.Copy(keys, ourMap)
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if at := firstDifference(path+"."+key, theirMap[key], ourMap[key]); at != "" {
				return at
			}
		}
		return ""
	}
	theirList, ok1 := theirs.([]any)
	ourList, ok2 := ours.([]any)
	if ok1 && ok2 && len(theirList) == len(ourList) {
		for i := range theirList {
			if at := firstDifference(fmt.Sprintf("%s[%d]", path, i), theirList[i], ourList[i]); at != "" {
				return at
			}
		}
		return ""
	}
	if reflect.DeepEqual(theirs, ours) {
		return ""
	}
	return fmt.Sprintf("%s is %v, but %v in memory", path, theirs, ours)
}
