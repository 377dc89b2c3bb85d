package load

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"cuelang.org/go/cue/cuecontext"

	"github.com/ekscc/ekscc/pkg/diag"
)

func TestGuard(t *testing.T) {
	pos, never := diag.Pos{File: "a.cue"}, make(chan time.Time)
	want := diag.List{{Message: "found"}}
	value, got := guard(pos, never, func() (int, diag.List) { return 7, want })
	if value != 7 || len(got) != 1 || got[0].Message != "found" {
		t.Errorf("got %d, %v", value, got)
	}
	value, got = guard(pos, never, func() (int, diag.List) { panic("nil dereference") })
	if value != 0 || len(got) != 1 || got[0].Code != diag.Evaluation || !strings.Contains(got[0].Message, "nil dereference") || got[0].Pos != pos {
		t.Errorf("got %d, %v", value, got)
	}
}

// An evaluation beyond a limit is told of, and no other begins beside it.
func TestGuardAbandons(t *testing.T) {
	pos, now, never := diag.Pos{File: "a.cue"}, time.After(0), make(chan time.Time)
	release, ended := make(chan struct{}), make(chan struct{})
	value, got := guard(pos, now, func() (int, diag.List) {
		defer close(ended)
		<-release
		return 7, nil
	})
	if value != 0 || len(got) != 1 || !strings.Contains(got[0].Message, "within 8 seconds") {
		t.Errorf("got %d, %v", value, got)
	}
	begun := false
	begin := func() (int, diag.List) { begun = true; return 7, nil }
	if _, got = guard(pos, never, begin); begun || len(got) != 1 || !strings.Contains(got[0].Message, "not evaluated") {
		t.Errorf("got %v beside an evaluation without end", got)
	}
	close(release)
	<-ended
	for abandoned.Load() > 0 {
		time.Sleep(time.Millisecond)
	}
	if value, got := guard(pos, never, begin); value != 7 || len(got) > 0 {
		t.Errorf("got %d, %v after its end", value, got)
	}
}

// A spec that eats memory is told of, in a process of its own because the
// evaluation goes on until that ends.
func TestGuardEndless(t *testing.T) {
	if os.Getenv("EKSCC_TEST_ENDLESS") != "" {
		maxBytes = 64 << 20
		_, diags := guard(diag.Pos{File: "a.cue"}, nil, func() (string, diag.List) {
			v := cuecontext.New().CompileString(`import "list"
x: [for a in list.Range(0, 100000000, 1) {a}]`)
			return fmt.Sprint(v.Validate()), nil
		})
		for _, d := range diags {
			os.Stdout.WriteString(d.Message)
		}
		os.Exit(0)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestGuardEndless$")
	cmd.Env = append(os.Environ(), "EKSCC_TEST_ENDLESS=1")
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), "more than 64 MiB") {
		t.Errorf("got %q, %v", out, err)
	}
}
