package random

import (
	"maps"
	"slices"
	"strconv"
)

// places are the paths of all values below value, an outer one before those in
// it.
func places(path []string, value any) [][]string {
	var found [][]string
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			at := child(path, name)
			found = append(append(found, at), places(at, v[name])...)
		}
	case []any:
		for i, item := range v {
			at := child(path, strconv.Itoa(i))
			found = append(append(found, at), places(at, item)...)
		}
	}
	return found
}

// get returns the value at path.
func get(value any, path []string) (any, bool) {
	for _, name := range path {
		switch v := value.(type) {
		case map[string]any:
			below, ok := v[name]
			if !ok {
				return nil, false
			}
			value = below
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}

// set puts a value at path, and reports whether there is something to put it
// into. The path is not empty.
func set(value any, path []string, to any) bool {
	above, _ := get(value, path[:len(path)-1])
	name := path[len(path)-1]
	switch v := above.(type) {
	case map[string]any:
		v[name] = to
		return true
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(v) {
			v[i] = to
			return true
		}
	}
	return false
}

// remove takes the value at path away. The path is not empty.
func remove(value any, path []string) {
	above, _ := get(value, path[:len(path)-1])
	name := path[len(path)-1]
	switch v := above.(type) {
	case map[string]any:
		delete(v, name)
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(v) && len(path) > 1 {
			set(value, path[:len(path)-1], append(append([]any{}, v[:i]...), v[i+1:]...))
		}
	}
}

// clone copies a value with all that is below it.
func clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		copied := make(map[string]any, len(v))
		for name, below := range v {
			copied[name] = clone(below)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, below := range v {
			copied[i] = clone(below)
		}
		return copied
	}
	return value
}

// clone copies a spec with all that is in it.
func (s Spec) clone() Spec {
	copied := Spec{Base: clone(s.Base).(map[string]any)}
	for name, environment := range s.Environments {
		if copied.Environments == nil {
			copied.Environments = map[string]map[string]any{}
		}
		copied.Environments[name] = clone(environment).(map[string]any)
	}
	return copied
}
