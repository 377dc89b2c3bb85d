package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"slices"

	"sigs.k8s.io/yaml"
)

// exception is a warning that is right to ignore. An error never is.
type exception struct {
	// Judge is the name of the tool, without its version.
	Judge string `json:"judge"`
	// Rule is the tool's own name of the warning.
	Rule string `json:"rule"`
	// Input is a path.Match pattern of the inputs it is about, as paths in
	// their output directory: what is right in one tree is right in all.
	Input string `json:"input"`
	// Reason is why the warning is wrong here, in a full sentence.
	Reason string `json:"reason"`

	used bool
}

// readAllowed reads the list of exceptions.
func readAllowed(file string) ([]exception, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list []exception
	if err := yaml.UnmarshalStrict(data, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i, e := range list {
		if e.Judge == "" || e.Rule == "" || e.Input == "" || e.Reason == "" {
			return nil, fmt.Errorf("%s: entry %d needs judge, rule, input and reason", file, i+1)
		}
		if _, err := path.Match(e.Input, ""); err != nil {
			return nil, fmt.Errorf("%s: entry %d: input %q: %w", file, i+1, e.Input, err)
		}
	}
	return list, nil
}

// allow takes the warnings that are excepted out of r, and marks the
// exceptions that it used.
func (r *result) allow(allowed []exception) {
	r.findings = slices.DeleteFunc(r.findings, func(f finding) bool {
		for i, e := range allowed {
			matches, _ := path.Match(e.Input, f.input.within) // readAllowed has checked the pattern
			if f.warning && matches && e.Rule == f.rule && r.judge.is(e.Judge) {
				allowed[i].used = true
				r.explained++
				return true
			}
		}
		return false
	})
}

// printUnused names the exceptions that no warning needed, and reports whether
// there are any: an exception must not outlive its cause.
func printUnused(w io.Writer, allowed []exception) bool {
	unused := false
	for _, e := range allowed {
		if !e.used {
			fmt.Fprintf(w, "allowed.yaml: %s %s on %s is no longer needed\n", e.Judge, e.Rule, e.Input)
			unused = true
		}
	}
	return unused
}
