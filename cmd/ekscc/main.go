// Command ekscc compiles one spec of an EKS cluster, its environments and
// what runs on it into CloudFormation templates and kustomize overlays.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	debug.SetGCPercent(300)         // most runs end before a collection would pay
	debug.SetMemoryLimit(192 << 20) // a large one collects as usual
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // so that a second signal ends the process at once
	os.Exit(run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr))
}
