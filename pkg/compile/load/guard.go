package load

import (
	"fmt"
	"runtime/metrics"
	"time"

	"github.com/ekscc/ekscc/pkg/diag"
)

// A spec is a program, and a program can run for ever. An honest spec needs
// milliseconds and a few megabytes. Only a test changes these limits.
var (
	maxTime         = 10 * time.Second
	maxBytes uint64 = 2 << 30
)

// Guard runs f, which has CUE evaluate the spec that starts at pos, and returns what f
// finds. If CUE panics, or does not come to an end in reasonable time and
// memory, that is the diagnostic instead; f may then still be running, so what
// it writes to must not be read.
func Guard(pos diag.Pos, f func() diag.List) diag.List {
	done := make(chan diag.List, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- failure(pos, fmt.Sprintf("CUE failed inside: %v", r), "please report this together with the spec")
			}
		}()
		done <- f()
	}()
	deadline := time.After(maxTime)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case diags := <-done:
			return diags
		case <-deadline:
			return failure(pos, fmt.Sprintf("CUE has not evaluated the spec within %d seconds", maxTime/time.Second), "look for values that grow with each reference")
		case <-tick.C:
			if heap() > maxBytes {
				return failure(pos, fmt.Sprintf("CUE takes more than %d GiB to evaluate the spec", maxBytes>>30), "look for values that grow with each reference")
			}
		}
	}
}

func failure(pos diag.Pos, message, hint string) diag.List {
	return diag.List{{Pos: pos, Code: diag.Evaluation, Message: message, Hint: hint}}
}

// heap is how many bytes live on the heap, read without stopping the program.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
