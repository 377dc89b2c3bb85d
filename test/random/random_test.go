package random

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

// TestRandom tries N seeds from SEED on.
func TestRandom(t *testing.T) {
	debug.FreeOSMemory() // what other tests left counts against the specs' limit
	first, n := setting(t, "SEED", 1), setting(t, "N", 100)
	var report Report
	if err := Run(t.Context(), uint64(first), n, report.Add); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	report.Print(&text)
	t.Log(text.String())
	if len(report.Faults) > 0 {
		t.Fail()
	}
	if report.Accepted < n/2 || report.Refused < n/20 {
		t.Errorf("of %d specs ekscc accepts %d and refuses %d: the generator is off balance", n, report.Accepted, report.Refused)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	seeds := 0
	err := Run(ctx, 1, 1000, func(Result) error { seeds++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || seeds == 0 || seeds > 100 {
		t.Errorf("got %v after %d seeds", err, seeds)
	}
	full := errors.New("disk full")
	if err := Run(t.Context(), 1, 50, func(Result) error { return full }); err != full {
		t.Errorf("got %v", err)
	}
}

// Problems that differ in names and numbers only are one fault.
func TestReport(t *testing.T) {
	var report Report
	for seed, message := range []string{`"a" has 1 of x/y`, `"bb" has 22 of z/y`, `"a" lacks 1`} {
		result := Result{Seed: uint64(seed), Spec: sound(), Problem: problemf("kind", "%s", message)}
		if err := report.Add(result); err != nil {
			t.Fatal(err)
		}
	}
	refused := Result{Diagnostics: diag.List{{Code: diag.InvalidCIDR}, {Code: diag.InvalidCIDR}, {Code: diag.ExtendedSupport}}}
	if err := report.Add(refused); err != nil {
		t.Fatal(err)
	}
	if err := report.Add(Result{Set: emit.Set{}}); err != nil {
		t.Fatal(err)
	}
	if len(report.Faults) != 2 || len(report.Faults[0].Seeds) != 2 {
		t.Errorf("got %d faults", len(report.Faults))
	}
	var text strings.Builder
	report.Print(&text)
	for _, want := range []string{"2 random specs, such as that of seed 0: kind: \"a\" has 1", "package spec\n", "1 accepted, 1 refused with a place (E0202 1)\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
}

// setting is the number in an environment variable.
func setting(t *testing.T, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s is no number: %v", name, err)
	}
	return n
}
