package random

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Spec is a random spec: a base, and what each environment has besides it
// or instead of it. Values are map[string]any, []any, string, int, *big.Int,
// float64, bool, nil and open.
type Spec struct {
	Base         map[string]any
	Environments map[string]map[string]any
}

// open is a value that the base leaves to the environments: a CUE type.
type open string

// isData reports whether plain data can say what the spec says: it can neither
// leave a value open nor have an environment override it.
func (s Spec) isData() bool {
	for _, path := range places(nil, s.Base) {
		if value, _ := get(s.Base, path); isOpen(value) {
			return false
		}
	}
	for _, environment := range s.Environments {
		if overlaps(s.Base, environment) {
			return false
		}
	}
	return true
}

func overlaps(base, over map[string]any) bool {
	for name, value := range over {
		below, isMap := value.(map[string]any)
		was, isThere := base[name]
		wasMap, wasAMap := was.(map[string]any)
		if isThere && (!isMap || !wasAMap || overlaps(wasMap, below)) {
			return true
		}
	}
	return false
}

// alone is what the spec says in one environment, as a base of its own.
func (s Spec) alone(environment string) Spec {
	return Spec{Base: merged(s.Base, s.Environments[environment])}
}

func merged(base, over map[string]any) map[string]any {
	result := maps.Clone(base)
	if result == nil {
		result = map[string]any{}
	}
	for name, value := range over {
		below, isMap := value.(map[string]any)
		was, wasMap := base[name].(map[string]any)
		if isMap && wasMap {
			value = merged(was, below)
		}
		result[name] = value
	}
	return result
}

// data is the spec as one value, for YAML and JSON.
func (s Spec) data() map[string]any {
	if len(s.Environments) == 0 {
		return s.Base
	}
	all := map[string]any{}
	for name, environment := range s.Environments {
		all[name] = environment
	}
	return merged(s.Base, map[string]any{"environments": all})
}

// JSON is the spec as JSON, if it is data.
func (s Spec) JSON() []byte {
	text, err := json.MarshalIndent(s.data(), "", "  ")
	if err != nil {
		panic(err) // the values that a Spec holds always encode
	}
	return append(escaped(text), '\n')
}

