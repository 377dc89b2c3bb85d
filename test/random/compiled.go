package random

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

// A Problem is something that must not happen, whatever the spec.
type Problem struct {
	// Kind says which of the things that must hold does not.
	Kind    string
	Message string
}

// Error says what is the matter, and of which kind that is.
func (p *Problem) Error() string { return p.Kind + ": " + p.Message }

func problemf(kind, format string, args ...any) *Problem {
	return &Problem{kind, fmt.Sprintf(format, args...)}
}

// written is a spec on disk.
type written struct {
	path  string            // what ekscc is given
	files map[string][]byte // by path
}

// write puts files into the directory dir, which it empties first. The path
// is the directory, or the only file.
func write(dir string, files map[string][]byte) (written, error) {
	if err := os.RemoveAll(dir); err != nil {
		return written{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return written{}, err
	}
	w := written{dir, map[string][]byte{}}
	for name, content := range files {
		path := filepath.Join(dir, name)
		w.files[filepath.ToSlash(path)] = content
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return written{}, err
		}
		if len(files) == 1 {
			w.path = path
		}
	}
	return w, nil
}

// compiled is what ekscc makes of a spec: a set, or diagnostics with an error
// among them.
func (w written) compiled() (set emit.Set, diags diag.List, problem *Problem) {
	defer func() {
		if p := recover(); p != nil {
			problem = problemf("panic", "%v\n%s", p, debug.Stack())
		}
	}()
	model, diags, err := compile.Compile(compile.Input{Path: w.path})
	switch {
	case err != nil:
		return nil, diags, problemf("error", "%v", err)
	case diags.HasErrors():
		return nil, diags, w.placed(diags)
	}
	set, err = emit.Emit(model)
	if err != nil {
		return nil, diags, problemf("emit", "%v", err)
	}
	return set, diags, w.placed(diags)
}
