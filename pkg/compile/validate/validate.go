// Package validate finds what is wrong with the shape and the values of a
// spec: unknown and missing fields, values of the wrong type or not among
// those allowed, values that contradict one another, values that are not
// known. It reports all of it in one run, in the user's own words and places.
//
// CUE evaluates the spec; the schema is data, schema.Spec. Unifying the two, as
// one would do first, hides one fault behind another, names places in the
// schema, and has a flaw that no message could repair: a default of the
// schema and a default of the spec (*1 | int and *2 | int) make an ambiguous
// value. So the schema's defaults are added last, where the spec is silent.
//
// Rules that need more than one field are not checked here but in resolve.
package validate

import (
	"slices"

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

	oversized bool // a value is too large to be decoded
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
// what only environments say is missing in it. There are no environments where
// the spec cannot be evaluated or is too large; with other errors among the
// diagnostics, the environments hold what is known.
func Validate(src *load.Source) (envs []Environment, base cue.Value, diags diag.List) {
	type result struct {
		envs []Environment
		base cue.Value
	}
	r, diags := load.Guard(src, func() (result, diag.List) {
		envs, base, diags := validate(src)
		return result{envs, base}, diags
	})
	return r.envs, r.base, diags.Sort()
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
	diags = append(diags, merge(envs, each)...)
	if slices.ContainsFunc(envs, func(e Environment) bool { return e.oversized }) {
		return nil, cue.Value{}, diags
	}
	return envs, fill(src.Value), diags
}
