package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checker walks the spec of one environment along the schema.
type checker struct {
	env   *Environment
	diags diag.List
	seen  map[string]bool // the paths that have been reported
}

// check finds what is wrong with env.
func check(env *Environment) diag.List {
	c := &checker{env: env, seen: map[string]bool{}}
	c.structure(nil, schema.Spec(), env.Value)
	c.remaining()
	return c.diags
}

// report adds a diagnostic of the field at path.
func (c *checker) report(code diag.Code, path []string, message, hint string) {
	c.reportAt(c.env.Locate(path), code, path, message, hint)
}

func (c *checker) reportAt(pos diag.Pos, code diag.Code, path []string, message, hint string) {
	c.distrust(path)
	if slices.ContainsFunc(path, internal) {
		message = fmt.Sprintf("%s: %s", strings.Join(path, "."), message)
		path = nil
	}
	c.diags = append(c.diags, diag.Diagnostic{Pos: pos, Path: slices.Clone(path), Code: code, Message: message, Hint: hint})
}

// reported reports whether there is a diagnostic of the field at path, or of
// one that holds it.
func (c *checker) reported(path []string) bool {
	for i := range path {
		if c.seen[key(path[:i+1])] {
			return true
		}
	}
	return false
}

// distrust notes that the field at path is not what it should be.
func (c *checker) distrust(path []string) {
	c.seen[key(path)] = true
	c.env.reported = append(c.env.reported, slices.Clone(path))
}

// blur notes that the field at path, of type t, is not known. The fields of a
// cluster have little to do with one another.
func (c *checker) blur(path []string, t *schema.Type) {
	if parent := path[:len(path)-1]; len(parent) > 1 && (t.Kind == schema.Int || t.Kind == schema.Bool) {
		c.env.blurred = append(c.env.blurred, parent)
	}
}

// internal reports whether a name is that of a hidden field or a definition.
// A path of a spec has no such names.
func internal(name string) bool {
	return strings.HasPrefix(name, "_") || strings.HasPrefix(name, "#")
}

func child(path []string, name string) []string { return append(slices.Clip(path), name) }

func key(path []string) string { return strings.Join(path, "\x00") }
