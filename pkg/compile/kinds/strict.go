package kinds

import (
	"encoding/json"
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"strings"

	strict "sigs.k8s.io/json"
)

// Fault is what is wrong with a field of an object.
type Fault struct {
	// Path is the field; it may be empty where only its struct is known.
	Path []string
	// Message is one clause, lower case.
	Message string
}

// Check reads an object as the API server does, and reports fields that its
// kind does not have and values of the wrong type. Of a kind that it does not
// know it reports nothing.
func Check(apiVersion, kind string, object map[string]any) []Fault {
	typed, ok := New(apiVersion, kind)
	if !ok {
		return nil
	}
	data, err := json.Marshal(object)
	if err != nil {
		return []Fault{{Message: err.Error()}}
	}
	unknown, err := strict.UnmarshalStrict(data, typed)
	if err != nil {
		return []Fault{{Message: strings.TrimPrefix(err.Error(), "json: ")}}
	}
	var faults []Fault
	for _, err := range unknown {
		if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
			faults = append(faults, Fault{Path: split(m[1]), Message: "a " + kind + " has no such field"})
		} else {
			faults = append(faults, Fault{Message: err.Error()})
		}
	}
	return faults
}

var unknownField = lazyregexp.New(`^unknown field "(.*)"$`)

// split takes a path such as spec.containers[0].image apart.
func split(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}
