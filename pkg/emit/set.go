package emit

import (
	"maps"
	"slices"
)

// LockFile is the name of the file that records what the tree holds.
const LockFile = "ekscc.lock.json"

// Set is a whole output tree: slash-separated paths below the output
// directory, and what each file holds. A Set from Emit includes LockFile.
type Set map[string][]byte

// Paths returns the paths of the set in order.
func (s Set) Paths() []string { return slices.Sorted(maps.Keys(s)) }
