package load

import (
	"fmt"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/ekscc/ekscc/pkg/diag"
)

// A spec is a program, and a program can run for ever. An honest spec takes
// milliseconds and a few megabytes, and one of thousands of workloads some
// seconds and 200 MB. The limits are such that a process with a single spec
// ends within 10 seconds and 1 GB: it has work and memory of its own, and
// between two looks at the memory CUE can double what it holds. Only tests
// change them.
var (
	maxTime         = 8 * time.Second // to read a spec and evaluate it
	maxBytes uint64 = 384 << 20
)

// running counts the evaluations of the process, which share its memory, and
// abandoned those among them that nobody waits for any more.
var running, abandoned atomic.Int64

// Guard runs f, which has CUE evaluate the spec, and returns what f does. If
// CUE panics, or does not come to an end in reasonable memory or within
// reasonable time since the spec was opened, that is the diagnostic instead,
// beside a zero T. Then f may still be running; while it does, no other
// evaluation begins.
func Guard[T any](s *Source, f func() (T, diag.List)) (T, diag.List) {
	return guard(s.Start(), s.deadline, f)
}

func guard[T any](pos diag.Pos, deadline <-chan time.Time, f func() (T, diag.List)) (value T, diags diag.List) {
	if abandoned.Load() > 0 {
		return value, failure(pos, "not evaluated, because another spec of this run takes CUE too much time or memory", "mend that one first")
	}
	running.Add(1)
	done := make(chan struct{})
	var found T
	var in diag.List
	go func() {
		defer close(done)
		defer running.Add(-1)
		defer func() {
			if r := recover(); r != nil {
				in = failure(pos, fmt.Sprintf("CUE failed inside: %v", r), "please report this together with the spec")
			}
		}()
		found, in = f()
	}()
	if message := watch(done, deadline); message != "" {
		return value, failure(pos, message, "look for values that grow with each reference")
	}
	return found, in
}

// watch waits for an evaluation, or says which limit it came to before its end.
func watch(done <-chan struct{}, deadline <-chan time.Time) (limit string) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for limit == "" {
		select {
		case <-done:
			return ""
		case <-deadline:
			limit = fmt.Sprintf("CUE has not evaluated the spec within %d seconds", maxTime/time.Second)
		case <-tick.C:
			if memory() > maxBytes*uint64(max(running.Load(), 1)) {
				limit = fmt.Sprintf("CUE takes more than %d MiB to evaluate the spec", maxBytes>>20)
			}
		}
	}
	abandoned.Add(1)
	go func() {
		<-done
		abandoned.Add(-1)
	}()
	return limit
}

func failure(pos diag.Pos, message, hint string) diag.List {
	return diag.List{{Pos: pos, Code: diag.Evaluation, Message: message, Hint: hint}}
}

// memory is how many bytes the program has from the system, read without
// stopping it: objects, what the collector has not given back, and stacks.
func memory() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}
