package lazyregexp

import (
	"slices"
	"sync"
	"testing"
)

func TestRegexp(t *testing.T) {
	r := New(`^(a+)b$`)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if !r.MatchString("aab") || r.MatchString("b") {
				t.Error("MatchString is wrong")
			}
		})
	}
	group.Wait()
	if got := r.FindStringSubmatch("aab"); !slices.Equal(got, []string{"aab", "aa"}) {
		t.Errorf("FindStringSubmatch: got %q", got)
	}
	if got := r.FindIndex([]byte("aab")); !slices.Equal(got, []int{0, 3}) {
		t.Errorf("FindIndex: got %v", got)
	}
	if got := r.ReplaceAllString("aab", "<$1>"); got != "<aa>" {
		t.Errorf("ReplaceAllString: got %q", got)
	}
}

// A faulty expression harms nobody who does not use it.
func TestFaulty(t *testing.T) {
	r := New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	r.MatchString("")
}
