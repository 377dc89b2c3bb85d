//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package emit

import (
	"errors"
	"fmt"
	"syscall"
	"time"
)

// Another write is over in a moment, unless it was suspended.
const (
	flockTries = 100
	flockPause = 50 * time.Millisecond
)

// flock keeps other writers of this tree out until unlock is called or the
// process ends. The lock is on the directory itself, so it leaves no file.
func (t *tree) flock() (unlock func(), err error) {
	dir, err := t.root.Open(".")
	if err != nil {
		return nil, t.fail("open", ".", err)
	}
	for range flockTries {
		err = syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			// Some network file systems have no locks: then there is none.
			return func() { dir.Close() }, nil
		}
		time.Sleep(flockPause)
	}
	dir.Close()
	return nil, fmt.Errorf("failed to write %q: another ekscc is writing to it", t.name("."))
}
