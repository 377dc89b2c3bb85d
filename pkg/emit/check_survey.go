package emit

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// survey is a tree seen from the set that it should hold: how it differs, and
// what Write has to do about it. Check and Write share it, so they agree.
type survey struct {
	set     Set
	journal journal // what is ekscc's own in the tree, before this write
	drift   []Drift
	write   []string // files of the set to write, in order, the lock last
	remove  []string // files, in order
	prune   []string // files that are gone or will be: their directories may be empty
	clear   []string // links and files of others that stand in the way
	// staleLock is whether the lock is not what the set has.
	staleLock bool
}

func (t *tree) survey(set Set) (*survey, error) {
	s := &survey{set: set, journal: journal{}}
	for _, part := range []func(*survey) error{t.surveyLock, t.surveyJournal, t.surveyRest, t.surveySet} {
		if err := part(s); err != nil {
			return nil, err
		}
	}
	if s.staleLock {
		s.write = append(s.write, LockFile)
	}
	s.drift = sortDrift(s.drift)
	return s, nil
}

func (s *survey) report(path string, state State) {
	s.drift = append(s.drift, Drift{path, state})
}

// surveyLock reads the lock of the tree.
func (t *tree) surveyLock(s *survey) error {
	e, err := t.look(LockFile)
	if err != nil {
		return err
	}
	s.staleLock = !e.exists || !bytes.Equal(e.content, s.set[LockFile])
	if e.blocked != "" {
		return t.surveyObstacle(s, LockFile, e.blocked)
	}
	if !e.exists {
		s.report(LockFile, Missing)
		return nil
	}
	lock, err := ParseLock(e.content)
	switch {
	case err != nil:
		s.report(LockFile, Damaged)
	case s.staleLock:
		s.report(LockFile, Stale)
	}
	for path, digest := range lock.Files {
		s.journal.add(path, digest)
	}
	return nil
}

// surveyJournal looks for what an interrupted write left.
func (t *tree) surveyJournal(s *survey) error {
	info, err := t.lstat(pendingDir)
	if err != nil || info == nil {
		return err
	}
	s.report(pendingDir, Interrupted)
	e, err := t.look(journalFile)
	if err != nil || !e.exists {
		return err
	}
	pending, err := parseJournal(e.content)
	if err != nil {
		s.report(journalFile, Damaged)
	}
	for path, digests := range pending {
		for _, digest := range digests {
			s.journal.add(path, digest)
		}
	}
	return nil
}

// surveyRest looks at the files that ekscc wrote and the spec no longer makes.
func (t *tree) surveyRest(s *survey) error {
	for _, path := range slices.Sorted(maps.Keys(s.journal)) {
		if _, wanted := s.set[path]; wanted {
			continue
		}
		e, err := t.look(path)
		if err != nil {
			return err
		}
		if e.blocked != "" {
			continue // somebody put a link or a directory there: it is theirs
		}
		s.prune = append(s.prune, path)
		if !e.exists {
			continue
		}
		s.remove = append(s.remove, path)
		if s.journal.wrote(path, e.content) {
			s.report(path, Extra)
		} else {
			s.report(path, Edited)
		}
	}
	return nil
}

// surveySet looks at the place of each file that the spec makes.
func (t *tree) surveySet(s *survey) error {
	for _, path := range s.set.Paths() {
		if path == LockFile {
			continue
		}
		e, err := t.look(path)
		if err != nil {
			return err
		}
		if e.exists && bytes.Equal(e.content, s.set[path]) {
			continue
		}
		s.write = append(s.write, path)
		switch {
		case e.blocked != "":
			if err := t.surveyObstacle(s, path, e.blocked); err != nil {
				return err
			}
		case !e.exists:
			s.report(path, Missing)
		case s.journal.wrote(path, e.content):
			s.report(path, Stale)
		default:
			s.report(path, s.somebodys(path))
		}
	}
	return nil
}

// surveyObstacle judges what stands in the way of a file of the set: in its
// place, or in place of a directory above it.
func (t *tree) surveyObstacle(s *survey, path, obstacle string) error {
	if slices.Contains(s.remove, obstacle) {
		s.report(path, Missing)
		return nil
	}
	info, err := t.lstat(obstacle)
	if err != nil {
		return err
	}
	if info == nil || !info.IsDir() {
		s.report(obstacle, s.somebodys(obstacle))
		s.clear = append(s.clear, obstacle)
		return nil
	}
	vanishes, err := t.vanishes(s, obstacle)
	if err == nil && vanishes {
		s.report(path, Missing)
	} else if err == nil {
		s.report(path, Blocked)
	}
	return err
}

func (s *survey) somebodys(path string) State {
	if s.journal[path] != nil {
		return Edited
	}
	return Foreign
}

// vanishes reports whether a directory is empty once Write has removed what
// the spec no longer makes.
func (t *tree) vanishes(s *survey, dir string) (bool, error) {
	doomed := map[string]bool{}
	for _, file := range s.prune {
		for p := file; p != "."; p = path.Dir(p) {
			doomed[p] = true
		}
	}
	vanishes := true
	err := fs.WalkDir(t.root.FS(), dir, func(name string, _ fs.DirEntry, err error) error {
		vanishes = vanishes && doomed[name]
		return err
	})
	if err != nil {
		return false, t.fail("read", dir, err)
	}
	return vanishes, nil
}
