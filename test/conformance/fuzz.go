package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// fuzzTime is how long each target runs. It is far too short to find much:
// it keeps the targets working, and tries what has changed.
const fuzzTime = 8 * time.Second

// plantedFuzz holds a target that fails for nearly every input but its seeds.
const plantedFuzz = "test/conformance/testdata/planted/fuzz"

// fuzzing runs the repository's own fuzz targets. It judges packages and not
// trees, so its inputs are fuzzTargets.
func fuzzing(cache string) judge {
	dir := filepath.Join(cache, "fuzz")
	planted := fuzzTarget(plantedFuzz, "FuzzPlanted")
	planted.path = filepath.Join(dir, "planted") // where what it finds is not in the way
	return judge{
		name:    "Go fuzz targets, " + fuzzTime.String() + " each",
		subject: "targets",
		planted: []plant{{planted, "fuzz"}},
		install: func(context.Context) error {
			return errors.Join(os.RemoveAll(planted.path), os.MkdirAll(planted.path, 0o755))
		},
		judge: func(ctx context.Context, targets []input) ([]finding, error) {
			var findings []finding
			for _, target := range targets {
				f, err := fuzz(ctx, dir, target)
				if err != nil {
					return nil, err
				}
				findings = append(findings, f...)
			}
			return findings, nil
		},
	}
}

// fuzzTarget is the target of this name in a package, a slash-separated path.
// It runs in the package's folder.
func fuzzTarget(dir, name string) input {
	return input{name: dir + "." + name, path: filepath.FromSlash(dir), within: name}
}

var fuzzFunction = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(\w+ \*testing\.F\)`)

// fuzzTargets lists the targets in the tests below the folders.
func fuzzTargets(folders ...string) ([]input, error) {
	var targets []input
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(file, "_test.go") {
				return err
			}
			source, err := os.ReadFile(file)
			for _, match := range fuzzFunction.FindAllSubmatch(source, -1) {
				targets = append(targets, fuzzTarget(path.Dir(filepath.ToSlash(file)), string(match[1])))
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return targets, nil
}

// fuzz runs one target for a short time. What it finds stays in the package's
// testdata, as a seed to commit with the repair.
func fuzz(ctx context.Context, dir string, target input) ([]finding, error) {
	pkg := strings.TrimSuffix(target.name, "."+target.within)
	binary := filepath.Join(dir, strings.ReplaceAll(pkg, "/", "_")+".test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-fuzz=.", "-o", binary, "./"+pkg)
	if _, err := output(build); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, binary, "-test.run=^$", "-test.fuzz=^"+target.within+"$", "-test.fuzztime="+fuzzTime.String(),
		"-test.fuzzminimizetime=1s", "-test.fuzzcachedir="+filepath.Join(dir, "found"))
	cmd.Dir = target.path
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // which it passes on to its workers
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &exit) && !isLate(string(out)):
		return []finding{{input: target, rule: "fuzz", message: failure(string(out))}}, nil
	case err != nil && exit == nil:
		return nil, err
	case !strings.Contains(string(out), "now fuzzing"):
		return []finding{{input: target, rule: notJudged, message: "its seeds took all the time"}}, nil
	}
	return nil, nil
}

// isLate reports whether a target failed only because its time was over, which
// happens on a busy machine before Go 1.27: https://go.dev/issue/75804.
func isLate(out string) bool {
	return strings.Contains(out, "context deadline exceeded") && !strings.Contains(out, "Failing input written")
}

// failure is what a target printed, without its progress.
func failure(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "fuzz: elapsed") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n  ")
}
