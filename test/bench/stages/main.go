// Stages compiles one spec in a fresh process and prints how long each stage
// took, in nanoseconds: a line for each, its name and the figure.
//
//	stages SPEC OUT
//
// It goes through the stages of pkg/compile one by one. It is a program of its
// own so that test/bench stays small: what a parent holds counts as its
// children's memory.
package main

import (
	"fmt"
	"os"
	"time"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/lower"
	"github.com/ekscc/ekscc/pkg/compile/resolve"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/compile/validate"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: stages SPEC OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintf(os.Stderr, "stages: %v\n", err)
		os.Exit(2)
	}
}

// stopwatch tells how long each stage took.
type stopwatch struct{ start time.Time }

// lap prints the time since the last lap.
func (w *stopwatch) lap(stage string) {
	fmt.Printf("%s\t%d\n", stage, time.Since(w.start).Nanoseconds())
	w.start = time.Now()
}

func run(path, out string) error {
	watch := &stopwatch{time.Now()}
	base, specs, err := read(path, watch)
	if err != nil {
		return err
	}
	resolve.Resolve(base)
	for _, s := range specs {
		if err := failure(path, resolve.Resolve(s), nil); err != nil {
			return err
		}
	}
	watch.lap("resolve")
	model := lower.Lower(base, specs)
	watch.lap("lower")
	set, err := emit.Emit(model)
	if err != nil {
		return err
	}
	watch.lap("emit")
	for _, stage := range []string{"write", "write unchanged"} {
		if err := emit.Write(out, set, emit.WriteOptions{}); err != nil {
			return err
		}
		watch.lap(stage)
	}
	return nil
}

// read goes through the stages in which CUE takes part.
func read(path string, watch *stopwatch) (*spec.Spec, []*spec.Spec, error) {
	source, diags, err := load.Load(path, nil)
	if err := failure(path, diags, err); err != nil {
		return nil, nil, err
	}
	watch.lap("load")
	environments, partial, diags := validate.Validate(source)
	if err := failure(path, diags, nil); err != nil {
		return nil, nil, err
	}
	watch.lap("validate")
	base := spec.DecodePartial(partial)
	specs := make([]*spec.Spec, len(environments))
	for i, environment := range environments {
		s, err := spec.Decode(environment.Value)
		if err != nil {
			return nil, nil, err
		}
		s.Environment = environment.Name
		specs[i] = &s
	}
	watch.lap("decode")
	return &base, specs, nil
}

// failure is an error where a stage failed or found errors: what is measured
// is a whole compilation.
func failure(path string, diags diag.List, err error) error {
	if err == nil && diags.HasErrors() {
		return fmt.Errorf("%s has errors: %v", path, diags)
	}
	return err
}
