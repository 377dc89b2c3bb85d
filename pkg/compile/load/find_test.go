package load_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/load"
)

func TestFind(t *testing.T) {
	const spec = "package a\ncluster: name: \"x\""
	write(t, map[string]string{
		"clusters/dev/a.cue":                spec,
		"clusters/prod/a.cue":               "package a\n\"cluster\": {",
		"clusters/prod/extra/b.cue":         "package b\nnodes: cluster: 1",
		"clusters/[x]/a.cue":                spec,
		"clusters/.hidden/a.cue":            spec,
		"clusters/cue.mod/pkg/a.cue":        spec,
		"clusters/generated/a.cue":          spec,
		"clusters/out/ekscc.lock.json":      "{}",
		"clusters/out/a.cue":                spec,
		"clusters/ignored/_a.cue":           spec,
		"clusters/text/a.txt":               spec,
		"empty/a.txt":                       "",
		"clusters/dev/deeper/than/that.cue": spec,
	})
	tests := []struct {
		patterns []string
		want     []string
	}{
		{[]string{"."}, []string{"."}},
		{[]string{"missing", "./spec.yaml", "missing"}, []string{"missing", "spec.yaml"}},
		{[]string{"./clusters/..."}, []string{"clusters/[x]", "clusters/dev", "clusters/dev/deeper/than", "clusters/prod"}},
		{[]string{"...", "clusters/dev"}, []string{"clusters/[x]", "clusters/dev", "clusters/dev/deeper/than", "clusters/prod"}},
		{[]string{"clusters/dev/..."}, []string{"clusters/dev", "clusters/dev/deeper/than"}},
		{[]string{"clusters/out/..."}, []string{"clusters/out"}},
	}
	for _, tt := range tests {
		got, err := load.Find(tt.patterns)
		for i := range got {
			got[i] = filepath.ToSlash(got[i])
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("Find(%q) = %q, %v, want %q", tt.patterns, got, err, tt.want)
		}
	}
	for _, pattern := range []string{"empty/...", "missing/..."} {
		if got, err := load.Find([]string{pattern}); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(pattern, "/...")) {
			t.Errorf("Find(%q) = %q, %v, want an error that names the directory", pattern, got, err)
		}
	}
}
