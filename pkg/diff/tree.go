// Package diff compares trees of generated files: what was there, what is
// there now, and the difference in the form that reviewers and git know.
//
// A tree is a map from slash-separated paths to what the files hold. It comes
// from the disk (Read), from a commit (AtRef) or from a compilation.
package diff

import (
	"bytes"
	"cmp"
	"slices"
)

// Status says what became of a file.
type Status string

// What can become of a file. A renamed file counts as one removed and one
// added.
const (
	Added    Status = "added"
	Removed  Status = "removed"
	Modified Status = "modified"
)

// File is a file that two trees do not have in common.
type File struct {
	Path   string
	Status Status
	// Old is what the file held, and New is what it holds. Old is nil for an
	// added file, New for a removed one.
	Old, New []byte
}

// Trees lists the files in which two trees differ, by path.
func Trees(old, new map[string][]byte) []File {
	var files []File
	for path, was := range old {
		if is, ok := new[path]; !ok {
			files = append(files, File{Path: path, Status: Removed, Old: was})
		} else if !bytes.Equal(was, is) {
			files = append(files, File{Path: path, Status: Modified, Old: was, New: is})
		}
	}
	for path, is := range new {
		if _, ok := old[path]; !ok {
			files = append(files, File{Path: path, Status: Added, New: is})
		}
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}
