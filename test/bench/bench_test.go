package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMakeFleet(t *testing.T) {
	spec := filepath.Join(t.TempDir(), "quickstart")
	if err := os.MkdirAll(spec, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(spec, "cluster.cue")
	if err := os.WriteFile(file, []byte("package quickstart\ncluster: name: \"quickstart\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	fleet := t.TempDir()
	if err := makeFleet(fleet, spec); err != nil {
		t.Fatal(err)
	}
	last, err := os.ReadFile(filepath.Join(fleet, "cluster-49", "cluster.cue"))
	if want := "package quickstart\ncluster: name: \"cluster-49\"\n"; err != nil || string(last) != want {
		t.Errorf("got %q and error %v, want %q", last, err, want)
	}
	if err := makeFleet(t.TempDir(), filepath.Join("..", "..", "examples", "quickstart")); err != nil {
		t.Errorf("the committed example: %v", err)
	}
	if err := os.WriteFile(file, []byte("cluster: name: \"other\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := makeFleet(t.TempDir(), spec); err == nil {
		t.Error("fifty clusters of one name passed for a fleet")
	}
}

func TestMeasure(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	quick := benchCase{name: "quick", args: []string{self, "-test.list=^$"}}
	rows, err := measure(t.Context(), []benchCase{quick, quick}, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if len(r.walls) != 3 || len(r.cpus) != 3 || !slices.IsSorted(r.walls) || r.walls[0] <= 0 {
			t.Errorf("got wall times %v, want 3 in order", r.walls)
		}
	}
	_, err = measure(t.Context(), []benchCase{{name: "broken", args: []string{self, "-test.unknown"}}}, 1)
	if err == nil || !strings.Contains(err.Error(), "broken") || !strings.Contains(err.Error(), "-test.unknown") {
		t.Errorf("got error %v for a command that fails", err)
	}
}

func TestPrintRows(t *testing.T) {
	walls := []time.Duration{time.Millisecond, 20 * time.Millisecond, time.Second}
	var out strings.Builder
	printRows(&out, []row{
		{benchCase{name: "slow", wall: 15 * time.Millisecond}, sample{walls: walls, cpus: walls}},
		{benchCase{name: "fast", wall: 30 * time.Millisecond, memory: 80 << 20}, sample{walls: walls, cpus: walls, memory: 90 << 20}},
	})
	for _, want := range []string{"< 15.0 MISSED", "< 30.0 met", "< 80.0 MISSED", "90.0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, out.String())
		}
	}
}

func TestParseInits(t *testing.T) {
	got := parseInits("init time @0.52 ms, 0.02 ms clock, 416 bytes, 7 allocs\nother\ninit net/http @1.1 ms, 1.5 ms clock, 4160 bytes, 70 allocs\n")
	want := []packageInit{{"time", 0.02, 416}, {"net/http", 1.5, 4160}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
