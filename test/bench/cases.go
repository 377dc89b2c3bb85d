package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// clusters is how many specs the fleet has.
const clusters = 50

// benchCase is one command line, and what is asked of it.
type benchCase struct {
	name string
	// args are the program and its arguments, env what is added to the
	// environment; the argument or value "OUT" stands for the output directory.
	args, env []string
	// out is where the case writes, or "".
	out string
	// fresh says that each run finds no output directory; otherwise each but
	// the first finds what it would write.
	fresh bool
	// wall and memory are the targets, or 0: the median of the wall time, and
	// peak resident memory in bytes.
	wall   time.Duration
	memory int64
}

// ownCases lists what is measured of binary, and makes what that needs below
// scratch.
func ownCases(scratch, binary string) ([]benchCase, error) {
	fleet := filepath.Join(scratch, "fleet")
	if err := makeFleet(fleet, filepath.Join("examples", "quickstart")); err != nil {
		return nil, err
	}
	cases := []benchCase{{name: "version", args: []string{binary, "version"}, wall: 15 * time.Millisecond}}
	for _, c := range []benchCase{
		{name: "quickstart", args: []string{"examples/quickstart"}, wall: 30 * time.Millisecond},
		{name: "mission, 3 environments", args: []string{"examples/mission"}, wall: 60 * time.Millisecond, memory: 80 << 20},
		{name: strconv.Itoa(clusters) + " clusters", args: []string{fleet + "/..."}},
	} {
		c.args = append([]string{binary, "compile", "-o", "OUT"}, c.args...)
		for _, state := range []string{"fresh", "unchanged"} {
			c := c
			c.name += ", " + state
			c.fresh = state == "fresh"
			c.out = filepath.Join(scratch, "out", strconv.Itoa(len(cases)))
			cases = append(cases, c)
		}
	}
	return cases, nil
}

// makeFleet writes copies of a spec with other names, a folder for each.
func makeFleet(fleet, spec string) error {
	files, err := filepath.Glob(filepath.Join(spec, "*.cue"))
	if err != nil {
		return err
	}
	original := []byte(strconv.Quote(filepath.Base(spec)))
	for i := range clusters {
		name := fmt.Sprintf("cluster-%02d", i)
		if err := os.MkdirAll(filepath.Join(fleet, name), 0o755); err != nil {
			return err
		}
		renamed := 0
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			renamed += bytes.Count(content, original)
			content = bytes.ReplaceAll(content, original, []byte(strconv.Quote(name)))
			if err := os.WriteFile(filepath.Join(fleet, name, filepath.Base(file)), content, 0o644); err != nil {
				return err
			}
		}
		if renamed == 0 {
			return fmt.Errorf("%s does not name its cluster %s", spec, original)
		}
	}
	return nil
}
