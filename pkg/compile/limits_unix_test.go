//go:build unix

package compile_test

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the highest resident memory of a finished process, in bytes.
// Darwin counts in bytes, the others in KiB.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
