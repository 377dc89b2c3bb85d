package schema

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/parser"

	"github.com/ekscc/ekscc/schemas"
)

// Text returns the schema as one CUE file.
func Text() ([]byte, error) {
	files, err := files()
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	// The file with the package comment goes first; the others follow without
	// their package clause.
	buf.Write(files["spec.cue"])
	names, err := fs.Glob(schemas.FS, schemas.Version+"/*.cue")
	for _, name := range names {
		if path.Base(name) == "spec.cue" {
			continue
		}
		_, rest, _ := bytes.Cut(files[path.Base(name)], []byte("package "+schemas.Version+"\n"))
		buf.Write(rest)
	}
	return buf.Bytes(), err
}

// Vendor returns the files that make the schema's import path resolve in
// stock CUE tools: slash paths below the root of the spec's CUE module, and
// what they hold, which is the schema without its defaults. The module file is
// one of them.
func Vendor() (map[string][]byte, error) {
	files, err := schemas.Importable()
	if err != nil {
		return nil, err
	}
	vendored := map[string][]byte{ModuleFile: []byte("language: version: \"v0.15.0\"\n")}
	for name, content := range files {
		vendored[path.Join("cue.mod/pkg", schemas.ImportPath, name)] = content
	}
	return vendored, nil
}

// ModuleFile is the path of the file that makes a directory a CUE module. A
// module of the user's own serves as well as the one that Vendor returns.
const ModuleFile = "cue.mod/module.cue"

// files returns the schema's files by name.
func files() (map[string][]byte, error) {
	entries, err := fs.ReadDir(schemas.FS, schemas.Version)
	if err != nil {
		return nil, fmt.Errorf("failed to read the embedded schema: %w", err)
	}
	files := make(map[string][]byte, len(entries))
	for _, entry := range entries {
		files[entry.Name()], err = fs.ReadFile(schemas.FS, path.Join(schemas.Version, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("failed to read the embedded schema: %w", err)
		}
	}
	return files, nil
}

// Format returns src, the content of the CUE file called name, in CUE's
// canonical format. The error of a file that does not parse names the place.
func Format(name string, src []byte) ([]byte, error) {
	file, err := parser.ParseFile(name, src, parser.ParseComments)
	if err != nil {
		first := errors.Errors(err)[0]
		format, args := first.Msg()
		pos := first.Position()
		return nil, fmt.Errorf("%s:%d:%d: %s", name, pos.Line(), pos.Column(), strings.TrimSpace(fmt.Sprintf(format, args...)))
	}
	out, err := format.Node(file)
	if err != nil {
		return nil, fmt.Errorf("failed to format %s: %w", name, err)
	}
	return out, nil
}
