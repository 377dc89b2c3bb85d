package load

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/encoding/json"
	"cuelang.org/go/encoding/yaml"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/diag"
)

func readYAML(src *Source, tags []string) (cue.Value, diag.List, error) {
	return src.readData(tags, func(name string, data []byte) (*ast.File, error) {
		return yaml.Extract(name, data)
	}, oddLineBreak)
}

func readJSON(src *Source, tags []string) (cue.Value, diag.List, error) {
	return src.readData(tags, func(name string, data []byte) (*ast.File, error) {
		expr, err := json.Extract(name, data)
		if err != nil {
			return nil, err
		}
		file := &ast.File{Filename: name, Decls: []ast.Decl{&ast.EmbedDecl{Expr: expr}}}
		if lit, ok := expr.(*ast.StructLit); ok {
			file.Decls = lit.Elts
		}
		return file, nil
	}, nil)
}

// oddLineBreak matches characters that YAML takes for the end of a line, and
// nobody else does: positions behind one would be those of another line.
var oddLineBreak = lazyregexp.New("[\u0085\u2028\u2029]|\r(?:[^\n]|$)")

// readData reads a file that holds plain data, which extract parses, and
// nothing that refused, if there is one, matches.
func (s *Source) readData(tags []string, extract func(string, []byte) (*ast.File, error), refused *lazyregexp.Regexp) (cue.Value, diag.List, error) {
	data, err := os.ReadFile(s.names.abs)
	if err != nil {
		return cue.Value{}, nil, fmt.Errorf("failed to read the spec: %w", err)
	}
	name := s.names.display(s.names.abs)
	if refused != nil {
		if at := refused.FindIndex(data); at != nil {
			return cue.Value{}, diag.List{refusedCharacter(name, data, at[0])}, nil
		}
	}
	file, err := extract(name, data)
	if err != nil {
		return cue.Value{}, s.syntaxErrors(name, err), nil
	}
	if len(tags) > 0 {
		return cue.Value{}, diag.List{unknownTag(s.Start(), tags[0], nil)}, nil
	}
	if d, ok := notOneStruct(file, s.Start()); ok {
		return cue.Value{}, diag.List{d}, nil
	}
	s.files = []*ast.File{file}
	return cuecontext.New().BuildFile(file), nil, nil
}

// refusedCharacter reports the character at data[i].
func refusedCharacter(name string, data []byte, i int) diag.Diagnostic {
	before := data[:i]
	char, _ := utf8.DecodeRune(data[i:])
	return diag.Diagnostic{
		Pos:     diag.Pos{File: name, Line: bytes.Count(before, []byte("\n")) + 1, Column: i - bytes.LastIndexByte(before, '\n')},
		Code:    diag.Syntax,
		Message: fmt.Sprintf("the character %U ends a line in YAML, and nowhere else", char),
		Hint:    fmt.Sprintf(`remove it, or write "\u%04x" between double quotes`, char),
	}
}

// notOneStruct reports a file that holds no fields at its top level, such as
// a YAML stream, which CUE extracts as one list.
func notOneStruct(file *ast.File, start diag.Pos) (diag.Diagnostic, bool) {
	d := diag.Diagnostic{Pos: start, Code: diag.Syntax}
	if len(file.Decls) == 0 {
		d.Message, d.Hint = "the spec is empty", "ekscc init writes one to start from"
		return d, true
	}
	embedded, ok := file.Decls[0].(*ast.EmbedDecl)
	if !ok {
		return d, false
	}
	d.Message = "the spec holds no fields"
	if list, ok := embedded.Expr.(*ast.ListLit); ok && !list.Lbrack.IsValid() {
		d.Message = fmt.Sprintf("the file holds %d YAML documents, and a spec is one", len(list.Elts))
	}
	return d, true
}

// located takes the position out of the text of YAML's errors, which is
// "name:line: message" or "name:line:column: message".
var located = lazyregexp.New(`^.*?:([0-9]+)(?::([0-9]+))?: (?s:(.*))$`)

// namesFile matches what CUE says of JSON that it does not read, with the path.
var namesFile = lazyregexp.New(`^invalid JSON for file ".*"`)

// syntaxErrors says what is wrong with the file of this name that CUE cannot
// read as data.
func (s *Source) syntaxErrors(name string, err error) diag.List {
	var list diag.List
	for _, e := range errors.Errors(err) {
		d := diag.Diagnostic{Pos: s.position(e), Code: diag.Syntax, Message: text(e)}
		if cause := errors.Unwrap(e); cause != nil {
			d.Message = cause.Error()
		}
		if m := located.FindStringSubmatch(d.Message); m != nil && strings.HasPrefix(d.Message, name) {
			line, _ := strconv.Atoi(m[1])
			column, _ := strconv.Atoi(m[2])
			d.Pos, d.Message = diag.Pos{File: name, Line: line, Column: max(column, 1)}, m[3]
		}
		d.Message = strings.TrimPrefix(d.Message, name+": ")
		d.Message = namesFile.ReplaceAllString(d.Message, "invalid JSON")
		list = append(list, d)
	}
	return list
}
