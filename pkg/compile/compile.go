// Package compile turns a spec into the intermediate representation that the
// emitters write down.
//
// The stages follow one another, and each is a plain function in a package of
// its own: load, validate, decode, resolve, lower. Each reports all it finds
// before the next one runs. Nothing here writes a file, reads a clock or opens
// a connection.
package compile

import (
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/ir"
)

// Input is what to compile.
type Input struct {
	// Path is the spec: a directory with one CUE package, or one .cue, .yaml
	// or .json file.
	Path string
	// Tags are values for the spec's @tag attributes, each "key=value".
	Tags []string
}

// Compile compiles one spec. The diagnostics hold warnings even where there
// is a model; with an error among them there is none. The error says that the
// spec could not be read at all.
func Compile(in Input) (*ir.Model, diag.List, error) {
	panic("not yet")
}
