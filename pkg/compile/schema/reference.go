package schema

import (
	"fmt"
	"strings"
)

// referenceHead begins docs/spec.md.
const referenceHead = `<!-- Code generated from schemas/v1alpha1 by pkg/compile/schema; DO NOT EDIT. -->

# The spec

Every type of a spec, in the order in which a spec holds them. A field without a
default may be left out, unless it is required. ` + "`ekscc explain PATH`" + ` prints the
same for one field, such as ` + "`ekscc explain cluster.nodeGroups.scaling`" + `.
`

// section is one type of the reference, and the paths of the fields that have
// the type.
type section struct {
	title string
	typ   *Type
	paths []string
}

// Reference returns the documentation of the whole schema as Markdown: a
// section for each definition, with a table of its fields.
func Reference() string {
	var b strings.Builder
	b.WriteString(referenceHead)
	for _, s := range sections() {
		s.write(&b)
	}
	return b.String()
}

// sections lists the objects of the schema, each before those that its fields
// bring in. A definition is listed where it is met first.
func sections() []*section {
	var list []*section
	met := map[*Type]*section{}
	var walk func(title, path string, t *Type)
	walk = func(title, path string, t *Type) {
		for ; t.holds(); t = t.Element() {
			path += map[Kind]string{Map: ".<name>", List: "[]"}[t.Kind]
		}
		if t.Kind != Object {
			return
		}
		if s := met[t]; s != nil {
			s.paths = append(s.paths, path)
			return
		}
		if t.Name != "" {
			title = t.Name
		}
		met[t] = &section{title, t, []string{path}}
		list = append(list, met[t])
		for _, f := range t.Fields {
			walk(title+"."+f.Name, strings.TrimPrefix(path+"."+f.Name, "."), f.Type())
		}
		if t.Element() != nil {
			walk(title+".<name>", path+".<name>", t.Element())
		}
	}
	walk("", "", Spec())
	return list
}

// maxPaths is how many places of a type its section names.
const maxPaths = 3

func (s *section) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n", s.title)
	if doc := s.typ.Doc; doc != "" {
		fmt.Fprintf(b, "\n%s\n", wrap(escape(doc), 80))
	}
	if s.paths[0] != "" {
		paths := s.paths[:min(len(s.paths), maxPaths)]
		more := ""
		if len(paths) < len(s.paths) {
			more = " and elsewhere"
		}
		fmt.Fprintf(b, "\nAt `%s`%s.\n", strings.Join(paths, "`, `"), more)
	}
	b.WriteString("\n| Field | Type | Default | |\n|---|---|---|---|\n")
	for _, f := range s.typ.Fields {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", f.Name, typeCell(s.title+"."+f.Name, f.Type()), defaultCell(f), docCell(f.Doc))
	}
	switch {
	case s.typ.Element() != nil:
		fmt.Fprintf(b, "| any other | %s | | %s |\n", typeCell("", s.typ.Element()), docCell(s.typ.Element().Doc))
	case s.typ.Open:
		b.WriteString("| any other | any | | ekscc passes it on as it is. |\n")
	}
}

// typeCell names the type of the field at title, with a link to its section.
func typeCell(title string, t *Type) string {
	switch {
	case t.holds():
		return string(t.Kind) + " of " + typeCell(title, t.Element())
	case t.Kind == Object && t.Name != "":
		return link(t.Name)
	case t.Kind == Object:
		return link(title)
	case len(t.Enum) > 0:
		return "`" + strings.ReplaceAll(quoteAll(t.Enum), ", ", "`, `") + "`"
	case t.Pattern != nil:
		return fmt.Sprintf("%s matching `%s`", t.Kind, strings.ReplaceAll(t.Pattern.String(), "|", `\|`))
	}
	return string(t.Kind)
}

// link is a link to a section. GitHub leaves the punctuation out of the name
// by which a heading is linked to.
func link(title string) string {
	anchor := strings.NewReplacer(".", "", "<", "", ">", "").Replace(strings.ToLower(title))
	return fmt.Sprintf("[%s](#%s)", escape(title), anchor)
}

func defaultCell(f *Field) string {
	switch {
	case f.Required:
		return "**required**"
	case f.Type().Default != nil:
		return fmt.Sprintf("`%#v`", f.Type().Default)
	}
	return ""
}

// docCell is documentation on one line, as a table wants it.
func docCell(doc string) string {
	return strings.ReplaceAll(escape(doc), "\n\n", "<br><br>")
}

// escape keeps Markdown from taking a part of the text for markup.
func escape(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`).Replace(text)
}
