package schema

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// topic is what one path of a spec is about.
type topic struct {
	path  string
	doc   string
	field *field // nil where the path ends with a name that the user chooses
	typ   *typ
}

// Explain returns the documentation of a field of the spec, or of the whole
// spec for the empty path. Names that a user chooses may be left out of the
// path, and list indices too: cluster.nodeGroups.scaling is
// cluster.nodeGroups.general.scaling and cluster.nodeGroups.*.scaling.
func Explain(path string) (string, error) {
	spec, err := specType()
	if err != nil {
		return "", err
	}
	names, err := split(path)
	if err != nil {
		return "", err
	}
	t, err := find(topic{doc: spec.doc, typ: spec}, names)
	if err != nil {
		return "", err
	}
	return t.page(), nil
}

// Paths returns the path of every field that Explain knows outside
// environments, with the names that a user chooses left out.
func Paths() ([]string, error) {
	spec, err := specType()
	if err != nil {
		return nil, err
	}
	var paths []string
	var walk func(prefix string, t *typ)
	walk = func(prefix string, t *typ) {
		for t.element != nil {
			t = t.element
		}
		for _, f := range t.fields {
			paths = append(paths, prefix+f.name)
			if prefix+f.name != "environments" {
				walk(prefix+f.name+".", f.typ)
			}
		}
	}
	walk("", spec)
	slices.Sort(paths)
	return paths, nil
}

// specType describes #Spec. An environment holds what the spec itself holds,
// but for environments.
func specType() (*typ, error) {
	v, err := root()
	if err != nil {
		return nil, err
	}
	spec, err := newType(v)
	if err != nil {
		return nil, err
	}
	spec.doc = docOf(v)
	environment := *spec
	environment.fields = slices.DeleteFunc(slices.Clone(spec.fields), func(f *field) bool {
		return f.name == "environments"
	})
	spec.lookup("environments").typ.element = &environment
	return spec, nil
}

// find follows names from t.
func find(t topic, names []string) (topic, error) {
	if len(names) == 0 {
		return t, nil
	}
	switch t.typ.kind {
	case kindObject:
		return findField(t, names)
	case kindMap:
		return findElement(t, ".<name>", names, true)
	case kindList:
		return findElement(t, "[]", names, isIndex(names[0]))
	case kindAny:
		return t, nil
	}
	return topic{}, fmt.Errorf("%s is a %s and has no field %q", t.path, t.typ, names[0])
}

func findField(t topic, names []string) (topic, error) {
	f := t.typ.lookup(names[0])
	if f == nil && t.typ.open {
		path := strings.Join(append([]string{t.path}, names...), ".")
		return topic{path: path, doc: "Any value: ekscc passes it on as it is.", typ: &typ{kind: kindAny}}, nil
	}
	if f == nil {
		return topic{}, unknownField(t, names[0])
	}
	path := strings.TrimPrefix(t.path+"."+f.name, ".")
	return find(topic{path: path, doc: f.doc, field: f, typ: f.typ}, names[1:])
}

// findElement follows names through a map or list. The first name is a field
// of the elements, their key or index left out, or else the key or index. The
// field goes first: explain is asked about the schema's words.
func findElement(t topic, suffix string, names []string, mayBeKey bool) (topic, error) {
	element := topic{path: t.path + suffix, doc: cmp.Or(t.typ.element.doc, t.doc), typ: t.typ.element}
	if !mayBeKey || element.typ.lookup(names[0]) != nil {
		found, err := find(element, names)
		if err == nil || !mayBeKey {
			return found, err
		}
	}
	found, err := find(element, names[1:])
	if err != nil && element.typ.near(names[0]) != "" {
		err = unknownField(element, names[0])
	}
	return found, err
}

func isIndex(name string) bool {
	return name == "*" || strings.Trim(name, "0123456789") == ""
}

func unknownField(t topic, name string) error {
	where := cmp.Or(t.path, "the spec")
	if near := t.typ.near(name); near != "" {
		return fmt.Errorf("%s has no field %q; did you mean %q?", where, name, near)
	}
	return fmt.Errorf("%s has no field %q", where, name)
}

// near returns the field whose name is most like name, or "".
func (t *typ) near(name string) string {
	var known []string
	for _, f := range t.fields {
		known = append(known, f.name)
	}
	return catalog.Suggest(name, known)
}

// split cuts a path at its dots and brackets. A name in double quotes may
// hold both.
func split(path string) ([]string, error) {
	var names []string
	var name strings.Builder
	quoted := false
	flush := func() {
		if name.Len() > 0 {
			names = append(names, name.String())
			name.Reset()
		}
	}
	for _, r := range path {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune(".[]", r):
			flush()
		default:
			name.WriteRune(r)
		}
	}
	flush()
	if quoted {
		return nil, fmt.Errorf("path %s has a quotation mark without its match", path)
	}
	return names, nil
}
