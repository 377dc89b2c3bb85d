package emit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

const (
	// pendingDir is the directory in an output tree where a write prepares
	// its files. It exists only while a write runs, or after one was killed.
	pendingDir = ".ekscc.pending"
	// journalFile stands from just before a write changes the first file of
	// the tree until just after it changed the last one, the lock.
	journalFile = pendingDir + "/journal.json"
)

// journal says which files of a tree are ekscc's own: it maps each path to
// the digests of all content that ekscc has, or may have, written there. The
// lock is its source, and while a write is under way the journal on disk
// adds what that write and interrupted ones before it put down. So it takes
// one file, whatever the spec has become in between, to tell our half-written
// state from somebody's edit.
type journal map[string][]string

// add records that ekscc wrote, or is about to write, content of this digest.
func (j journal) add(path, digest string) {
	if !slices.Contains(j[path], digest) {
		j[path] = append(j[path], digest)
	}
}

// wrote reports whether ekscc wrote this content, so that replacing or
// removing it loses nothing. Two changes that are nobody's edit do not count:
//   - CRLF for LF, which version control makes of a text file on checkout;
//   - an emptied file, which a power failure leaves where a file system put
//     off writing the data. There is nothing in it to lose.
func (j journal) wrote(path string, content []byte) bool {
	digests, listed := j[path]
	if !listed {
		return false
	}
	return len(content) == 0 || slices.Contains(digests, Digest(content)) ||
		slices.Contains(digests, Digest(bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))))
}

// with returns the journal of a write of set: j and all that set holds.
func (j journal) with(set Set) journal {
	sum := make(journal, len(j)+len(set))
	for path, digests := range j {
		sum[path] = slices.Clone(digests)
	}
	for path, content := range set {
		if path != LockFile {
			sum.add(path, Digest(content))
		}
	}
	return sum
}

// journalContent is the form that a journal has on disk.
type journalContent struct {
	Files journal `json:"files"`
}

func (j journal) encode() []byte { return encodeJSON(journalContent{j}) }

func parseJournal(data []byte) (journal, error) {
	var content journalContent
	if err := json.Unmarshal(data, &content); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", journalFile, err)
	}
	for _, path := range slices.Sorted(maps.Keys(content.Files)) {
		if err := checkEntry(path, content.Files[path]...); err != nil {
			return nil, fmt.Errorf("%s is damaged: %w", journalFile, err)
		}
	}
	return content.Files, nil
}
