//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"
)

// A run takes minutes, so how often it is looked for does not matter.
const turnPause = 200 * time.Millisecond

// takeTurn waits until no other run uses the cache: each writes random trees
// and planted faults there. The lock is on the directory itself, and ends with
// done or with the process.
func takeTurn(ctx context.Context, w io.Writer, cache string) (done func(), err error) {
	dir, err := os.Open(cache)
	if err != nil {
		return nil, err
	}
	for waited := false; ; waited = true {
		err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			// Some network file systems have no locks: then there is none.
			return func() { dir.Close() }, nil
		}
		if !waited {
			fmt.Fprintln(w, "conformance: waiting for the run that uses .cache")
		}
		select {
		case <-ctx.Done():
			dir.Close()
			return nil, ctx.Err()
		case <-time.After(turnPause):
		}
	}
}
