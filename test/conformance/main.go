// Conformance lets tools that others wrote judge what ekscc compiles: every
// template and every overlay of the examples and the golden cases.
//
//	go run ./test/conformance [-judge NAME] [TREE...]
//
// Without a TREE, an output directory, it judges every committed one, and those
// of a sample of random specs. Of these it tries N, an environment variable,
// from the seed SEED on, another. What it needs is pinned here, in tools/go.mod
// and in test/apiserver/go.mod, and is installed below .cache/.
// Each judge must first refuse faults that were planted for it: a judge that
// accepts everything proves nothing.
//
// The exit status is 0 if all is accepted, 1 if something was refused, and 2 if
// a judge could not do its work.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	only := flag.String("judge", "", "run only judges whose name contains this")
	flag.Parse()
	clean, err := run(ctx, *only, flag.Args())
	if err != nil {
		fmt.Fprintf(os.Stderr, "conformance: %v\n", err)
		os.Exit(2)
	}
	if !clean {
		os.Exit(1)
	}
}

// cacheDir is where the judges are installed, and where what is made for them
// is written. Checkouts that share it by a link agree on its path.
func cacheDir() (string, error) {
	dir, err := filepath.Abs(filepath.Join(".cache", "conformance"))
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}

// run asks every judge, prints what they say, and reports whether they
// accepted everything. It runs at the repository's root.
func run(ctx context.Context, only string, dirs []string) (clean bool, err error) {
	cache, err := cacheDir()
	if err != nil {
		return false, err
	}
	done, err := takeTurn(ctx, os.Stderr, cache)
	if err != nil {
		return false, err
	}
	defer done()
	trees, held, err := treesToJudge(ctx, os.Stdout, cache, dirs)
	if err != nil {
		return false, err
	}
	allowed, err := readAllowed(filepath.Join("test", "conformance", "allowed.yaml"))
	if err != nil {
		return false, err
	}
	var results []result
	for _, j := range []judge{cfnLint(cache), cfnValidate(cache), kustomize(cache), apiServer(cache), deployed(cache)} {
		if !strings.Contains(j.name, only) {
			continue
		}
		r, err := j.run(ctx, trees)
		if err != nil {
			return false, fmt.Errorf("%s: %w", j.name, err)
		}
		r.allow(allowed)
		results = append(results, r)
	}
	if j := fuzzing(cache); len(dirs) == 0 && strings.Contains(j.name, only) {
		targets, err := fuzzTargets("cmd", "pkg")
		if err != nil {
			return false, err
		}
		r, err := j.ask(ctx, targets)
		if err != nil {
			return false, fmt.Errorf("%s: %w", j.name, err)
		}
		results = append(results, r)
	}
	stale := only == "" && len(dirs) == 0 && printUnused(os.Stdout, allowed)
	return printResults(os.Stdout, trees, results) && !stale && held, nil
}
