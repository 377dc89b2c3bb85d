package canon

import (
	"bytes"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// writer writes what nearly all documents consist of, in the very bytes of the
// YAML library but many times as fast, since emitting is what a compilation
// would otherwise spend most time on. Whatever it does not know it leaves to the
// library: one scalar, or by returning false the whole document.
type writer struct{ bytes.Buffer }

// document writes a document that is a mapping.
func (w *writer) document(v any) bool {
	m, ok := v.(Map)
	return ok && len(m) > 0 && w.mapping(m, 0, false)
}

// mapping writes the entries of m at an indent. Within an item of a sequence
// the first one continues its line.
func (w *writer) mapping(m Map, indent int, continues bool) bool {
	for i, entry := range m {
		if i > 0 || !continues {
			w.spaces(indent)
		}
		if !w.key(entry.Key) || !w.value(entry.Value, indent) {
			return false
		}
	}
	return true
}

// value writes v behind its key, and the end of the line.
func (w *writer) value(v any, indent int) bool {
	if tagged, ok := v.(Tagged); ok {
		if !w.tag(tagged) {
			return false
		}
		if s, ok := tagged.Value.(string); ok {
			return w.tagged(s)
		}
		v = tagged.Value
	}
	switch v := v.(type) {
	case Map:
		if len(v) > 0 {
			w.WriteByte('\n')
			return w.mapping(v, indent+2, false)
		}
	case []any:
		if len(v) > 0 {
			w.WriteByte('\n')
			return w.sequence(v, indent, false)
		}
	}
	w.WriteByte(' ')
	return w.leaf(v, indent)
}

// sequence writes the items of a list at an indent. Within another list the
// first one continues its line.
func (w *writer) sequence(list []any, indent int, continues bool) bool {
	for i, v := range list {
		if i > 0 || !continues {
			w.spaces(indent)
		}
		w.WriteByte('-')
		if !w.item(v, indent) {
			return false
		}
	}
	return true
}

// item writes v behind its hyphen, and the end of the line.
func (w *writer) item(v any, indent int) bool {
	switch v := v.(type) {
	case Map:
		if len(v) > 0 {
			w.WriteByte(' ')
			return w.mapping(v, indent+2, true)
		}
	case []any:
		if len(v) > 0 {
			w.WriteByte(' ')
			return w.sequence(v, indent+2, true)
		}
	case Tagged:
		if list, ok := v.Value.([]any); ok && len(list) > 0 {
			return w.tag(v) && w.line() && w.sequence(list, indent+2, false)
		}
		return w.value(v, indent)
	}
	w.WriteByte(' ')
	return w.leaf(v, indent)
}

// leaf writes a scalar or an empty collection, and the end of the line.
func (w *writer) leaf(v any, indent int) bool {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, "\n") {
			return w.literal(v, indent+2)
		}
		return w.text(v) && w.line()
	case int:
		w.WriteString(strconv.Itoa(v))
	case int64:
		w.WriteString(strconv.FormatInt(v, 10))
	case bool:
		w.WriteString(strconv.FormatBool(v))
	case nil:
		w.WriteString("null")
	case Map:
		w.WriteString("{}")
	case []any:
		w.WriteString("[]")
	default:
		return false
	}
	return w.line()
}

func (w *writer) line() bool {
	w.WriteByte('\n')
	return true
}

const blanks = "                                "

func (w *writer) spaces(n int) {
	for n > len(blanks) {
		w.WriteString(blanks)
		n -= len(blanks)
	}
	w.WriteString(blanks[:n])
}

// longestKey is the longest that YAML allows without a mark of its own.
const longestKey = 128

func (w *writer) key(s string) bool {
	switch {
	case len(s) > longestKey || !isPlain(s):
		return false
	case isLiteral(s) || isNumberOrYesNo(s):
		w.WriteString(`"` + s + `":`)
	default:
		w.WriteString(s)
		w.WriteByte(':')
	}
	return true
}

// text writes a string of one line.
func (w *writer) text(s string) bool {
	switch {
	case s == "":
		w.WriteString(`""`)
	case !isPlain(s):
		return w.scalar(text(s))
	case isLiteral(s) || isNumberOrYesNo(s):
		w.WriteString(`"` + s + `"`)
	default:
		w.WriteString(s)
	}
	return true
}

// scalar has the library write a scalar, unless that becomes a block.
func (w *writer) scalar(n *yaml.Node) bool {
	written, err := yaml.Marshal(n)
	if err != nil || bytes.IndexByte(written, '\n') != len(written)-1 {
		return false
	}
	w.Write(written[:len(written)-1])
	return true
}

// tag writes the tag of a value that has no other.
func (w *writer) tag(t Tagged) bool {
	if _, twice := t.Value.(Tagged); twice || len(t.Tag) < 2 || t.Tag[0] != '!' {
		return false
	}
	for i := range len(t.Tag) - 1 {
		if !isLetter(t.Tag[i+1]) {
			return false
		}
	}
	w.WriteByte(' ')
	w.WriteString(t.Tag)
	return true
}

// tagged writes a string of one line behind its tag, and the end of the line.
// What looks like a bool is none under a tag.
func (w *writer) tagged(s string) bool {
	switch {
	case !isPlain(s) || strings.Contains(s, "\n"):
		return false
	case isNumberOrYesNo(s):
		w.WriteString(` "` + s + `"`)
	default:
		w.WriteByte(' ')
		w.WriteString(s)
	}
	return w.line()
}

// literal writes a text of several lines as a block.
func (w *writer) literal(s string, indent int) bool {
	body, ends := strings.CutSuffix(s, "\n")
	if strings.Trim(body[:min(1, len(body))], " \t\n") == "" || strings.HasSuffix(body, "\n") {
		return false
	}
	for i := range len(body) {
		if c := body[i]; c != '\n' && c != '\t' && (c < ' ' || c > '~') || c == ' ' && (i+1 == len(body) || body[i+1] == '\n') {
			return false
		}
	}
	w.WriteString("|")
	if !ends {
		w.WriteString("-")
	}
	w.WriteByte('\n')
	for line := range strings.Lines(body) {
		if line != "\n" {
			w.spaces(indent)
		}
		w.WriteString(line)
	}
	return w.line()
}

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

// isPlain reports whether s needs quotes at most for what it would be read as:
// it is printable ASCII in which nothing looks like punctuation of YAML, and
// what begins with a digit is all digits, or has a slash and so is neither
// number nor date.
func isPlain(s string) bool {
	switch {
	case s == "":
		return false
	case isLetter(s[0]), s[0] == '/':
	case s[0] < '0', s[0] > '9', strings.IndexByte(s, '/') < 0 && strings.Trim(s, "0123456789") != "":
		return false
	}
	for i := range len(s) {
		last := i+1 == len(s)
		switch c := s[i]; {
		case c < ' ' || c > '~', c == ' ' && (last || s[i+1] == '#'), c == ':' && (last || s[i+1] == ' '):
			return false
		}
	}
	return true
}

// isLiteral reports whether YAML reads s as a bool or as nothing.
func isLiteral(s string) bool {
	switch s {
	case "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL":
		return true
	}
	return false
}

// isNumberOrYesNo is isAmbiguous for what isPlain.
func isNumberOrYesNo(s string) bool {
	if len(s) > len("yes") || !isLetter(s[0]) {
		return '0' <= s[0] && s[0] <= '9' && strings.IndexByte(s, '/') < 0
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off":
		return true
	}
	return false
}
