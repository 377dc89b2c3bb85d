package validate

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/diag"
)

// environments lists the environments of the spec. Without any there is one,
// whose name is not known yet.
func environments(src *load.Source) ([]Environment, diag.List) {
	whole := Environment{src: src}
	v := src.Value.LookupPath(cue.MakePath(cue.Str("environments")))
	if !v.Exists() {
		return []Environment{whole}, nil
	}
	fields, ok := members(v)
	if !ok {
		return []Environment{whole}, diag.List{whole.noStruct(v, "environments")}
	}
	var envs []Environment
	var diags diag.List
	for _, f := range fields {
		if !envName.MatchString(f.name) {
			diags = append(diags, whole.badName(f.name))
		}
		if _, ok := members(f.value); !ok && f.value.IncompleteKind() != cue.BottomKind {
			diags = append(diags, whole.noStruct(f.value, "environments", f.name))
			continue
		}
		envs = append(envs, Environment{Name: f.name, own: f.value, src: src})
	}
	if len(envs) == 0 {
		envs = []Environment{whole}
	}
	slices.SortFunc(envs, func(a, b Environment) int { return strings.Compare(a.Name, b.Name) })
	return envs, diags
}

// envName is what can name a directory on every file system.
var envName = lazyregexp.New(`^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$`)

func (e *Environment) badName(name string) diag.Diagnostic {
	path := []string{"environments", name}
	return diag.Diagnostic{
		Pos:     e.Locate(path),
		Path:    path,
		Code:    diag.InvalidEnvironment,
		Message: fmt.Sprintf("%q cannot name an environment, because it names a directory", name),
		Hint:    "use 1 to 63 letters, digits, dots, hyphens and underscores, the first and last a letter or digit",
	}
}

// noStruct says that v, the field at path, is something else.
func (e *Environment) noStruct(v cue.Value, path ...string) diag.Diagnostic {
	return diag.Diagnostic{Pos: e.Locate(path), Path: path, Code: diag.InvalidValue, Message: "must be a struct" + butIs(v)}
}

// merge joins the diagnostics of all environments.
func merge(envs []Environment, each []diag.List) diag.List {
	names := make([]string, len(envs))
	for i := range envs {
		names[i], each[i] = envs[i].Name, collapse(each[i])
	}
	return diag.Merge(names, each)
}

// collapse keeps the first of the diagnostics that tell of one fault: that say
// the same of a field of one name at one place, because a comprehension or a
// reference put it into many structs.
func collapse(list diag.List) diag.List {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		name := ""
		if len(d.Path) > 0 {
			name = d.Path[len(d.Path)-1]
		}
		k := fmt.Sprintf("%v %q %s %q %q", d.Pos, name, d.Code, d.Message, d.Hint)
		again := seen[k]
		seen[k] = true
		return again
	})
}
