package emit

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
)

// State says how a path of an output tree differs from what it should be.
type State string

// The states of a path. ekscc changes the first four by itself: it wrote what
// stands there. What has one of the others is somebody else's, and Write
// refuses to touch it: Force overcomes all but Blocked.
const (
	Missing     State = "missing"     // the spec makes it; nothing stands there
	Stale       State = "stale"       // ekscc wrote it; the spec now makes something else
	Extra       State = "extra"       // ekscc wrote it; the spec no longer makes it
	Interrupted State = "interrupted" // what a killed write left behind
	Edited      State = "edited"      // ekscc wrote it; somebody changed it since
	Foreign     State = "foreign"     // somebody else's, where the spec makes a file or a directory
	Damaged     State = "damaged"     // a lock or journal that cannot be read
	Blocked     State = "blocked"     // a directory, where the spec makes a file
)

// statement is what there is to say about a path, and how to get on with it.
type statement struct{ fact, remedy string }

var statements = map[State]statement{
	Missing:     {"missing", "run compile"},
	Stale:       {"not what the spec compiles to", "run compile"},
	Extra:       {"no longer made by the spec", "run compile to remove it"},
	Interrupted: {"left by an interrupted compile", "run compile again"},
	Edited:      {"changed by hand since ekscc wrote it", "move your change into the spec, or run compile --force to overwrite it"},
	Foreign:     {"not written by ekscc", "move it away, or run compile --force to overwrite it"},
	Damaged:     {"damaged, perhaps by a merge", "restore it from version control, or run compile --force to overwrite what differs"},
	Blocked:     {"a directory, where ekscc writes a file", "move it away"},
}

// Mine reports whether compile changes a path of this state without --force.
func (s State) Mine() bool {
	switch s {
	case Missing, Stale, Extra, Interrupted:
		return true
	}
	return false
}

// Drift is one path at which an output tree differs from what it should be.
type Drift struct {
	Path  string // slash-separated, below the output directory
	State State
}

// Message is what to say about the path: one clause, lower case, no full stop.
func (d Drift) Message() string { return statements[d.State].fact }

// Remedy is how to get on: one clause, lower case, no full stop.
func (d Drift) Remedy() string { return statements[d.State].remedy }

// String is the path and the message.
func (d Drift) String() string { return d.Path + ": " + d.Message() }

// Check compares dir with the set and touches nothing. There is no drift, and
// so none is returned, exactly if Write would change nothing. Files that are
// neither in the set nor written by ekscc are nobody's business here. The
// result is ordered by path.
func Check(dir string, set Set) ([]Drift, error) {
	if err := checkSet(set); err != nil {
		return nil, err
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return allMissing(set), nil
	}
	t, err := openTree(dir)
	if err != nil {
		return nil, err
	}
	defer t.root.Close()
	s, err := t.survey(set)
	if err != nil {
		return nil, err
	}
	return s.drift, nil
}

func allMissing(set Set) []Drift {
	var drift []Drift
	for _, path := range set.Paths() {
		drift = append(drift, Drift{path, Missing})
	}
	return drift
}

// sortDrift orders by path; several files may name one obstacle: once will do.
func sortDrift(drift []Drift) []Drift {
	slices.SortFunc(drift, func(a, b Drift) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.State, b.State))
	})
	return slices.Compact(drift)
}
