package load

import (
	"path/filepath"
	"strings"

	"cuelang.org/go/cue/token"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/schemas"
)

// names gives files the names by which the user knows them: relative to where
// the user stands if the spec was named so.
type names struct {
	abs    string // the spec
	dir    string // its directory as the user named it
	absDir string // its directory
}

// display names the file at the absolute path abs.
func (n names) display(abs string) string {
	if !filepath.IsAbs(abs) {
		return filepath.ToSlash(abs) // data files have their names from the start
	}
	rel, err := filepath.Rel(n.absDir, abs)
	if err != nil {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(filepath.Join(n.dir, rel))
}

// shorten drops from what CUE says the absolute path that it puts before some
// messages; their position says the file.
func (n names) shorten(message string) string {
	if _, rest, ok := strings.Cut(message, "cannot get syntax for "); ok {
		if _, rest, ok = strings.Cut(rest, ": "); ok {
			return rest
		}
	}
	return strings.ReplaceAll(message, n.absDir+string(filepath.Separator), "")
}

func (n names) pos(p token.Pos) diag.Pos {
	at := p.Position()
	if at.Filename == "" || isSchema(at.Filename) {
		return diag.Pos{}
	}
	return diag.Pos{File: n.display(at.Filename), Line: at.Line, Column: at.Column}
}

// isSchema reports whether the file of this name is one of the schemas in the
// binary, wherever the loader believes it to be.
func isSchema(file string) bool {
	return strings.Contains(filepath.ToSlash(file), "/"+vendored+"/") || strings.HasPrefix(file, schemas.ImportPath)
}
