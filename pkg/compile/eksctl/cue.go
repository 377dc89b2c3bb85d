package eksctl

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/literal"
)

// object is a struct of a spec in the order in which it is written.
type object []field

type field struct {
	name string
	// value is a string, int, bool, object, []string, []object, or what JSON
	// decodes to.
	value any
}

func (o *object) set(name string, value any) { *o = append(*o, field{name, value}) }

// setIf sets a field unless its value is the zero value of its type.
func (o *object) setIf(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case object:
		if len(v) == 0 {
			return
		}
	case []string:
		if len(v) == 0 {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	}
	o.set(name, value)
}

// text is the value of a string field.
func (o object) text(name string) string {
	for _, f := range o {
		if s, ok := f.value.(string); ok && f.name == name {
			return s
		}
	}
	return ""
}

// file returns a CUE file with a cluster and namespaces.
func file(packageName string, cluster, namespaces object) ([]byte, error) {
	source := fmt.Sprintf("package %s\n\ncluster: {\n%s}\n", packageName, spaced(cluster.lines()))
	if len(namespaces) > 0 {
		source += "\nkubernetes: namespaces: " + namespaces.structText() + "\n"
	}
	text, err := format.Source([]byte(source))
	if err != nil {
		return nil, fmt.Errorf("failed to format the spec: %w", err)
	}
	return text, nil
}

func (o object) lines() []string {
	lines := make([]string, len(o))
	for i, f := range o {
		lines[i] = f.text()
	}
	return lines
}

// spaced joins lines, with room around those that are blocks.
func spaced(lines []string) string {
	isBlock := func(line string) bool { return strings.Contains(line, "\n") }
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && (isBlock(line) || isBlock(lines[i-1])) {
			b.WriteByte('\n')
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func (f field) text() string {
	name := f.name
	if !ast.IsValidIdent(name) || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "#") {
		name = literal.String.Quote(name)
	}
	return name + ": " + valueText(f.value)
}

func valueText(value any) string {
	switch v := value.(type) {
	case string:
		return literal.String.WithOptionalTabIndent(2).Quote(v)
	case object:
		return v.structText()
	case map[string]any:
		return sortedFields(v).structText()
	case []string:
		return listText(v)
	case []object:
		return listText(v)
	case []any:
		return listText(v)
	case nil:
		return "null"
	}
	return fmt.Sprint(value)
}

// structText is a struct with one field without braces, as people write it, a
// short one on a line, and any other on several.
func (o object) structText() string {
	if len(o) == 1 {
		return o[0].text()
	}
	if text := o.inline(); text != "" {
		return text
	}
	return "{\n" + strings.Join(o.lines(), "\n") + "\n}"
}

// inline is a struct on one line, or empty where it has too much in it.
func (o object) inline() string {
	const width = 60
	for _, f := range o {
		switch f.value.(type) {
		case object, map[string]any:
			return ""
		}
	}
	if text := "{" + strings.Join(o.lines(), ", ") + "}"; len(text) <= width {
		return text
	}
	return ""
}

func listText[T any](list []T) string {
	items := make([]string, len(list))
	for i, item := range list {
		items[i] = valueText(item)
		v, isMap := any(item).(map[string]any)
		o, isObject := any(item).(object)
		if isMap && len(v) == 1 || isObject && len(o) == 1 {
			items[i] = "{" + items[i] + "}"
		}
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func sortedFields(m map[string]any) object {
	var fields object
	for _, name := range sortedKeys(m) {
		fields.set(name, m[name])
	}
	return fields
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
