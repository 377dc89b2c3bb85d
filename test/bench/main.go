// Bench measures ekscc as a user runs it: whole processes, wall time and peak
// memory, and where the time goes.
//
//	go run ./test/bench [-n RUNS] [-peers] BINARY
//
// With -peers it measures ekscc beside the AWS CDK instead, which it installs
// below .cache/.
//
// It runs at the repository's root, reads the committed examples and writes
// only to a temporary folder. Each figure is over RUNS processes after two that
// warm the disk cache up.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	runs := flag.Int("n", 20, "measure this many processes of each case")
	peers := flag.Bool("peers", false, "measure beside the AWS CDK")
	flag.Parse()
	if flag.NArg() != 1 || *runs < 1 {
		fmt.Fprintln(os.Stderr, "usage: bench [-n RUNS] [-peers] BINARY")
		os.Exit(2)
	}
	if err := run(ctx, flag.Arg(0), *runs, *peers); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, binary string, runs int, peers bool) error {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "ekscc-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	fmt.Printf("%s/%s, %d CPUs, %d runs of each\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runs)
	if peers {
		return comparePeers(ctx, scratch, binary, runs)
	}
	cases, err := ownCases(scratch, binary)
	if err != nil {
		return err
	}
	rows, err := measure(ctx, cases, runs)
	if err != nil {
		return err
	}
	printRows(os.Stdout, rows)
	if err := printStages(ctx, os.Stdout, scratch, runs); err != nil {
		return err
	}
	return printInit(ctx, os.Stdout, binary)
}

// command is a process of binary that must succeed.
func command(ctx context.Context, binary string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Stderr = os.Stderr
	return cmd
}
