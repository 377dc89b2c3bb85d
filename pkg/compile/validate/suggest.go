package validate

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/schema"
)

// suggest returns the one of known that was probably meant by name: one that
// is spelt much alike, or that name begins with or is the beginning of.
func suggest(name string, known []string) string {
	if near := catalog.Suggest(name, known); near != "" {
		return near
	}
	for _, k := range known {
		if len(name) > 2 && (strings.HasPrefix(name, k) || strings.HasPrefix(k, name)) {
			return k
		}
	}
	return ""
}

// owner returns the path of the struct that has a field of this name, if just
// one has, or just one in the same part of the spec, such as workloads.
func owner(part, name string) string {
	found := owners(nil, schema.Spec(), name)
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(path string) bool { return !strings.HasPrefix(path, part+".") })
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// owners returns the paths of the structs below t, which is at path, that have
// a field of this name.
func owners(path []string, t *schema.Type, name string) []string {
	var found []string
	if t.Element() != nil && t.Kind != schema.List {
		found = owners(child(path, "<name>"), t.Element(), name)
	}
	for _, f := range t.Fields {
		if f.Name == name && len(path) > 0 {
			found = append(found, strings.Join(path, "."))
		}
		found = append(found, owners(child(path, f.Name), f.Type(), name)...)
	}
	return found
}
