package random

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

// A Result is what came of one seed.
type Result struct {
	Seed uint64
	// Spec is what the seed makes, after repairs.
	Spec Spec
	// Broken says that faults were planted in the spec and not repaired. If it
	// is accepted all the same, they are in what ekscc passes on as it is.
	Broken bool
	// Set is what it compiles to, or nil where it is refused.
	Set emit.Set
	// Diagnostics are what ekscc reports about it.
	Diagnostics diag.List
	// Problem is nil where all held that must hold.
	Problem *Problem
}

// Run tries n seeds from the first on, and gives each result to done, one at a
// time and in no certain order. An error says that a seed could not be tried,
// that done failed, or that ctx is done.
func Run(ctx context.Context, first uint64, n int, done func(Result) error) error {
	root, err := readShape()
	if err != nil {
		return err
	}
	// Many small compilations make much garbage, and memory is plenty.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	var (
		next    atomic.Int64
		turn    sync.Mutex // of failed
		handing sync.Mutex // of done
		failed  error
		workers sync.WaitGroup
	)
	fail := func(err error) bool {
		turn.Lock()
		defer turn.Unlock()
		if failed == nil {
			failed = cmp.Or(err, ctx.Err())
		}
		return failed != nil
	}
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			dir, err := os.MkdirTemp("", "ekscc-random-")
			defer os.RemoveAll(dir)
			if fail(err) {
				return
			}
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				result, err := try(root, dir, first+uint64(i))
				if fail(err) || fail(hand(&handing, done, result)) {
					return
				}
			}
		})
	}
	workers.Wait()
	return failed
}

// hand gives a result to done, while nobody else does.
func hand(turn *sync.Mutex, done func(Result) error, result Result) error {
	turn.Lock()
	defer turn.Unlock()
	return done(result)
}

// try makes the spec of a seed, repairs it until ekscc accepts it, and checks
// the one that comes of it.
func try(root *shape, dir string, seed uint64) (Result, error) {
	g := newGenerator(seed)
	c := checker{dir, seed}
	s := g.spec(root, seed)
	v, err := c.first(s)
	for round := 0; err == nil && v.repairable() && g.mood != broken && round < maxRounds; round++ {
		g.repair(root, &s, v.diagnostics, round)
		v, err = c.first(s)
	}
	if err == nil {
		err = c.check(s, &v)
	}
	if err != nil {
		return Result{}, fmt.Errorf("failed to try seed %d: %w", seed, err)
	}
	return Result{seed, s, g.mood == broken, v.set, v.diagnostics, v.problem}, nil
}

// spec makes the spec of a seed, as it is before any repair. As many seeds in a
// row as the schema has fields try each of them; those that are written as YAML
// or JSON get no environments that need CUE.
func (g *generator) spec(root *shape, seed uint64) Spec {
	fields := fieldPaths()
	aim := strings.Split(fields[seed%uint64(len(fields))], ".")
	s := Spec{Base: g.aimed(aim, root, nil).(map[string]any)}
	if g.chance(0.5) {
		g.environments(root, &s, seed%3 != 0)
	}
	if g.mood == broken {
		g.breakSome(s.Base)
	}
	return s
}

// fieldPaths are the paths of the schema's fields, without what the user
// chooses, outside environments.
var fieldPaths = sync.OnceValue(func() []string {
	return slices.DeleteFunc(schema.Paths(), func(path string) bool { return strings.HasPrefix(path, "environments") })
})

// Files are the spec as it was first compiled: one file.
func (r Result) Files() map[string][]byte {
	return checker{seed: r.Seed}.form(r.Spec, r.Seed)
}

// shrunk is the spec made as small as it goes while it has its problem.
func (r Result) shrunk() (Spec, error) {
	dir, err := os.MkdirTemp("", "ekscc-random-")
	if err != nil {
		return Spec{}, err
	}
	defer os.RemoveAll(dir)
	c := checker{dir, r.Seed}
	return shrink(r.Spec, func(s Spec) bool { return c.has(s, r.Problem) }), nil
}
