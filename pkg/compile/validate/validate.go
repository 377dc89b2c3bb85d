// Package validate finds what is wrong with the shape and the values of a
// spec: unknown and missing fields, values of the wrong type or not among
// those allowed, values that contradict one another, values that are not
// known. It reports all of it in one run, in the user's own words and places.
//
// CUE evaluates the spec; the schema is read as data. Unifying the two, as
// one would do first, hides one fault behind another, names places in the
// schema, and has a flaw that no message could repair: a default of the
// schema and a default of the spec (*1 | int and *2 | int) make an ambiguous
// value. So the schema's defaults are added last, where the spec is silent.
//
// Rules that need more than one field are not checked here but in resolve.
package validate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Environment is the spec of one environment.
type Environment struct {
	// Name is the key in environments, or the cluster's name if the spec has
	// no environments.
	Name string
	// Value is the spec unified with the environment, with the schema's
	// defaults filled in.
	Value cue.Value

	src *load.Source
	own cue.Value // what environments says; absent without environments

	reported [][]string // the fields that a diagnostic is about
	blurred  [][]string // the structs in which an unknown number or bool is 0 or false
}

// Trusts reports whether what a rule says of the field at path is worth
// telling. It is not if there is a diagnostic of that field, of one around it
// or of one in it: the rule may only tell of the same fault again. Nor is it
// if a number or bool beside the field is not known, for it decodes as 0 or
// false. Nothing is trusted while a field at the top is at fault.
func (e *Environment) Trusts(path []string) bool {
	for _, other := range e.reported {
		n := min(len(path), len(other))
		if len(other) == 1 || slices.Equal(path[:n], other[:n]) {
			return false
		}
	}
	return len(path) == 0 || !slices.ContainsFunc(e.blurred, func(parent []string) bool {
		return slices.Equal(path[:len(path)-1], parent)
	})
}

// Validate checks the spec in every environment. The environments are sorted
// by name. The base is the spec without any of them, with defaults filled in;
// what only environments say is missing in it. Both are only of use without
// an error among the diagnostics.
func Validate(src *load.Source) (envs []Environment, base cue.Value, diags diag.List) {
	type result struct {
		envs []Environment
		base cue.Value
	}
	done := make(chan result, 1)
	diags = load.Guard(src.Start(), func() diag.List {
		envs, base, diags := validate(src)
		done <- result{envs, base}
		return diags
	})
	select {
	case r := <-done:
		return r.envs, r.base, diags.Sort()
	default:
		return nil, cue.Value{}, diags.Sort()
	}
}

func validate(src *load.Source) ([]Environment, cue.Value, diag.List) {
	envs, diags := environments(src)
	each := make([]diag.List, len(envs))
	for i := range envs {
		env := &envs[i]
		env.Value = src.Value
		if env.own.Exists() {
			env.Value = src.Value.Unify(env.own)
		}
		env.Value = fill(env.Value)
		each[i] = check(env)
		if env.Name == "" {
			env.Name, _ = env.Value.LookupPath(cue.ParsePath("cluster.name")).String()
		}
	}
	base := fill(src.Value)
	return envs, base, append(diags, merge(envs, each)...)
}

// environments lists the environments of the spec. Without any there is one,
// whose name is not known yet.
func environments(src *load.Source) ([]Environment, diag.List) {
	v := src.Value.LookupPath(cue.MakePath(cue.Str("environments")))
	if !v.Exists() {
		return []Environment{{src: src}}, nil
	}
	all := Environment{src: src}
	fields, ok := members(v)
	if !ok {
		d := diag.Diagnostic{Pos: all.Locate([]string{"environments"}), Path: []string{"environments"}, Code: diag.InvalidValue, Message: "must be a struct" + butIs(v)}
		return []Environment{all}, diag.List{d}
	}
	var envs []Environment
	var diags diag.List
	for _, f := range fields {
		env := Environment{Name: f.name, own: f.value, src: src}
		if d, ok := all.checkName(env.Name); !ok {
			diags = append(diags, d)
		}
		if _, ok := members(env.own); !ok && env.own.IncompleteKind() != cue.BottomKind {
			path := []string{"environments", env.Name}
			diags = append(diags, diag.Diagnostic{Pos: all.Locate(path), Path: path, Code: diag.InvalidValue, Message: "must be a struct" + butIs(env.own)})
			continue
		}
		envs = append(envs, env)
	}
	if len(envs) == 0 {
		envs = []Environment{all}
	}
	slices.SortFunc(envs, func(a, b Environment) int { return strings.Compare(a.Name, b.Name) })
	return envs, diags
}

// envName is what can name a directory on every file system.
var envName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$`)

func (e *Environment) checkName(name string) (diag.Diagnostic, bool) {
	path := []string{"environments", name}
	return diag.Diagnostic{
		Pos:     e.Locate(path),
		Path:    path,
		Code:    diag.InvalidEnvironment,
		Message: fmt.Sprintf("%q cannot name an environment, because it names a directory", name),
		Hint:    "use 1 to 63 letters, digits, dots, hyphens and underscores, the first and last a letter or digit",
	}, envName.MatchString(name)
}
