// Package compile turns a spec into the intermediate representation that the
// emitters write down.
//
// The stages follow one another, and each is a plain function in a package of
// its own: load, validate, decode, resolve, lower, amend. Each reports all it
// finds before the next one runs. Nothing here writes a file, reads a clock or
// opens a connection.
package compile

import (
	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/resolve"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/compile/validate"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
	"github.com/ekscc/ekscc/schemas"
)

// Input is what to compile.
type Input struct {
	// Path is the spec: a directory with one CUE package, or one .cue, .yaml
	// or .json file.
	Path string
	// Tags are values for the spec's @tag attributes, each "key=value".
	Tags []string
	// TemplateSize tells how many bytes the template of a stack has once it is
	// written. Without it, nobody looks at sizes.
	TemplateSize func(ir.Stack) (int, error)
}

// Compile compiles one spec. The diagnostics hold warnings even where there
// is a model; with an error among them there is none. The error says that the
// spec could not be read at all.
func Compile(in Input) (*ir.Model, diag.List, error) {
	go schema.Spec() // which validate needs: read it meanwhile

	// Load: the user's files become one CUE value, without any schema.
	source, diags, err := load.Load(in.Path, in.Tags)
	if err != nil || diags.HasErrors() {
		return nil, diags, err
	}

	// Validate: the value has the schema's shape in every environment.
	environments, partial, found := validate.Validate(source)
	diags = append(diags, found...)
	if environments == nil {
		return nil, diags.Sort(), nil
	}

	// Decode: CUE ends here. Of a faulty spec, decode what is known.
	base := spec.DecodePartial(partial)
	specs, err := decode(environments, found.HasErrors())
	if err != nil {
		return nil, diags.Sort(), err
	}
	digest := digest(specs)

	// Resolve: computed defaults, and the rules that need more than one field.
	resolve.Resolve(&base) // what is wrong with it shows in the environments
	diags = append(diags, resolveAll(environments, specs)...)
	accepted := suppressions(environments, specs)
	if !amendable(diags) {
		return nil, suppress(diags, accepted, names(specs), false), nil
	}

	// Lower: every choice about resources, names and order.
	model := lower.Lower(&base, specs)
	model.SchemaVersion = schemas.Version
	model.SpecDigest = digest

	// Amend: what the spec says about the stacks, now that they are known.
	found, err = amendAll(environments, specs, model, in.TemplateSize)
	if err != nil {
		return nil, diags, err
	}
	diags = append(diags, withoutEchoes(found, diags)...)
	diags = suppress(diags, accepted, names(specs), true)
	if diags.HasErrors() {
		return nil, diags, nil
	}
	return model, diags, nil
}

// Find expands the arguments of a command to the specs that they name: a path
// ending in "/..." stands for every spec below it, and any other for itself.
func Find(patterns []string) ([]string, error) { return load.Find(patterns) }
