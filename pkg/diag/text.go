package diag

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WriteText writes one line for each diagnostic, in the order of the list:
//
//	infra/cluster.cue:12:3: cluster.network.natGateway: unknown field; did you mean "natGateways"? [E0002]
//
// What is not known is left out: the position, the path, the hint. A warning
// says so before its message, and the environments stand before the code.
func WriteText(w io.Writer, l List) error {
	var b bytes.Buffer
	for _, d := range l {
		if d.Pos.IsValid() {
			b.WriteString(escape(d.Pos.String()) + ": ")
		}
		fmt.Fprintf(&b, "%s [%s]\n", d.sentence(true), d.Code)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// String writes p as file:line:column, without the parts that are unknown.
func (p Pos) String() string {
	switch {
	case p.Line <= 0:
		return p.File
	case p.Column <= 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// sentence says all but the position and the code, on one line. Formats that
// have a place for the severity do not want it named in the sentence.
func (d Diagnostic) sentence(severity bool) string {
	var b strings.Builder
	if len(d.Path) > 0 {
		b.WriteString(FormatPath(d.Path) + ": ")
	}
	if severity && d.Severity() == Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(escape(d.Message))
	if d.Hint != "" {
		b.WriteString("; " + escape(d.Hint))
	}
	switch len(d.Environments) {
	case 0:
	case 1:
		b.WriteString(escape(" (environment " + d.Environments[0] + ")"))
	default:
		b.WriteString(escape(" (environments " + strings.Join(d.Environments, ", ") + ")"))
	}
	return b.String()
}

// escape keeps a text from the spec on one line and away from the terminal's
// control: what does not print is written as an escape.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(r)):
			fmt.Fprintf(&b, `\x%02x`, s[i]) // a byte that is not UTF-8
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(escapeRune(r))
		}
	}
	return b.String()
}

// escapeRune writes r as an escape that CUE, JSON and Go all read.
func escapeRune(r rune) string {
	switch r {
	case '\n', '\r', '\t':
		return strings.Trim(strconv.QuoteRune(r), "'")
	}
	if r > 0xFFFF {
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
