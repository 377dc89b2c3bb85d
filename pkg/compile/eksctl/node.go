package eksctl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/diag"
)

// node is a place in the file, which may be empty. Reading a node's value
// marks it as used, so that what nobody reads can be reported.
type node struct {
	importer *importer
	path     []string
	value    any
}

// root is the file as a whole. It is empty where the file is too large to be
// read, which is reported.
func (i *importer) root() node {
	value, found := load.Guard(i.source, func() (value map[string]any, _ diag.List) {
		if err := i.source.Value.Decode(&value); err != nil {
			return nil, diag.List{{Pos: i.source.Start(), Code: diag.Evaluation, Message: err.Error()}}
		}
		return value, nil
	})
	i.found = append(i.found, found...)
	return node{importer: i, value: value}
}

// name is that of the field.
func (n node) name() string { return n.path[len(n.path)-1] }

func (n node) exists() bool { return n.value != nil }

// used reports whether the spec says what is at n.
func (n node) used() bool { return n.importer.used[key(n.path)] }

func (n node) use() { n.importer.used[key(n.path)] = true }

func key(path []string) string { return strings.Join(path, "\x00") }

// field is the field of that name, empty where n has none.
func (n node) field(name string) node {
	object, ok := n.value.(map[string]any)
	if !ok && n.value != nil {
		n.wrongType("an object")
	}
	return node{n.importer, slices.Concat(n.path, []string{name}), object[name]}
}

// at is the field below n that names lead to.
func (n node) at(names ...string) node {
	for _, name := range names {
		n = n.field(name)
	}
	return n
}

// items are the elements of a list.
func (n node) items() []node {
	list, ok := n.value.([]any)
	if !ok && n.value != nil {
		n.wrongType("a list")
	}
	items := make([]node, len(list))
	for i, value := range list {
		items[i] = node{n.importer, slices.Concat(n.path, []string{strconv.Itoa(i)}), value}
	}
	return items
}

// names are the names of an object's fields, sorted.
func (n node) names() []string {
	object, ok := n.value.(map[string]any)
	if !ok && n.value != nil {
		n.wrongType("an object")
	}
	return sortedKeys(object)
}

// text is a string, empty where n is.
func (n node) text() string {
	n.use()
	s, ok := n.value.(string)
	if !ok && n.value != nil {
		n.wrongType("a string in quotes")
	}
	return s
}

// required is a string that has to be there.
func (n node) required() string {
	if !n.exists() {
		n.importer.report(diag.NotClusterConfig, n, "write it", "eksctl needs this field")
	}
	return n.text()
}

// number is a whole number, or otherwise where n is empty.
func (n node) number(otherwise int) int {
	n.use()
	switch v := n.value.(type) {
	case nil:
	case int:
		return v
	case int64:
		return int(v)
	default:
		n.wrongType("a whole number")
	}
	return otherwise
}

// flag is a bool, or otherwise where n is empty.
func (n node) flag(otherwise bool) bool {
	n.use()
	b, ok := n.value.(bool)
	if !ok {
		if n.value != nil {
			n.wrongType("true or false")
		}
		return otherwise
	}
	return b
}

// texts is a list of strings.
func (n node) texts() []string {
	var texts []string
	for _, item := range n.items() {
		texts = append(texts, item.text())
	}
	return texts
}

// oneOrMany is a string or a list of strings, as policies have them.
func (n node) oneOrMany() []string {
	if _, one := n.value.(string); one {
		return []string{n.text()}
	}
	return n.texts()
}

func (n node) wrongType(want string) {
	n.importer.report(diag.NotClusterConfig, n, "write "+want, "eksctl takes %s here", want)
}

// stringMap is an object of strings, as the spec writes it.
func stringMap(n node) object {
	var fields object
	for _, name := range n.names() {
		fields.set(name, n.field(name).text())
	}
	return fields
}

// reportUnused reports what the file says and nothing has read: the outermost
// field of what is unused as a whole.
func (i *importer) reportUnused(n node) {
	switch {
	case i.used[key(n.path)]:
		return
	case len(n.path) > 0 && !i.usedBelow(n.path):
		i.untold(n, "docs/spec.md says what a spec can hold")
		return
	}
	switch v := n.value.(type) {
	case map[string]any:
		for _, name := range sortedKeys(v) {
			i.reportUnused(n.field(name))
		}
	case []any:
		for _, item := range n.items() {
			i.reportUnused(item)
		}
	}
}

func (i *importer) usedBelow(path []string) bool {
	prefix := key(path) + "\x00"
	for used := range i.used {
		if strings.HasPrefix(used, prefix) {
			return true
		}
	}
	return false
}
