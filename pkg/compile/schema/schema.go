// Package schema presents the embedded schema to people and to editors: what
// a field means, the schema as CUE and as JSON Schema, a copy for stock CUE
// tools, a starter spec, and formatting.
//
// It only describes the schema. Whether a spec fits it is decided in validate.
package schema

import (
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/load"

	"github.com/ekscc/ekscc/schemas"
)

// root loads the embedded schema and returns its #Spec.
func root() (cue.Value, error) {
	cfg := &load.Config{FS: schemas.FS, Dir: "/"}
	instance := load.Instances([]string{"./" + schemas.Version}, cfg)[0]
	if instance.Err != nil {
		return cue.Value{}, fmt.Errorf("failed to load the embedded schema: %w", instance.Err)
	}
	spec := cuecontext.New().BuildInstance(instance).LookupPath(cue.ParsePath("#Spec"))
	if err := spec.Err(); err != nil {
		return cue.Value{}, fmt.Errorf("failed to build the embedded schema: %w", err)
	}
	return spec, nil
}
