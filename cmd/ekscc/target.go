package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/ekscc/ekscc/pkg/compile"
)

// target is a spec and the directory that it is compiled into.
type target struct{ spec, out string }

// outputFlag is -o. Its value is read by targets.
func outputFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "output", Aliases: []string{"o"},
		Usage: "the output directory is `DIR`, not generated beside the spec",
	}
}

func tagFlag() cli.Flag {
	return &cli.StringSliceFlag{
		Name: "tag", Aliases: []string{"t"},
		Usage: "`KEY=VALUE` sets the field with the attribute @tag(KEY); may be repeated",
	}
}

// targets returns what the SPEC arguments and -o of a command name, in order.
func targets(c *cli.Context) ([]target, error) {
	patterns := c.Args().Slice()
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	specs, err := compile.Find(patterns)
	if err != nil {
		return nil, err
	}
	// One pattern is several specs even while it matches but one, so that a
	// second cluster does not move the tree of the first.
	several := len(patterns) > 1 || strings.Contains(patterns[0], "...")
	targets := make([]target, len(specs))
	for i, spec := range specs {
		out, err := outputOf(spec, c.String("output"), several)
		if err != nil {
			return nil, err
		}
		targets[i] = target{spec, out}
	}
	if one, other, ok := overlap(targets); ok {
		message := fmt.Sprintf("%s and %s would be compiled into one directory, or one inside that of the other", one, other)
		if c.IsSet("output") {
			return nil, usageError{message, "compile them apart, each with an -o of its own"}
		}
		return nil, usageError{message, "with -o DIR, each has a directory of its own below DIR"}
	}
	return targets, nil
}

// outputOf returns the directory that spec is compiled into.
func outputOf(spec, output string, several bool) (string, error) {
	switch {
	case output == "" && isDir(spec):
		return filepath.Join(spec, "generated"), nil
	case output == "":
		return filepath.Join(filepath.Dir(spec), "generated"), nil
	case !several:
		return filepath.Clean(output), nil
	}
	name, err := relative(spec)
	if err != nil {
		return "", err
	}
	if !isDir(spec) {
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	return filepath.Join(output, name), nil
}

// relative returns path below the working directory, or its last element
// where it is not below.
func relative(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("failed to find %s: %w", path, err)
	}
	here, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("failed to find the working directory: %w", err)
	}
	rel, err := filepath.Rel(here, abs)
	if err != nil || rel == "." || !filepath.IsLocal(rel) {
		return filepath.Base(abs), nil
	}
	return rel, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// overlap finds two specs of which one would write into the tree of the other.
func overlap(targets []target) (one, other string, found bool) {
	sorted := slices.Clone(targets)
	for i, t := range sorted {
		if abs, err := filepath.Abs(t.out); err == nil {
			t.out = abs
		}
		// With a separator at its end, a path is the prefix of exactly those below.
		sorted[i].out = t.out + string(filepath.Separator)
	}
	slices.SortStableFunc(sorted, func(a, b target) int { return strings.Compare(a.out, b.out) })
	for i := range len(sorted) - 1 {
		if strings.HasPrefix(sorted[i+1].out, sorted[i].out) {
			return sorted[i].spec, sorted[i+1].spec, true
		}
	}
	return "", "", false
}
