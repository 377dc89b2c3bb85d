package load

import (
	"fmt"
	"strconv"
	"strings"

	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/schemas"
)

// loadErrors says in the user's terms why inst cannot be built.
func (s *Source) loadErrors(inst *build.Instance, cfg *load.Config) diag.List {
	var list diag.List
	imports := s.importErrors(inst, cfg)
	for _, d := range imports {
		list = append(list, d)
	}
	for _, e := range errors.Errors(inst.Err) {
		pos := s.position(e)
		if _, ok := imports[pos]; !ok {
			list = append(list, s.loadError(pos, e))
		}
	}
	return list
}

// importErrors finds the imports of inst that do not resolve, by their
// positions. CUE stops at the first of them.
func (s *Source) importErrors(inst *build.Instance, cfg *load.Config) map[diag.Pos]diag.Diagnostic {
	found := map[diag.Pos]diag.Diagnostic{}
	for _, file := range inst.Files {
		for spec := range file.ImportSpecs() {
			name, err := strconv.Unquote(spec.Path.Value)
			if first, _, _ := strings.Cut(name, "/"); err != nil || !strings.Contains(first, ".") {
				continue // a package of the standard library
			}
			if load.Instances([]string{name}, cfg)[0].Err != nil {
				pos := s.names.pos(spec.Path.Pos())
				found[pos] = importError(pos, name)
			}
		}
	}
	return found
}

func importError(pos diag.Pos, name string) diag.Diagnostic {
	d := diag.Diagnostic{
		Pos:     pos,
		Code:    diag.Import,
		Message: fmt.Sprintf("cannot import %q: ekscc fetches no modules", name),
		Hint:    "import from CUE's standard library or from the spec's own module, or copy the package into cue.mod/pkg",
	}
	if strings.HasPrefix(name, schemasModule) {
		d.Message, d.Hint = fmt.Sprintf("cannot import %q", name), fmt.Sprintf("this ekscc has %q", schemas.ImportPath)
	}
	return d
}

// loadError turns one error of the loader into a diagnostic. What the parser
// says needs no more than its position.
func (s *Source) loadError(pos diag.Pos, err errors.Error) diag.Diagnostic {
	d := diag.Diagnostic{Pos: pos, Code: diag.Syntax, Message: s.names.shorten(text(err))}
	var (
		noFiles  *load.NoFilesError
		packages *load.MultiplePackageError
		imported *load.PackageError
	)
	switch {
	case errors.As(err, &noFiles):
		d.Code, d.Message = diag.Load, "the directory holds no CUE package"
		d.Hint = "name the file if the spec is written in YAML or JSON"
	case errors.As(err, &packages):
		d.Code, d.Hint = diag.Load, "a spec is one package; name one of the files, or move one away"
		d.Message = fmt.Sprintf("the directory holds two packages, %s (%s) and %s (%s)",
			packages.Packages[0], packages.Files[0], packages.Packages[1], packages.Files[1])
	case errors.As(err, &imported):
		d.Code, d.Message = diag.Import, strings.ReplaceAll(text(err), "\n", " ")
	case strings.HasPrefix(d.Message, "reference "):
		d.Code = diag.Evaluation
	}
	return d
}

// position is the first place in the user's files that err speaks of.
func (s *Source) position(err errors.Error) diag.Pos {
	for _, p := range append(errors.Positions(err), err.Position()) {
		if pos := s.names.pos(p); pos.IsValid() {
			return pos
		}
	}
	return s.Start()
}

// text is what err says, without the path and position that CUE puts around.
func text(err errors.Error) string {
	format, args := err.Msg()
	message := strings.TrimSpace(fmt.Sprintf(format, args...))
	if message == "" {
		message = err.Error()
	}
	return message
}
