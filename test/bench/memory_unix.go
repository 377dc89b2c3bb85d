//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the highest resident memory of a finished process, in bytes.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return residentBytes(usage)
}

// ownPeakMemory is the highest resident memory of this process, in bytes.
func ownPeakMemory() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return residentBytes(&usage)
}

// residentBytes knows that Darwin counts in bytes and the others in KiB.
func residentBytes(usage *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
