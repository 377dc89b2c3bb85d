package emit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"maps"
	"slices"
)

// Lock is the content of LockFile: from which spec a tree was compiled, and
// what its files held then. It records neither time nor place.
type Lock struct {
	// Schema is the version of the spec's vocabulary, such as "v1alpha1".
	Schema string `json:"schema"`
	// Spec is "sha256:" and the digest of the spec's value.
	Spec string `json:"spec"`
	// Files maps each path to "sha256:" and the digest of its content.
	Files map[string]string `json:"files"`
}

// seal adds to s the lock that records the rest of s.
func (s Set) seal(schema, specDigest string) {
	lock := Lock{Schema: schema, Spec: "sha256:" + specDigest, Files: make(map[string]string, len(s))}
	for path, content := range s {
		lock.Files[path] = Digest(content)
	}
	s[LockFile] = encodeJSON(lock)
}

// encodeJSON writes down a lock or a journal, one path to a line, so that a
// version control system can merge and show it.
func encodeJSON(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic(err) // strings, slices of strings and maps of them always encode
	}
	return buf.Bytes()
}

// ParseLock reads the content of a LockFile. A lock that names a path outside
// its tree is as damaged as one that is not JSON: it comes from a repository
// that others write to, and the writer removes files on its word.
func ParseLock(data []byte) (Lock, error) {
	var lock Lock
	if err := json.Unmarshal(data, &lock); err != nil {
		return Lock{}, fmt.Errorf("%s is damaged: %w", LockFile, err)
	}
	for _, path := range slices.Sorted(maps.Keys(lock.Files)) {
		if err := checkEntry(path, lock.Files[path]); err != nil {
			return Lock{}, fmt.Errorf("%s is damaged: %w", LockFile, err)
		}
	}
	return lock, nil
}

var digestPattern = lazyregexp.New(`^sha256:[0-9a-f]{64}$`)

func checkEntry(path string, digests ...string) error {
	if err := checkPath(path); err != nil {
		return err
	}
	for _, d := range digests {
		if !digestPattern.MatchString(d) {
			return fmt.Errorf("%q is no digest", d)
		}
	}
	return nil
}

// Digest is how a Lock names content: "sha256:" and its hexadecimal digest.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
