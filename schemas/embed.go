// Package schemas embeds the CUE schemas of an ekscc spec, so that the binary
// needs no file and no network to validate one.
//
// The tree is a CUE module of its own (cue.mod/module.cue); one directory
// holds one version of the vocabulary.
package schemas

import "embed"

// Version is the schema version that this ekscc compiles: the name of the
// directory below this package, and of the CUE package in it.
const Version = "v1alpha1"

// ImportPath is what a spec imports to name a schema definition, such as
// v1alpha1.#NodeGroup. It resolves from the binary, never from a network.
const ImportPath = "github.com/ekscc/ekscc/schemas/" + Version

// FS holds the CUE module: cue.mod/module.cue and v1alpha1/*.cue.
//
//go:embed cue.mod/module.cue v1alpha1/*.cue
var FS embed.FS