// escaped escapes the byte order mark, which CUE refuses inside a file.
func escaped(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\ufeff"), []byte(`\ufeff`)) }

// YAML is the spec as YAML, if it is data.
func (s Spec) YAML() []byte {
	var buf bytes.Buffer
	encoder := yaml.NewEncoder(&buf)
	encoder.SetIndent(2)
	if err := encoder.Encode(yamlNode(s.data())); err != nil {
		panic(err) // the values that a Spec holds always encode
	}
	return buf.Bytes()
}

// plainText is what YAML takes for nothing but text, if it says so.
var plainText = regexp.MustCompile(`^[a-zA-Z0-9 ./-]*$`)

// yamlNode is a value as YAML, whose encoder neither knows big numbers nor
// quotes all texts that need it.
func yamlNode(value any) *yaml.Node {
	node := &yaml.Node{}
	switch v := value.(type) {
	case map[string]any:
		node.Kind = yaml.MappingNode
		for _, name := range order(nil, v) {
			node.Content = append(node.Content, yamlNode(name), yamlNode(v[name]))
		}
	case []any:
		node.Kind = yaml.SequenceNode
		for _, item := range v {
			node.Content = append(node.Content, yamlNode(item))
		}
	case *big.Int:
		node.Kind, node.Tag, node.Value = yaml.ScalarNode, "!!int", v.String()
	case string:
		node.SetString(v)
		if !plainText.MatchString(v) {
			node.Style = yaml.DoubleQuotedStyle
		}
	default:
		if err := node.Encode(value); err != nil {
			panic(err) // the values that a Spec holds always encode
		}
	}
	return node
}

// CUE is the spec as one CUE file.
func (s Spec) CUE() []byte {
	return []byte("package spec\n" + strings.Join(s.declarations(nil), ""))
}

// Files is the spec as a CUE package of several files, with all fields in
// another order.
func (s Spec) Files(random *rand.Rand) map[string][]byte {
	files := map[string][]byte{"a.cue": []byte("package spec\n"), "b.cue": []byte("package spec\n"), "z.cue": []byte("package spec\n")}
	names := slices.Sorted(maps.Keys(files))
	for _, declaration := range s.declarations(random) {
		name := names[random.IntN(len(names))]
		files[name] = append(files[name], declaration...)
	}
	return files
}

// declarations are the fields of the spec, those two levels down each by
// itself.
func (s Spec) declarations(random *rand.Rand) []string {
	var list []string
	over := slices.Collect(maps.Values(s.Environments))
	for _, outer := range order(random, s.Base) {
		below, ok := s.Base[outer].(map[string]any)
		if !ok || len(below) == 0 {
			list = append(list, label(outer)+": "+text(random, s.Base[outer], at(over, outer), "")+"\n")
			continue
		}
		for _, name := range order(random, below) {
			list = append(list, label(outer)+": "+label(name)+": "+text(random, below[name], at(at(over, outer), name), "")+"\n")
		}
	}
	for _, name := range order(random, s.Environments) {
		list = append(list, "environments: "+label(name)+": "+text(random, s.Environments[name], nil, "")+"\n")
	}
	return list
}

// at is what the environments have at name, of those that have anything.
func at(over []map[string]any, name string) []map[string]any {
	var below []map[string]any
	for _, environment := range over {
		if value, ok := environment[name]; ok {
			m, isMap := value.(map[string]any)
			if !isMap {
				m = nil // there is a value, which has no fields
			}
			below = append(below, m)
		}
	}
	return below
}

// text is a value as CUE. Where over is not empty, environments have values
// there too, so a value that is no struct is written as a default.
func text(random *rand.Rand, value any, over []map[string]any, indent string) string {
	m, isMap := value.(map[string]any)
	switch {
	case isMap:
		var lines strings.Builder
		for _, name := range order(random, m) {
			lines.WriteString(indent + "\t" + label(name) + ": " + text(random, m[name], at(over, name), indent+"\t") + "\n")
		}
		if lines.Len() == 0 {
			return "{}"
		}
		if inline := strings.TrimSpace(lines.String()); !strings.Contains(inline, "\n") {
			return "{" + inline + "}"
		}
		return "{\n" + lines.String() + indent + "}"
	case len(over) > 0 && !isOpen(value):
		return "*" + literal(value, indent) + " | " + typeOf(value)
	}
	return literal(value, indent)
}

func isOpen(value any) bool { _, is := value.(open); return is }

func literal(value any, indent string) string {
	switch v := value.(type) {
	case open:
		return string(v)
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = text(nil, item, nil, indent)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	data, err := json.Marshal(value)
	if err != nil {
		panic(err) // the values that a Spec holds always encode
	}
	return string(escaped(data))
}

func typeOf(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case int, *big.Int:
		return "int"
	case float64:
		return "number"
	case bool:
		return "bool"
	case []any:
		return "[...]"
	}
	return "_"
}

var identifier = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)

// reserved are names that mean something else to CUE when they are not quoted,
// to the parser or for references below.
var reserved = []string{"string", "int", "bool", "number", "true", "false", "null", "for", "if", "in", "let", "import", "package", "try"}

// label is a field's name as CUE.
func label(name string) string {
	if identifier.MatchString(name) && !slices.Contains(reserved, name) {
		return name
	}
	return literal(name, "")
}

// order is the names in m: sorted, or shuffled if random is not nil.
func order[V any](random *rand.Rand, m map[string]V) []string {
	names := slices.Sorted(maps.Keys(m))
	if random != nil {
		random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	}
	return names
}
