package schema

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// page writes the topic as text, in lines of at most 80 columns where words
// allow it.
func (t topic) page() string {
	var b strings.Builder
	if t.path != "" {
		fmt.Fprintf(&b, "%s\n\n", t.path)
	}
	doc := t.doc
	if t.typ.Doc != "" && t.typ.Doc != doc {
		doc = strings.TrimSpace(doc + "\n\n" + t.typ.Doc)
	}
	fmt.Fprintf(&b, "%s\n", wrap(doc, 80))
	if t.path != "" {
		t.writeFacts(&b)
	}
	writeFields(&b, t)
	return b.String()
}

func (t topic) writeFacts(b *strings.Builder) {
	fmt.Fprintf(b, "\n  type      %s\n", t.typ)
	leaf := t.typ.leaf()
	if len(leaf.Enum) > 0 {
		fmt.Fprintf(b, "  allowed   %s\n", quoteAll(leaf.Enum))
	}
	if leaf.Pattern != nil {
		fmt.Fprintf(b, "  matches   %s\n", leaf.Pattern)
	}
	if t.typ.Default != nil {
		fmt.Fprintf(b, "  default   %#v\n", t.typ.Default)
	}
	if t.field != nil && t.field.Required && !t.inEnvironment() {
		b.WriteString("  required  yes\n")
	}
}

// writeFields lists the fields of an object, or of what a map or list holds.
func writeFields(b *strings.Builder, t topic) {
	title, leaf := "fields:", t.typ.leaf()
	if leaf != t.typ {
		title = "fields of each:"
	}
	if len(leaf.Fields) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, f := range leaf.Fields {
		note := ""
		switch {
		case f.Required && !t.inEnvironment():
			note = "required"
		case f.Type().Default != nil:
			note = fmt.Sprintf("default %#v", f.Type().Default)
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", f.Name, f.Type(), note, f.Summary())
	}
	if leaf.Element() != nil {
		fmt.Fprintf(w, "  <name>\t%s\t\t%s\n", leaf.Element(), leaf.Element().Doc)
	}
	w.Flush()
}

// inEnvironment reports whether t is about what one environment says. That is
// unified with the rest of the spec, so no field is required there.
func (t topic) inEnvironment() bool {
	return t.path == "environments" || strings.HasPrefix(t.path, "environments.")
}

func quoteAll(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(quoted, ", ")
}

// wrap breaks the lines of text between words, so that they fit into width.
func wrap(text string, width int) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		column := 0
		for _, word := range strings.Fields(line) {
			switch {
			case column == 0:
			case column+1+len(word) > width:
				b.WriteByte('\n')
				column = 0
			default:
				b.WriteByte(' ')
				column++
			}
			b.WriteString(word)
			column += len(word)
		}
	}
	return b.String()
}
