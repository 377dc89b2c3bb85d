package validate

import (
	"regexp"

	"cuelang.org/go/cue"
)

// node is what the schema says about a value. The tree of nodes is read from
// the schema once per process: it answers in a map lookup what CUE would
// evaluate again for every field of every environment. Uses of one definition
// share one node.
type node struct {
	kind     cue.Kind
	fields   []*field         // of a struct with given names, in the schema's order
	byName   map[string]*node // the same by name
	elem     *node            // of a map or a list
	open     bool             // whether a struct takes other names too
	enum     []string         // the strings that are allowed, where there are only some
	pattern  *regexp.Regexp   // what a string has to match
	fallback any              // the default of a scalar, or nil
}

// field is one name in a struct of the schema.
type field struct {
	name     string
	doc      string
	required bool // the user has to write it
	optional bool // it may be absent; otherwise it is always there, by its default
	node     *node
}

// isMap reports whether the user chooses the names in the struct.
func (n *node) isMap() bool { return n.kind == cue.StructKind && n.elem != nil }

// names returns the names that the struct knows.
func (n *node) names() []string {
	names := make([]string, len(n.fields))
	for i, f := range n.fields {
		names[i] = f.name
	}
	return names
}
