package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// warmUps is how many runs of a case are not measured.
const warmUps = 2

// sample is what the runs of one case took.
type sample struct {
	walls []time.Duration // sorted
	// cpu is the median of user and system time, memory the highest peak of
	// resident memory in bytes, 0 where the system does not tell.
	cpu    time.Duration
	memory int64
}

func (s sample) median() time.Duration { return s.walls[len(s.walls)/2] }

// measure runs a case and takes its figures.
func measure(ctx context.Context, binary string, c benchCase, runs int) (sample, error) {
	var s sample
	var cpus []time.Duration
	for i := range warmUps + runs {
		if c.fresh {
			if err := os.RemoveAll(c.out); err != nil {
				return sample{}, err
			}
		}
		args := slices.Clone(c.args)
		if at := slices.Index(args, "OUT"); at >= 0 {
			args[at] = c.out
		}
		cmd := command(ctx, binary, args...)
		start := time.Now()
		err := cmd.Run()
		wall := time.Since(start)
		if err != nil {
			return sample{}, fmt.Errorf("%s: %w", c.name, err)
		}
		if i < warmUps {
			continue
		}
		s.walls = append(s.walls, wall)
		cpus = append(cpus, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		s.memory = max(s.memory, peakMemory(cmd.ProcessState))
	}
	slices.Sort(s.walls)
	slices.Sort(cpus)
	s.cpu = cpus[len(cpus)/2]
	return s, nil
}

// row is a case with its figures.
type row struct {
	benchCase
	sample
}

// printRows writes the figures beside their targets.
func printRows(w io.Writer, rows []row) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "ms:\tmin\tmedian\tmax\tCPU\ttarget\t\tpeak MB\ttarget\t\t  case")
	for _, r := range rows {
		fmt.Fprintf(table, "\t%s\t%s\t%s\t%s\t%s\t\t%s\t%s\t\t  %s\n",
			milliseconds(r.walls[0]), milliseconds(r.median()), milliseconds(r.walls[len(r.walls)-1]), milliseconds(r.cpu),
			target(r.wall > 0, r.median() < r.wall, milliseconds(r.wall)),
			megabytes(r.sample.memory), target(r.benchCase.memory > 0, r.sample.memory < r.benchCase.memory, megabytes(r.benchCase.memory)),
			r.name)
	}
	table.Flush()
	// A child starts in its parent's memory, which the system counts.
	fmt.Fprintf(w, "\npeaks up to %s MB could be this program's own\n", megabytes(ownPeakMemory()))
	if load := loadAverage(); load > float64(runtime.NumCPU()) {
		fmt.Fprintf(w, "the machine is busy with other work, load %.1f: wall times say little, CPU times more\n", load)
	}
}

// loadAverage is how many processes wanted to run over the last minute, or 0
// where the system does not tell.
func loadAverage() float64 {
	line, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	var load float64
	if _, err := fmt.Sscan(string(line), &load); err != nil {
		return 0
	}
	return load
}

// target says whether a figure is below its target, where there is one.
func target(exists, met bool, limit string) string {
	switch {
	case !exists:
		return "-"
	case met:
		return "< " + limit + " met"
	}
	return "< " + limit + " MISSED"
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond))
}

func megabytes(bytes int64) string {
	if bytes == 0 {
		return "?"
	}
	return fmt.Sprintf("%.1f", float64(bytes)/(1<<20))
}
