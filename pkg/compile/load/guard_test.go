package load

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"cuelang.org/go/cue/cuecontext"

	"github.com/ekscc/ekscc/pkg/diag"
)

func TestGuard(t *testing.T) {
	want := diag.List{{Message: "found"}}
	if got := Guard(diag.Pos{File: "a.cue"}, func() diag.List { return want }); len(got) != 1 || got[0].Message != "found" {
		t.Errorf("got %v", got)
	}
	got := Guard(diag.Pos{File: "a.cue"}, func() diag.List { panic("nil dereference") })
	if len(got) != 1 || got[0].Code != diag.Evaluation || !strings.Contains(got[0].Message, "nil dereference") || got[0].Pos.File != "a.cue" {
		t.Errorf("got %v", got)
	}
}

// A spec that does not come to an end is told of, in a process of its own
// because the evaluation goes on until that ends.
func TestGuardEndless(t *testing.T) {
	if os.Getenv("EKSCC_TEST_ENDLESS") != "" {
		maxTime, maxBytes = 500*time.Millisecond, 64<<20
		diags := Guard(diag.Pos{File: "a.cue"}, func() diag.List {
			v := cuecontext.New().CompileString(`import "list"
x: [for a in list.Range(0, 100000000, 1) {a}]`)
			_ = v.Validate()
			return nil
		})
		for _, d := range diags {
			os.Stdout.WriteString(d.Message)
		}
		os.Exit(0)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestGuardEndless$")
	cmd.Env = append(os.Environ(), "EKSCC_TEST_ENDLESS=1")
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), "CUE") {
		t.Errorf("got %q, %v", out, err)
	}
}
