package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFuzzTargets(t *testing.T) {
	dir := write(t, map[string]string{
		"pkg/a/a_test.go": "package a\n\nfunc FuzzOne(f *testing.F) {}\nfunc FuzzTwo(tf *testing.F) { two(tf) }\nfunc fuzz(f *testing.F) {}\n// func FuzzNone(f *testing.F)\n",
		"pkg/a/a.go":      "package a\nfunc FuzzNot(f *testing.F) {}\n",
		"cmd/b_test.go":   "package b\nfunc TestFuzz(t *testing.T) {}\n",
	})
	t.Chdir(dir)
	targets, err := fuzzTargets("cmd", "pkg")
	if err != nil || len(targets) != 2 || targets[0].name != "pkg/a.FuzzOne" || targets[1].name != "pkg/a.FuzzTwo" || targets[0].path != filepath.Join("pkg", "a") {
		t.Errorf("got %v and error %v", targets, err)
	}
	if _, err := fuzzTargets("missing"); err == nil {
		t.Error("a missing folder is no error")
	}
}

func TestFailure(t *testing.T) {
	got := failure("fuzz: elapsed: 0s, now fuzzing\n--- FAIL: FuzzA\n    a_test.go:1: got 2\n\nFAIL\n")
	if !strings.HasPrefix(got, "--- FAIL: FuzzA\n  a_test.go:1: got 2") || strings.Contains(got, "elapsed") {
		t.Errorf("got %q", got)
	}
}

func TestIsLate(t *testing.T) {
	if late := "--- FAIL: FuzzA (8.11s)\n    context deadline exceeded\nFAIL\n"; !isLate(late) || isLate("Failing input written to x\n"+late) || isLate("--- FAIL") {
		t.Error("a finding and the end of the time are not told apart")
	}
}
