package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	tests := []struct {
		err    error
		status int
		stderr string
	}{
		{nil, 0, ""},
		{errFindings, 1, ""},
		{errReported, 2, ""},
		{usageError{"no such thing", "try another"}, 2, "ekscc: no such thing\nekscc: hint: try another\n"},
		{usageError{message: "no such thing"}, 2, "ekscc: no such thing\n"},
		{fmt.Errorf("failed to read x: %w", errors.New("it is gone")), 2, "ekscc: failed to read x: it is gone\n"},
		{errors.Join(errors.New("one"), errors.New("two")), 2, "ekscc: one\nekscc: two\n"},
	}
	for _, tt := range tests {
		var stderr bytes.Buffer
		if got := (ui{stderr: &stderr}).report(tt.err); got != tt.status || stderr.String() != tt.stderr {
			t.Errorf("report(%v) = %d with %q, want %d with %q", tt.err, got, stderr.String(), tt.status, tt.stderr)
		}
	}
}

func TestBug(t *testing.T) {
	t.Setenv("EKSCC_DEBUG", "")
	var quiet, verbose bytes.Buffer
	(ui{stderr: &quiet}).bug("lost")
	want := "ekscc: internal error, please report it with the spec that causes it: lost\n" +
		"ekscc: hint: EKSCC_DEBUG=1 shows where it happened\n"
	if quiet.String() != want {
		t.Errorf("bug writes %q, want %q", quiet.String(), want)
	}
	t.Setenv("EKSCC_DEBUG", "1")
	(ui{stderr: &verbose}).bug(caught{"lost", []byte("where it happened")})
	if !strings.HasSuffix(verbose.String(), "where it happened") {
		t.Errorf("bug writes no stack: %q", verbose.String())
	}
}

// A panic anywhere below run ends in a status and a sentence.
func TestRunRecovers(t *testing.T) {
	var stderr bytes.Buffer
	// A nil writer panics when help is written to it.
	status := run(context.Background(), []string{"ekscc", "explain"}, nil, nil, &stderr)
	if status != 2 || !strings.HasPrefix(stderr.String(), "ekscc: internal error, please report it") {
		t.Errorf("run = %d with %q", status, stderr.String())
	}
	if strings.Contains(stderr.String(), "goroutine") {
		t.Errorf("run shows a stack trace: %q", stderr.String())
	}
}

func TestRunInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	t.Chdir(t.TempDir())
	var stdout, stderr bytes.Buffer
	if status := run(ctx, []string{"ekscc", "init"}, nil, &stdout, &stderr); status != 0 {
		t.Fatalf("init = %d with %q", status, stderr.String())
	}
	if status := run(ctx, []string{"ekscc", "compile"}, nil, &stdout, &stderr); status != 2 || stderr.String() != "ekscc: interrupted\n" {
		t.Errorf("run = %d with %q", status, stderr.String())
	}
}
