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
	if t.typ.doc != "" && t.typ.doc != doc {
		doc = strings.TrimSpace(doc + "\n\n" + t.typ.doc)
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
	leaf := t.typ
	for leaf.element != nil {
		leaf = leaf.element
	}
	if len(leaf.enum) > 0 {
		fmt.Fprintf(b, "  allowed   %s\n", quoteAll(leaf.enum))
	}
	if leaf.pattern != "" {
		fmt.Fprintf(b, "  matches   %s\n", leaf.pattern)
	}
	if t.field != nil && t.field.value != "" {
		fmt.Fprintf(b, "  default   %s\n", t.field.value)
	}
	if t.field != nil && t.field.required && !t.inEnvironment() {
		b.WriteString("  required  yes\n")
	}
}

// writeFields lists the fields of an object, or of what a map or list holds.
func writeFields(b *strings.Builder, t topic) {
	title, leaf := "fields:", t.typ
	for leaf.element != nil {
		leaf, title = leaf.element, "fields of each:"
	}
	if len(leaf.fields) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, f := range leaf.fields {
		note := ""
		switch {
		case f.required && !t.inEnvironment():
			note = "required"
		case f.value != "":
			note = "default " + f.value
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", f.name, f.typ, note, firstSentence(f.doc))
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

func firstSentence(doc string) string {
	sentence, _, more := strings.Cut(doc, ". ")
	if more {
		return sentence + "."
	}
	return sentence
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
