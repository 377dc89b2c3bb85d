// Package load reads a spec from disk into a CUE value.
//
// It knows nothing of the schema: what it reports is that a file cannot be
// read, parsed or built. Loading is hermetic. Imports resolve from CUE's
// standard library, from the spec's own module on disk and from the schemas in
// the binary; nothing is fetched, and no environment variable is read.
package load

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/ekscc/ekscc/pkg/diag"
)

// maxFileSize is the size in bytes above which a file is no spec. CUE's parser
// recurses over long operator chains, so its input has to be bounded.
const maxFileSize = 4 << 20

// Source is a user's spec as CUE sees it, without any schema.
type Source struct {
	// Value is the root of the spec.
	Value cue.Value
	// Dir is the directory of the spec, as the user named it.
	Dir string

	deadline  <-chan time.Time // when CUE has to be done with it
	names     names
	files     []*ast.File
	indexOnce sync.Once
	index     index
}

// Load reads the spec at path: a directory with one CUE package, or one .cue,
// .yaml, .yml or .json file. Each tag is "key=value", or the shorthand of a
// @tag attribute. The diagnostics are about the content of the spec; there is
// no source with an error among them. The error says that there is nothing to
// read at path.
func Load(path string, tags []string) (*Source, diag.List, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fmt.Errorf("failed to read the spec: %w", err)
	}
	src, err := newSource(path, info.IsDir())
	if err != nil {
		return nil, nil, err
	}
	read, err := reader(path, info)
	if err != nil {
		return nil, nil, err
	}
	type result struct {
		value cue.Value
		err   error
	}
	r, diags := Guard(src, func() (result, diag.List) {
		value, diags, err := read(src, tags)
		return result{value, err}, diags
	})
	if r.err != nil || diags.HasErrors() {
		return nil, diags.Sort(), r.err
	}
	src.Value = r.value
	return src, diags.Sort(), nil
}

// reader returns the function that reads what is at path.
func reader(path string, info os.FileInfo) (func(*Source, []string) (cue.Value, diag.List, error), error) {
	switch {
	case info.IsDir():
		return readPackage, nil
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("failed to read the spec: %q is neither a directory nor a regular file", path)
	case info.Size() > maxFileSize:
		return nil, fmt.Errorf("failed to read the spec: %q is larger than %d MiB", path, maxFileSize>>20)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".cue":
		return readPackage, nil
	case ".yaml", ".yml":
		return readYAML, nil
	case ".json":
		return readJSON, nil
	}
	return nil, fmt.Errorf("failed to read the spec: %q is neither a directory nor a .cue, .yaml or .json file", path)
}

func newSource(path string, isDir bool) (*Source, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("failed to locate the spec: %w", err)
	}
	src := &Source{Dir: filepath.Clean(path), deadline: time.After(maxTime), names: names{abs: abs, absDir: abs}}
	if !isDir {
		src.Dir, src.names.absDir = filepath.Dir(path), filepath.Dir(abs)
	}
	src.names.dir = src.Dir
	return src, nil
}

// Start is where to report what concerns the spec as a whole: the beginning of
// its first file, or its directory while no file has been read.
func (s *Source) Start() diag.Pos {
	switch {
	case len(s.files) > 0:
		return diag.Pos{File: s.names.display(s.files[0].Filename), Line: 1, Column: 1}
	case s.names.abs != s.names.absDir:
		return diag.Pos{File: s.names.display(s.names.abs), Line: 1, Column: 1}
	}
	return diag.Pos{File: s.names.display(s.names.abs)}
}

// Pos turns a position of CUE's into one that the user knows: it is zero for
// places in the schema, which are none of the user's business.
func (s *Source) Pos(p token.Pos) diag.Pos { return s.names.pos(p) }
