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
	field *Field // nil where the path ends with a name that the user chooses
	typ   *Type
}

// Explain returns the documentation of a field of the spec, or of the whole
// spec for the empty path. Names that a user chooses may be left out of the
// path, and list indices too: cluster.nodeGroups.scaling is
// cluster.nodeGroups.general.scaling and cluster.nodeGroups.*.scaling.
func Explain(path string) (string, error) {
	names, err := split(path)
	if err != nil {
		return "", err
	}
	t, err := find(whole(), names)
	if err != nil {
		return "", err
	}
	return t.page(), nil
}

// Paths returns the path of every field that Explain knows outside
// environments, with the names that a user chooses left out.
func Paths() []string {
	var paths []string
	var walk func(prefix string, t *Type)
	walk = func(prefix string, t *Type) {
		t = t.leaf()
		for _, f := range t.Fields {
			paths = append(paths, prefix+f.Name)
			walk(prefix+f.Name+".", f.Type())
		}
		if t.Element() != nil {
			walk(prefix, t.Element())
		}
	}
	walk("", Spec())
	slices.Sort(paths)
	return slices.Compact(paths)
}

// whole is the topic of the whole spec. To the schema an environment is open;
// here it holds what the spec itself holds, but for environments.
func whole() topic {
	spec, environment := *Spec(), *Spec()
	spec.Fields, environment.Fields = nil, nil
	for _, f := range Spec().Fields {
		if f.Name == "environments" {
			environments := *f
			environments.typ = always(&Type{Kind: Map, element: always(&environment)})
			f = &environments
		} else {
			environment.Fields = append(environment.Fields, f)
		}
		spec.Fields = append(spec.Fields, f)
	}
	return topic{doc: spec.Doc, typ: &spec}
}

// find follows names from t.
func find(t topic, names []string) (topic, error) {
	if len(names) == 0 {
		return t, nil
	}
	switch t.typ.Kind {
	case Object:
		return findField(t, names)
	case Map:
		return findElement(t, ".<name>", names, true)
	case List:
		return findElement(t, "[]", names, isIndex(names[0]))
	case Any:
		return t, nil
	}
	return topic{}, fmt.Errorf("%s is a %s and has no field %q", t.path, t.typ, names[0])
}

func findField(t topic, names []string) (topic, error) {
	f := t.typ.Field(names[0])
	if f == nil && t.typ.Element() != nil {
		return findElement(t, ".<name>", names, true)
	}
	if f == nil && t.typ.Open {
		path := strings.Join(append([]string{t.path}, names...), ".")
		return topic{path: path, doc: "Any value: ekscc passes it on as it is.", typ: &Type{Kind: Any}}, nil
	}
	if f == nil {
		return topic{}, unknownField(t, names[0])
	}
	path := strings.TrimPrefix(t.path+"."+f.Name, ".")
	return find(topic{path: path, doc: f.Doc, field: f, typ: f.Type()}, names[1:])
}

// findElement follows names through a map or list. The first name is a field
// of the elements, their key or index left out, or else the key or index. The
// field goes first: explain is asked about the schema's words.
func findElement(t topic, suffix string, names []string, mayBeKey bool) (topic, error) {
	element := topic{path: t.path + suffix, doc: cmp.Or(t.typ.Element().Doc, t.doc), typ: t.typ.Element()}
	if !mayBeKey || element.typ.Field(names[0]) != nil {
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
func (t *Type) near(name string) string { return catalog.Suggest(name, t.Names()) }

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
