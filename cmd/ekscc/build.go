package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/compile/capacity"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

// built is a target and what its spec compiles to.
type built struct {
	target
	diags diag.List
	set   emit.Set // nil where diags has errors

	reports []capacity.Report // of the command capacity alone
}

// build compiles in memory the specs that the arguments of a command name.
func build(c *cli.Context) ([]built, error) {
	return forEachSpec(c, func(b *built, tags []string) error {
		model, diags, err := compile.Compile(input(b.spec, tags))
		b.diags = diags
		if err != nil || diags.HasErrors() {
			return err
		}
		b.set, err = emit.Emit(model)
		if err != nil {
			return fmt.Errorf("internal error, please report it with the spec %s: %w", b.spec, err)
		}
		return nil
	})
}

// inspect finds the problems of the specs that the arguments of a command
// name, and leaves the sets nil.
func inspect(c *cli.Context) ([]built, error) {
	return forEachSpec(c, func(b *built, tags []string) error {
		var err error
		_, b.diags, err = compile.Compile(input(b.spec, tags))
		return err
	})
}

// input is what every command has compiled, so that each reports the same.
func input(path string, tags []string) compile.Input {
	return compile.Input{Path: path, Tags: tags, TemplateSize: emit.TemplateSize}
}

func forEachSpec(c *cli.Context, do func(b *built, tags []string) error) ([]built, error) {
	targets, err := targets(c)
	if err != nil {
		return nil, err
	}
	all := make([]built, len(targets))
	err = parallel(c.Context, len(all), func(i int) error {
		all[i].target = targets[i]
		return do(&all[i], c.StringSlice("tag"))
	})
	return all, err
}

// diagnostics joins the diagnostics of all specs, in the order of the specs.
func diagnostics(all []built) diag.List {
	var list diag.List
	for _, b := range all {
		list = append(list, b.diags...)
	}
	return list
}

// errorsIn writes the diagnostics of all specs as text if there are errors
// among them, and then returns errFindings.
func errorsIn(w io.Writer, all []built) error {
	list := diagnostics(all)
	if !list.HasErrors() {
		return nil
	}
	if err := diag.WriteText(w, list); err != nil {
		return err
	}
	return errFindings
}

// caught is a panic of a goroutine, and where it happened.
type caught struct {
	value any
	stack []byte
}

// parallel calls do with 0 to n-1, as many at a time as there are processors,
// and joins the errors in that order. It begins nothing new once ctx is done,
// and passes a panic on to its caller.
func parallel(ctx context.Context, n int, do func(int) error) error {
	var (
		errs     = make([]error, n)
		next     atomic.Int64
		workers  sync.WaitGroup
		panicked atomic.Pointer[caught]
	)
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panicked.CompareAndSwap(nil, &caught{p, debug.Stack()})
				}
			}()
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	workers.Wait()
	if p := panicked.Load(); p != nil {
		panic(*p)
	}
	if ctx.Err() != nil {
		return errors.New("interrupted")
	}
	return errors.Join(errs...)
}
