package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// printStages says where the time of a compilation goes: the median of each
// stage over fresh processes, for the examples.
func printStages(ctx context.Context, w io.Writer, scratch string, runs int) error {
	binary := filepath.Join(scratch, "stages")
	if err := command(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./test/bench/stages").Run(); err != nil {
		return fmt.Errorf("failed to build the stages program: %w", err)
	}
	fmt.Fprintln(w, "\nwhere it goes, median ms of each stage:")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, example := range []string{"quickstart", "mission"} {
		var names []string
		times := make(map[string][]time.Duration)
		for run := range runs {
			out := filepath.Join(scratch, "stages-out", example, strconv.Itoa(run)) // see benchCase.once
			report, err := command(ctx, binary, filepath.Join("examples", example), out).Output()
			if err != nil {
				return fmt.Errorf("stages of %s: %w", example, err)
			}
			for name, took := range stageTimes(report) {
				if len(times[name]) == 0 {
					names = append(names, name)
				}
				times[name] = append(times[name], took)
			}
		}
		fmt.Fprintf(table, "  %s", example)
		for _, name := range names {
			slices.Sort(times[name])
			fmt.Fprintf(table, "\t%s %s", name, milliseconds(times[name][len(times[name])/2]))
		}
		fmt.Fprintln(table)
	}
	return table.Flush()
}

// stageTimes yields the lines of a stages report, in their order.
func stageTimes(report []byte) func(func(string, time.Duration) bool) {
	return func(yield func(string, time.Duration) bool) {
		for line := range strings.Lines(string(report)) {
			name, figure, _ := strings.Cut(strings.TrimSpace(line), "\t")
			took, err := strconv.ParseInt(figure, 10, 64)
			if err == nil && !yield(name, time.Duration(took)) {
				return
			}
		}
	}
}

// printInit says what the packages cost that initialise themselves before
// main: the sum, and the dearest ones.
func printInit(ctx context.Context, w io.Writer, binary string) error {
	var trace bytes.Buffer
	cmd := exec.CommandContext(ctx, binary, "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("failed to trace the start: %w", err)
	}
	inits := parseInits(trace.String())
	var sum float64
	for _, init := range inits {
		sum += init.clock
	}
	slices.SortFunc(inits, func(a, b packageInit) int { return cmp.Compare(b.clock, a.clock) })
	fmt.Fprintf(w, "\nbefore main, %.2f ms in %d packages:\n", sum, len(inits))
	for _, init := range inits[:min(8, len(inits))] {
		fmt.Fprintf(w, "  %.2f ms %5.0f KB  %s\n", init.clock, init.bytes/1024, init.name)
	}
	return nil
}

// packageInit is what the initialisation of one package took.
type packageInit struct {
	name  string
	clock float64 // milliseconds
	bytes float64
}

// parseInits reads the runtime's lines of the form
// "init time @0.52 ms, 0.02 ms clock, 416 bytes, 7 allocs".
func parseInits(trace string) []packageInit {
	var inits []packageInit
	for line := range strings.Lines(trace) {
		var init packageInit
		var at, allocs float64
		_, err := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %f bytes, %f allocs", &init.name, &at, &init.clock, &init.bytes, &allocs)
		if err == nil {
			inits = append(inits, init)
		}
	}
	return inits
}
