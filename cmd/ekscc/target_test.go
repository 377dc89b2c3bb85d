package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestOutputOf(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"here/a", "beside"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Join(root, "here"))
	tests := []struct {
		spec, output string
		several      bool
		want         string
	}{
		{".", "", false, "generated"},
		{"a", "", false, "a/generated"},
		{"a", "", true, "a/generated"},
		{"a/x.cue", "", false, "a/generated"},
		{"../beside", "", false, "../beside/generated"},
		{"a", "out", false, "out"},
		{"a", "out/", false, "out"},
		{"a", "out", true, "out/a"},
		{".", "out", true, "out/here"},
		{"a/x.yaml", "out", true, "out/a/x"},
		{"../beside", "out", true, "out/beside"},
		{filepath.Join(root, "here", "a"), "out", true, "out/a"},
		{filepath.Join(root, "beside"), "/out", true, "/out/beside"},
	}
	for _, tt := range tests {
		got, err := outputOf(tt.spec, tt.output, tt.several)
		if err != nil || filepath.ToSlash(got) != tt.want {
			t.Errorf("outputOf(%q, %q, %v) = %q, %v, want %q", tt.spec, tt.output, tt.several, got, err, tt.want)
		}
	}
}

func TestOverlap(t *testing.T) {
	tests := []struct {
		name string
		outs []string
		want bool
	}{
		{"apart", []string{"out/a", "out/b"}, false},
		{"one the beginning of the other's name", []string{"out/a", "out/a-b", "out/ab"}, false},
		{"the same", []string{"out/b", "out/a", "out/b"}, true},
		{"the same by another name", []string{"out/a", "./out/../out/a"}, true},
		{"one inside the other", []string{"out/a/b", "out/c", "out/a"}, true},
		{"one inside the other, and a sibling between them", []string{"out/a", "out/a-b", "out/a/b"}, true},
	}
	for _, tt := range tests {
		targets := make([]target, len(tt.outs))
		for i, out := range tt.outs {
			targets[i] = target{"spec", out}
		}
		if _, _, got := overlap(targets); got != tt.want {
			t.Errorf("%s: overlap = %v, want %v", tt.name, got, tt.want)
		}
	}
}
