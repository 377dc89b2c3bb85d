// Package planted holds a fuzz target that a fuzzer must see fail.
package planted

import "testing"

// FuzzPlanted passes for its seed alone.
func FuzzPlanted(f *testing.F) {
	f.Add("seed")
	f.Fuzz(func(t *testing.T, s string) {
		if s != "seed" {
			t.Errorf("got %q", s)
		}
	})
}
