package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/emit"
	"github.com/ekscc/ekscc/test/random"
)

func TestSetting(t *testing.T) {
	tests := []struct {
		text string
		want int
		ok   bool
	}{
		{"", 5, true}, {"0", 0, true}, {"12", 12, true}, {"-1", 0, false}, {"many", 0, false},
	}
	for _, tc := range tests {
		t.Setenv("EKSCC_TEST_SETTING", tc.text)
		if got, err := setting("EKSCC_TEST_SETTING", 5); got != tc.want || (err == nil) != tc.ok {
			t.Errorf("%q: got %d and error %v", tc.text, got, err)
		}
	}
}

// The judges get the trees of seeds that are in the sample, and of no spec
// that is refused, has a problem, or is full of faults.
func TestSample(t *testing.T) {
	set := emit.Set{emit.LockFile: []byte("{}\n")}
	spec := random.Spec{Base: map[string]any{"cluster": map[string]any{}}}
	s := sample{dir: t.TempDir(), every: 5}
	for _, r := range []random.Result{
		{Seed: 10, Spec: spec, Set: set},
		{Seed: 11, Spec: spec, Set: set},
		{Seed: 15, Spec: spec},
		{Seed: 20, Spec: spec, Set: set, Broken: true},
	} {
		if err := s.add(r); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{filepath.Join(s.dir, "seed-10", "generated")}; !slices.Equal(s.trees, want) {
		t.Errorf("got %q, want %q", s.trees, want)
	}
	if s.report.Accepted != 3 || s.report.Refused != 1 {
		t.Errorf("got %d accepted and %d refused", s.report.Accepted, s.report.Refused)
	}
}
