package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checker walks the spec of one environment along the schema.
type checker struct {
	env   *Environment
	diags diag.List
	seen  map[string]bool // the paths that have been reported
}

func check(env *Environment) diag.List {
	c := &checker{env: env, seen: map[string]bool{}}
	c.structure(nil, specNode(), env.Value)
	c.remaining()
	return c.diags
}

func (c *checker) report(code diag.Code, path []string, message, hint string) {
	c.reportAt(c.env.Locate(path), code, path, message, hint)
}

// distrust notes that the field at path is not what it should be.
func (c *checker) distrust(path []string) {
	c.seen[key(path)] = true
	c.env.reported = append(c.env.reported, slices.Clone(path))
}

// blur notes that the field at path, which n describes, is not known. The
// fields of a cluster have little to do with one another.
func (c *checker) blur(path []string, n *node) {
	if parent := path[:len(path)-1]; len(parent) > 1 && (n.kind == cue.IntKind || n.kind == cue.BoolKind) {
		c.env.blurred = append(c.env.blurred, parent)
	}
}

func (c *checker) reportAt(pos diag.Pos, code diag.Code, path []string, message, hint string) {
	c.distrust(path)
	if slices.ContainsFunc(path, internal) {
		message = fmt.Sprintf("%s: %s", strings.Join(path, "."), message)
		path = nil
	}
	c.diags = append(c.diags, diag.Diagnostic{Pos: pos, Path: slices.Clone(path), Code: code, Message: message, Hint: hint})
}

// value checks v, which exists, against n.
func (c *checker) value(path []string, n *node, v cue.Value) {
	switch n.kind {
	case cue.StructKind:
		c.structure(path, n, v)
	case cue.ListKind:
		list, err := v.List()
		if err != nil && v.IncompleteKind() != cue.ListKind {
			c.wrong(path, n, v)
			return
		}
		for i := 0; list.Next(); i++ {
			c.value(child(path, strconv.Itoa(i)), n.elem, list.Value())
		}
	default:
		before := len(c.diags)
		if c.scalar(path, n, v); len(c.diags) > before {
			c.blur(path, n)
		}
	}
}

// structure checks v, which should be a struct, and the fields in it.
func (c *checker) structure(path []string, n *node, v cue.Value) {
	fields, ok := members(v)
	if !ok {
		c.wrong(path, n, v)
		return
	}
	var unknown []member
	present := map[string]bool{}
	for _, f := range fields {
		present[f.name] = true
		switch elem, known := n.byName[f.name]; {
		case len(path) == 0 && f.name == "environments":
		case known:
			c.value(child(path, f.name), elem, f.value)
		case n.isMap():
			c.value(child(path, f.name), n.elem, f.value)
		case n.open:
			c.anything(child(path, f.name), f.value)
		default:
			unknown = append(unknown, f)
		}
	}
	for _, f := range unknown {
		c.unknown(path, n, f, present)
	}
	for _, f := range n.fields {
		if f.required && !present[f.name] {
			present[f.name] = true // as far as unmet goes
			c.report(diag.MissingField, child(path, f.name), "required field is missing", brief(f.doc))
			c.blur(child(path, f.name), f.node)
		}
	}
	for _, name := range unmet(v) {
		if !present[name] {
			c.report(diag.MissingField, child(path, name), "required field is missing", "the spec itself requires it")
		}
	}
}

// unknown reports a field that n does not have. If it can be told which
// field was meant, its value is checked as that field's, and that field is not
// missing.
func (c *checker) unknown(path []string, n *node, f member, present map[string]bool) {
	near, hint := n.suggest(f.name), ""
	if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if owner := specNode().owner(nil, f.name); owner != "" {
		hint = fmt.Sprintf("it belongs in %s", owner)
	}
	c.report(diag.UnknownField, child(path, f.name), "unknown field", hint)
	if near == "" || present[near] {
		return
	}
	present[near] = true
	c.distrust(child(path, near))
	c.blur(child(path, near), n.byName[near])
	if _, ok := members(f.value); ok && n.byName[near].kind == cue.StructKind {
		c.structure(child(path, f.name), n.byName[near], f.value)
	}
}

// suggest returns the name of n's that was probably meant by name: one that
// is spelt much alike, or that name begins with or is the beginning of.
func (n *node) suggest(name string) string {
	if near := catalog.Suggest(name, n.names()); near != "" {
		return near
	}
	for _, known := range n.names() {
		if len(name) > 2 && (strings.HasPrefix(name, known) || strings.HasPrefix(known, name)) {
			return known
		}
	}
	return ""
}

// owner returns the path of the first struct that has a field of this name,
// if just one has.
func (n *node) owner(path []string, name string) string {
	owners := slices.Compact(slices.Sorted(slices.Values(n.owners(path, name))))
	if len(owners) != 1 {
		return ""
	}
	return owners[0]
}

func (n *node) owners(path []string, name string) []string {
	if n.isMap() {
		return n.elem.owners(append(slices.Clip(path), "<name>"), name)
	}
	var owners []string
	for _, f := range n.fields {
		if f.name == name && len(path) > 0 {
			owners = append(owners, strings.Join(path, "."))
		}
		owners = append(owners, f.node.owners(append(slices.Clip(path), f.name), name)...)
	}
	return owners
}

// anything checks a value that the schema leaves open: it has to be known.
func (c *checker) anything(path []string, v cue.Value) {
	c.evaluations(v.Validate(cue.Concrete(true)))
}

// internal reports whether a name is that of a hidden field or a definition.
// A path of a spec has no such names.
func internal(name string) bool {
	return strings.HasPrefix(name, "_") || strings.HasPrefix(name, "#")
}

func child(path []string, name string) []string { return append(slices.Clip(path), name) }

func key(path []string) string { return strings.Join(path, "\x00") }

// brief is a hint made of a field's documentation, if that is short enough.
func brief(doc string) string {
	if len(doc) > 90 {
		return ""
	}
	return lowerFirst(doc)
}

func lowerFirst(s string) string {
	if s == "" || strings.HasPrefix(s, "IAM") || strings.HasPrefix(s, "IPv") || strings.HasPrefix(s, "CPU") || strings.HasPrefix(s, "ARN") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
