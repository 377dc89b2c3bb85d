package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// warmUps is how many runs of a case are not measured.
const warmUps = 2

// sample is what the runs of one case took.
type sample struct {
	// walls and cpus are wall times and user and system times, sorted.
	walls, cpus []time.Duration
	// memory is the highest peak of resident memory in bytes, of the largest
	// where a process has others do its work; 0 where the system does not tell.
	memory int64
}

func (s *sample) add(p process) {
	s.walls = append(s.walls, p.wall)
	s.cpus = append(s.cpus, p.cpu)
	s.memory = max(s.memory, p.memory)
}

func median(sorted []time.Duration) time.Duration { return sorted[len(sorted)/2] }

// measure runs the cases in turn, so that what else the machine does slows all
// of them alike, and takes their figures.
func measure(ctx context.Context, cases []benchCase, runs int) ([]row, error) {
	rows := make([]row, len(cases))
	for i, c := range cases {
		rows[i].benchCase = c
	}
	for round := range warmUps + runs {
		for i := range rows {
			took, err := rows[i].once(ctx, round)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", rows[i].name, err)
			}
			if round >= warmUps {
				rows[i].add(took)
			}
		}
	}
	for i := range rows {
		slices.Sort(rows[i].walls)
		slices.Sort(rows[i].cpus)
	}
	return rows, nil
}

// process is what one process took.
type process struct {
	wall, cpu time.Duration
	memory    int64
}

// once runs the case in a process. A fresh round has a directory of its own:
// where a tree was removed a moment ago, ext4 takes several times as long to
// create another, because it gives no inode out again at once.
func (c benchCase) once(ctx context.Context, round int) (process, error) {
	if c.fresh {
		c.out = filepath.Join(c.out, strconv.Itoa(round))
	}
	args := slices.Clone(c.args)
	if at := slices.Index(args, "OUT"); at >= 0 {
		args[at] = c.out
	}
	cmd := command(ctx, args[0], args[1:]...)
	cmd.Env = os.Environ()
	for _, variable := range c.env {
		if name, isOut := strings.CutSuffix(variable, "=OUT"); isOut {
			variable = name + "=" + c.out
		}
		cmd.Env = append(cmd.Env, variable)
	}
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return process{}, fmt.Errorf("%w\n%s", err, complaint.Bytes())
	}
	return process{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakMemory(cmd.ProcessState)}, nil
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
			milliseconds(r.walls[0]), milliseconds(median(r.walls)), milliseconds(r.walls[len(r.walls)-1]), milliseconds(median(r.cpus)),
			target(r.wall > 0, median(r.walls) < r.wall, milliseconds(r.wall)),
			megabytes(r.sample.memory), target(r.benchCase.memory > 0, r.sample.memory < r.benchCase.memory, megabytes(r.benchCase.memory)),
			r.name)
	}
	table.Flush()
	printCaveats(w)
}

// printCaveats says what the figures may owe to other things than the cases.
func printCaveats(w io.Writer) {
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
