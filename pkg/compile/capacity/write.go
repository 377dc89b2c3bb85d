package capacity

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Formats are the formats of Write; the first is the default.
func Formats() []string { return []string{"text", "json", "markdown"} }

// Write writes the reports in one of the Formats.
func Write(w io.Writer, format string, reports []Report) error {
	if format == "json" {
		return writeJSON(w, reports)
	}
	var b strings.Builder
	for i, r := range reports {
		if i > 0 {
			b.WriteString("\n")
		}
		for j, t := range tables(r) {
			if j > 0 {
				b.WriteString("\n")
			}
			if format == "markdown" {
				t.writeMarkdown(&b)
			} else {
				t.writeText(&b)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeJSON writes one object. Its shape is stable: fields may be added, but
// none is renamed, removed or given another meaning without a new version.
func writeJSON(w io.Writer, reports []Report) error {
	if reports == nil {
		reports = []Report{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Version  int      `json:"version"`
		Clusters []Report `json:"clusters"`
	}{1, reports})
}

// A table is a part of a report for people. One without columns is a note.
type table struct {
	title   string
	columns []column
	rows    [][]string
}

// A column has its numbers at the right.
type column struct {
	head   string
	number bool
}

func (t table) writeText(b *strings.Builder) {
	b.WriteString(t.title + "\n")
	if len(t.columns) == 0 {
		return
	}
	widths := t.widths()
	heads := make([]string, len(t.columns))
	for i, c := range t.columns {
		heads[i] = strings.ToUpper(c.head)
	}
	for _, row := range append([][]string{heads}, t.rows...) {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString("  " + t.padded(i, cell, widths[i]))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

func (t table) writeMarkdown(b *strings.Builder) {
	if len(t.columns) == 0 {
		fmt.Fprintf(b, "%s\n", t.title)
		return
	}
	fmt.Fprintf(b, "**%s**\n\n", t.title)
	widths := t.widths()
	line := func(cell func(i int) string) {
		for i := range t.columns {
			b.WriteString("| " + t.padded(i, cell(i), widths[i]) + " ")
		}
		b.WriteString("|\n")
	}
	line(func(i int) string { return t.columns[i].head })
	line(func(i int) string {
		if t.columns[i].number {
			return strings.Repeat("-", widths[i]-1) + ":"
		}
		return strings.Repeat("-", widths[i])
	})
	for _, row := range t.rows {
		line(func(i int) string { return strings.ReplaceAll(row[i], "|", `\|`) })
	}
}

// widths are the columns' widths in characters.
func (t table) widths() []int {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = max(utf8.RuneCountInString(c.head), 3)
		for _, row := range t.rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	return widths
}

func (t table) padded(i int, cell string, width int) string {
	blanks := strings.Repeat(" ", max(width-utf8.RuneCountInString(cell), 0))
	if t.columns[i].number {
		return blanks + cell
	}
	return cell + blanks
}
