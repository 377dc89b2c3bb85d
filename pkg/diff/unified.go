package diff

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Options says how to write a diff.
type Options struct {
	// Color marks the lines with the colors that git uses.
	Color bool
}

// contextLines is the number of unchanged lines around a change.
const contextLines = 3

// WriteUnified writes the differences as one patch in git's format, which git
// apply and patch take. Of a file that is not text, or larger than 16 MiB, it
// only says that it differs.
func WriteUnified(w io.Writer, files []File, opts Options) error {
	for _, f := range files {
		p := printer{color: opts.Color}
		p.file(f)
		if _, err := w.Write(p.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// printer collects the patch of one file.
type printer struct {
	bytes.Buffer
	color bool
}

// The colors of git diff, as ANSI escapes.
const (
	plain = ""
	bold  = "\x1b[1m"
	red   = "\x1b[31m"
	green = "\x1b[32m"
	cyan  = "\x1b[36m"
	reset = "\x1b[m"
)

// line writes a line, whose end is not part of the color.
func (p *printer) line(color, text string) {
	text, ended := strings.CutSuffix(text, "\n")
	if p.color && color != plain {
		text = color + text + reset
	}
	p.WriteString(text + "\n")
	if !ended {
		p.WriteString("\\ No newline at end of file\n")
	}
}

func (p *printer) file(f File) {
	from, to := quote("a/"+f.Path), quote("b/"+f.Path)
	p.line(bold, fmt.Sprintf("diff --git %s %s\n", from, to))
	switch f.Status {
	case Added:
		p.line(bold, "new file mode 100644\n")
		from = "/dev/null"
	case Removed:
		p.line(bold, "deleted file mode 100644\n")
		to = "/dev/null"
	}
	if isBinary(f.Old) || isBinary(f.New) {
		p.line(plain, fmt.Sprintf("Binary files %s and %s differ\n", from, to))
		return
	}
	old, new := lines(f.Old), lines(f.New)
	list := changes(old, new)
	slide(list, old, new)
	if len(list) == 0 {
		return // An empty file came or went.
	}
	p.line(bold, "--- "+from+tab(from)+"\n")
	p.line(bold, "+++ "+to+tab(to)+"\n")
	for len(list) > 0 {
		n := hunkLen(list)
		p.hunk(list[:n], old, new)
		list = list[n:]
	}
}

// hunkLen counts the changes that share the first one's hunk: those whose
// context would touch.
func hunkLen(list []change) int {
	n := 1
	for n < len(list) && list[n].x0-list[n-1].x1 <= 2*contextLines {
		n++
	}
	return n
}

func (p *printer) hunk(list []change, old, new []string) {
	first, last := list[0], list[len(list)-1]
	lead := min(contextLines, first.x0)
	trail := min(contextLines, len(old)-last.x1)
	p.line(cyan, fmt.Sprintf("@@ -%s +%s @@\n",
		lineRange(first.x0-lead, last.x1+trail), lineRange(first.y0-lead, last.y1+trail)))
	x := first.x0 - lead
	for _, c := range list {
		p.lines(plain, " ", old[x:c.x0])
		p.lines(red, "-", old[c.x0:c.x1])
		p.lines(green, "+", new[c.y0:c.y1])
		x = c.x1
	}
	p.lines(plain, " ", old[x:x+trail])
}

func (p *printer) lines(color, prefix string, list []string) {
	for _, line := range list {
		p.line(color, prefix+line)
	}
}

// lineRange writes lines [start, end), counted from 0, as a hunk header does.
func lineRange(start, end int) string {
	switch end - start {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return fmt.Sprintf("%d", start+1)
	}
	return fmt.Sprintf("%d,%d", start+1, end-start)
}

// isBinary applies git's rule: text has no zero byte in its first 8000 bytes.
func isBinary(data []byte) bool {
	const maxText = 16 << 20
	return len(data) > maxText || bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0
}

// quote writes a path as git does: as a C string if it holds a character that
// would break the line or the quoting.
func quote(path string) string {
	var b strings.Builder
	for i := range len(path) {
		switch c := path[i]; {
		case c == '"', c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ', c == 0x7f:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() == len(path) {
		return path
	}
	return `"` + b.String() + `"`
}

// tab ends a name with spaces, so that patch does not take what follows the
// first space for a date.
func tab(name string) string {
	if strings.Contains(name, " ") {
		return "\t"
	}
	return ""
}
