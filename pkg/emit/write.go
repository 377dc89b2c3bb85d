package emit

import (
	"os"
	"strings"
)

// WriteOptions says how Write treats what is not its own.
type WriteOptions struct {
	// Force has Write overwrite and remove files that somebody edited, and
	// overwrite files and links of others that stand where the set has a file
	// or a directory. It never removes a directory of others.
	Force bool
}

// ConflictError says that Write changed nothing, because a tree holds what is
// not ekscc's to overwrite or remove.
type ConflictError struct {
	Dir       string  // the output directory, as Write was given it
	Conflicts []Drift // ordered by path
}

// Error has a line for each path: what is the matter, and how to get on.
func (e *ConflictError) Error() string {
	lines := make([]string, len(e.Conflicts))
	for i, d := range e.Conflicts {
		lines[i] = treeName(e.Dir, d.Path) + ": " + d.Message() + "; " + d.Remedy()
	}
	return strings.Join(lines, "\n")
}

// Write makes the output tree at dir hold the set: it writes the files that
// differ, and removes those that ekscc wrote earlier and the set no longer
// has, with the directories that this leaves empty. It makes dir if need be,
// and leaves files alone that are as they should be or that are not its own.
//
// Nothing is lost, whatever happens meanwhile:
//   - Every obstacle is found before the first change. If there is one, a
//     *ConflictError names them all.
//   - All new content is in the tree's own file system before the first
//     change, so a full disk leaves the tree as it was.
//   - Each file is replaced by renaming: a reader sees the old or the new one.
//   - A write that is killed leaves a journal, by which Check tells of it and
//     the next Write, of this set or another one, knows what is ekscc's own.
//   - A power failure may empty a file that was just written, as only journal
//     and lock are synced to disk: syncing each file takes ten times as long as
//     all the rest of a write. Check reports such a file and Write mends it.
//   - Symbolic links below dir are never followed, and replaced with Force
//     only. dir itself may be one.
//
// Two processes that write to one dir take turns on Unix systems, and work on
// it at the same time elsewhere: files are whole then too, but may be of
// different sets.
func Write(dir string, set Set, opts WriteOptions) error {
	return write(dir, set, opts, nil)
}

// write is Write with a function that is called before each change to the
// file system; its error stops the write there. Tests kill the process in it.
func write(dir string, set Set, opts WriteOptions, step func() error) error {
	if err := checkSet(set); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return (&tree{dir: dir}).fail("create", ".", err)
	}
	t, err := openTree(dir)
	if err != nil {
		return err
	}
	defer t.root.Close()
	unlock, err := t.flock()
	if err != nil {
		return err
	}
	defer unlock()
	s, err := t.survey(set)
	if err != nil {
		return err
	}
	if conflicts := s.conflicts(opts.Force); len(conflicts) > 0 {
		return &ConflictError{Dir: dir, Conflicts: conflicts}
	}
	if len(s.drift) == 0 {
		return nil
	}
	w := writer{tree: t, survey: s, step: step}
	return w.run()
}

// conflicts are the obstacles that stop a write.
func (s *survey) conflicts(force bool) []Drift {
	var conflicts []Drift
	for _, d := range s.drift {
		if d.State == Blocked || !force && !d.State.Mine() {
			conflicts = append(conflicts, d)
		}
	}
	return conflicts
}
