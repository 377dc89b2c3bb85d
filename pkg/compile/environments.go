package compile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/ekscc/ekscc/pkg/compile/amend"
	"github.com/ekscc/ekscc/pkg/compile/resolve"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/compile/validate"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// decode returns the specs of all environments. Of faulty ones it returns what
// is known.
func decode(environments []validate.Environment, faulty bool) ([]*spec.Spec, error) {
	specs := make([]*spec.Spec, len(environments))
	for i, environment := range environments {
		var s spec.Spec
		if faulty {
			s = spec.DecodePartial(environment.Value)
		} else {
			var err error
			if s, err = spec.Decode(environment.Value); err != nil {
				return nil, err
			}
		}
		s.Environment = environment.Name
		specs[i] = &s
	}
	return specs, nil
}

// resolveAll resolves the specs of all environments, and says where in the
// user's files the problems are. What a rule says of a field that validation
// has found faulty is an echo: the rule takes a field that is not known for one
// that is not set.
func resolveAll(environments []validate.Environment, specs []*spec.Spec) diag.List {
	names := names(specs)
	each := make([]diag.List, len(specs))
	for i, s := range specs {
		each[i] = slices.DeleteFunc(resolve.Resolve(s), func(d diag.Diagnostic) bool { return !environments[i].Trusts(d.Path) })
		locate(&environments[i], each[i])
	}
	diags := diag.Merge(names, each)
	between := resolve.Environments(specs)
	for i := range between {
		in := slices.Index(names, slices.Max(between[i].Environments))
		locate(&environments[in], between[i:i+1])
	}
	return append(diags, between...)
}

// amendable reports whether what is wrong with the specs is wrong with what
// they say about stacks alone. Lower does without that, so that amend can say
// in the same run what else is wrong with it.
func amendable(diags diag.List) bool {
	return !slices.ContainsFunc(diags, func(d diag.Diagnostic) bool {
		return d.Severity() == diag.Error && !diag.IsBelow(d.Path, []string{"cluster", "stacks"})
	})
}

// withoutEchoes leaves out what is said of fields that are known to be faulty.
func withoutEchoes(found, known diag.List) diag.List {
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return slices.ContainsFunc(known, func(k diag.Diagnostic) bool { return k.Severity() == diag.Error && diag.IsBelow(d.Path, k.Path) })
	})
}

// amendAll adds to the model's stacks what the specs say about them, has the
// templates measured if there is a size, and says where in the user's files the
// problems are.
func amendAll(environments []validate.Environment, specs []*spec.Spec, model *ir.Model, size func(ir.Stack) (int, error)) (diag.List, error) {
	each := make([]diag.List, len(specs))
	for i, s := range specs {
		lowered := environmentOf(model, s)
		lowered.Stacks, each[i] = amend.Amend(s, lowered.Stacks)
		if size != nil && !each[i].HasErrors() {
			found, err := measured(lowered.Stacks, size)
			if err != nil {
				return nil, err
			}
			each[i] = append(each[i], found...)
		}
		locate(&environments[i], each[i])
	}
	return diag.Merge(names(specs), each), nil
}

// measured reports the templates that are too large.
func measured(stacks []ir.Stack, size func(ir.Stack) (int, error)) (diag.List, error) {
	var found diag.List
	for _, stack := range stacks {
		bytes, err := size(stack)
		if err != nil {
			return nil, fmt.Errorf("failed to write a template: %w", err)
		}
		found = append(found, amend.CheckSize(stack, bytes)...)
	}
	return found, nil
}

// environmentOf is what a spec has become.
func environmentOf(model *ir.Model, s *spec.Spec) *ir.Environment {
	i := slices.IndexFunc(model.Environments, func(e ir.Environment) bool { return e.Name == s.Environment })
	return &model.Environments[i]
}

// names are the names of the environments.
func names(specs []*spec.Spec) []string {
	names := make([]string, len(specs))
	for i, s := range specs {
		names[i] = s.Environment
	}
	return names
}

func locate(environment *validate.Environment, diags diag.List) {
	for i := range diags {
		diags[i].Pos = environment.Locate(diags[i].Path)
	}
}

// suppressions are the warnings that the team accepts. One that every
// environment states is the spec's.
func suppressions(environments []validate.Environment, specs []*spec.Spec) []diag.Suppression {
	var all []diag.Suppression
	at := map[spec.Suppression]int{}
	for i, s := range specs {
		for n, accepted := range s.Lint.Suppress {
			j, seen := at[accepted]
			if !seen {
				j = len(all)
				at[accepted] = j
				all = append(all, diag.Suppression{
					Code: diag.Code(accepted.Code),
					Path: accepted.Path,
					Pos:  environments[i].Locate([]string{"lint", "suppress", strconv.Itoa(n)}),
				})
			}
			all[j].Environments = append(all[j].Environments, s.Environment)
		}
	}
	for i := range all {
		if len(all[i].Environments) == len(specs) {
			all[i].Environments = nil
		}
	}
	return all
}

// digest is the SHA-256 of the specs' values: equal specs have equal digests,
// however they are written.
func digest(specs []*spec.Spec) string {
	values := make(map[string]*spec.Spec, len(specs))
	for _, s := range specs {
		values[s.Environment] = s
	}
	data, err := json.Marshal(values)
	if err != nil {
		panic(err) // structs, maps and what was decoded from JSON always encode
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// suppress leaves out the warnings that the team accepts. Where errors kept
// amend from looking for one, or anybody from measuring templates, nobody can
// say that a suppression is needless.
func suppress(diags diag.List, accepted []diag.Suppression, names []string, amended bool) diag.List {
	if diags.HasErrors() {
		accepted = slices.DeleteFunc(accepted, func(s diag.Suppression) bool {
			return s.Code == diag.TemplateSize || !amended && amend.Reports(s.Code)
		})
	}
	return diags.Suppress(accepted, names)
}
