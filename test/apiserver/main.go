// Apiserver is a Kubernetes API server for tests: kube-apiserver and etcd in one
// process, on the loopback interface, with nothing behind it: no controller, no
// scheduler, no node. What it accepts, a cluster's API server accepts.
//
//	apiserver [-emulate 1.34]
//
// Once it serves, it prints one line of JSON: the URL, a token of a user who may
// do everything, and the certificate to trust. It ends, and removes what it
// stored, when its standard input ends, so that it never outlives who started it.
//
// It is a module of its own, because nobody who builds ekscc should have to
// download Kubernetes.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // for the time zone of a CronJob, as in the command
)

// access is what a client needs.
type access struct {
	URL   string `json:"url"`
	Token string `json:"token"`
	// CA is PEM.
	CA string `json:"ca"`
}

func main() {
	emulate := flag.String("emulate", "", "the Kubernetes version to behave as, such as 1.34; the server's own if empty")
	flag.Parse()
	if err := run(*emulate); err != nil {
		fmt.Fprintf(os.Stderr, "apiserver: error: %v\n", err)
		os.Exit(1)
	}
}

// run serves until standard input ends or a signal arrives.
func run(emulate string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	dir, err := os.MkdirTemp("", "ekscc-apiserver-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	storage, err := startEtcd(ctx, dir)
	if err != nil {
		return fmt.Errorf("failed to start etcd: %w", err)
	}
	defer storage.Server.HardStop() // Close would wait for clients to leave
	s, err := newServer(ctx, dir, storage.Clients[0].Addr(), emulate)
	if err != nil {
		return fmt.Errorf("failed to configure kube-apiserver: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.serve(ctx) }()
	if err := s.ready(ctx, ended); err != nil {
		return fmt.Errorf("failed to start kube-apiserver: %w", err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(s.access); err != nil {
		return err
	}
	// A server that is told to end is not waited for: nothing in it is kept.
	select {
	case <-ctx.Done():
	case err := <-ended:
		if ctx.Err() == nil {
			return fmt.Errorf("kube-apiserver ended: %v", err)
		}
	}
	return nil
}
