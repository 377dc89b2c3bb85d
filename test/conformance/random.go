package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/ekscc/ekscc/pkg/emit"
	"github.com/ekscc/ekscc/test/random"
)

// How many random specs are tried, and which, unless N and SEED say otherwise.
const (
	randomSpecs = 300
	firstSeed   = 1
)

// The judges get every 25th random spec if ekscc accepts it. Where that would
// be more than they can judge in a few minutes, they get fewer.
const (
	judgeEvery = 25
	maxJudged  = 60
)

// treesToJudge reads the given output directories, or else all committed ones
// and those of random specs. It reports whether all held for the latter.
func treesToJudge(ctx context.Context, w io.Writer, cache string, dirs []string) (trees []tree, held bool, err error) {
	trees, err = findTrees(dirs)
	if err != nil || len(dirs) > 0 {
		return trees, true, err
	}
	tried, held, err := randomTrees(ctx, w, cache)
	return append(trees, tried...), held, err
}

// randomTrees tries random specs, prints what came of them, and writes what a
// sample of them compiles to below the cache, for the judges. It reports
// whether all held that must hold for each spec.
func randomTrees(ctx context.Context, w io.Writer, cache string) (trees []tree, held bool, err error) {
	n, err := setting("N", randomSpecs)
	if err != nil {
		return nil, false, err
	}
	first, err := setting("SEED", firstSeed)
	if err != nil {
		return nil, false, err
	}
	s := sample{dir: filepath.Join(cache, "random"), every: uint64(max(judgeEvery, n/maxJudged))}
	if err := os.RemoveAll(s.dir); err != nil {
		return nil, false, err
	}
	if err := random.Run(ctx, uint64(first), n, s.add); err != nil {
		return nil, false, fmt.Errorf("random specs: %w", err)
	}
	s.report.Print(w)
	slices.Sort(s.trees)
	if len(s.trees) > 0 {
		trees, err = findTrees(s.trees)
	}
	return trees, len(s.report.Faults) == 0, err
}

// setting is the number in an environment variable, zero or more.
func setting(name string, otherwise int) (int, error) {
	text := os.Getenv(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%s is %q, and should be a number", name, text)
	}
	return n, nil
}

// sample is what came of random specs, and the output directories of some.
type sample struct {
	dir    string // where they are written
	every  uint64 // which part of the seeds is
	report random.Report
	trees  []string
}

// add takes the result of one seed.
func (s *sample) add(r random.Result) error {
	if r.Set != nil && r.Problem == nil && !r.Broken && r.Seed%s.every == 0 {
		if err := s.write(r); err != nil {
			return err
		}
	}
	return s.report.Add(r)
}

// write writes the spec of a result, and beside it what it compiles to.
func (s *sample) write(r random.Result) error {
	dir := filepath.Join(s.dir, "seed-"+strconv.FormatUint(r.Seed, 10))
	out := filepath.Join(dir, "generated")
	if err := emit.Write(out, r.Set, emit.WriteOptions{}); err != nil {
		return err
	}
	for name, content := range r.Files() {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	s.trees = append(s.trees, out)
	return nil
}
