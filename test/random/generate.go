package random

import (
	"fmt"
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// mood is what kind of spec a seed makes.
type mood int

const (
	sensible mood = iota // plausible values
	odd                  // values of the right type that few would write
	broken               // a spec with faults that are not repaired
)

// generator makes the values of one spec. What several fields have to agree
// on is drawn first.
type generator struct {
	*rand.Rand
	mood     mood
	density  float64 // how likely a field is that may be left out
	region   catalog.Region
	version  string
	account  string
	existing bool // whether the VPC exists
	vpc      int  // the second byte of the VPC's addresses
	subnets  int  // how many subnets there are so far
}

// block is how many seeds in a row share a region: outside tools are started
// once for each.
const block = 100

// newGenerator starts the spec of a seed.
func newGenerator(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
	g.region = regionOf(seed / block)
	g.mood = []mood{sensible, sensible, sensible, odd, odd, broken}[g.IntN(6)]
	g.density = 0.1 + 0.7*g.Float64()
	g.version = pick(g, catalog.Versions())
	g.account = g.digits("0123456789", 12)
	g.existing = g.chance(0.4)
	g.vpc = g.IntN(256)
	return g
}

// partitions are those whose zones outside tools know too.
var partitions = []string{"aws", "aws-cn", "aws-us-gov"}

// regionOf picks a region with EKS and enough zones for a cluster.
func regionOf(n uint64) catalog.Region {
	var usable []catalog.Region
	for _, name := range catalog.Regions() {
		if r, _ := catalog.LookupRegion(name); r.EKS && len(r.Zones) >= 3 && slices.Contains(partitions, r.Partition) {
			usable = append(usable, r)
		}
	}
	return usable[rand.New(rand.NewPCG(n, 1)).IntN(len(usable))]
}

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

func (g *generator) chance(p float64) bool { return g.Float64() < p }

func (g *generator) between(low, high int) int { return low + g.IntN(high-low+1) }

func (g *generator) digits(alphabet string, n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = alphabet[g.IntN(len(alphabet))]
	}
	return string(text)
}

// value makes a value of the shape s for the field at path.
func (g *generator) value(s *shape, path []string) any {
	if g.mood == odd && g.chance(0.04) && !steady(path) {
		if v, ok := g.oddValue(s); ok {
			return v
		}
	}
	if v, ok := g.plausible(path); ok {
		return v
	}
	if s.kind == "map" && matches("configuration", path) {
		return configuration(g)
	}
	switch s.kind {
	case "object":
		return g.object(s, path)
	case "map":
		return g.entries(s, path)
	case "array":
		return g.list(s, path)
	case "boolean":
		return g.chance(0.5)
	case "integer":
		if low, high, ok := s.bounds(); ok {
			return g.between(low, high)
		}
		return g.between(0, 5)
	case "number":
		return float64(g.between(0, 20)) / 4
	case "string":
		return g.text(s)
	}
	return pick(g, []any{true, 1, "x", []any{"y"}, map[string]any{"z": 2}})
}

// object makes an object with all required and some other fields.
func (g *generator) object(s *shape, path []string) any {
	chosen := ""
	if len(s.oneOf) > 0 {
		chosen = pick(g, s.oneOf)
	}
	solitary := len(s.alone) > 0 && g.chance(0.3)
	object := map[string]any{}
	for _, f := range s.fields {
		at := child(path, f.name)
		wanted := f.required || g.wants(at)
		if slices.Contains(s.oneOf, f.name) {
			wanted = f.name == chosen
		}
		if len(s.alone) > 0 && !f.required {
			wanted = wanted && !solitary && !slices.Contains(s.alone, f.name) || solitary && f.name == s.alone[0]
		}
		if wanted {
			object[f.name] = g.value(f.shape, at)
		}
	}
	for range g.others(s) {
		if name := g.key(path); s.field(name) == nil {
			object[name] = g.value(s.element, child(path, name))
		}
	}
	return object
}

// others is how many fields an object gets that the schema does not name.
func (g *generator) others(s *shape) int {
	if s.element == nil {
		return 0
	}
	return g.IntN(3)
}

// maxDepth is how deep fields are that may be left out: a definition may refer
// to itself.
const maxDepth = 20

// wants decides whether there is a field that may be left out.
func (g *generator) wants(path []string) bool {
	if len(path) > maxDepth {
		return false
	}
	for _, p := range presences {
		if matches(p.pattern, path) {
			return g.chance(p.chance(g))
		}
	}
	return g.chance(g.density)
}

// entries makes a map.
func (g *generator) entries(s *shape, path []string) any {
	entries := map[string]any{}
	for range g.between(fewest(path), 3) {
		name := g.key(path)
		entries[name] = g.value(s.element, child(path, name))
	}
	return entries
}

// list makes a list without repeats.
func (g *generator) list(s *shape, path []string) any {
	var list []any
	seen := map[string]bool{}
	for i := range g.between(1, 3) {
		item := g.value(s.element, child(path, strconv.Itoa(i)))
		if name := fmt.Sprint(item); !seen[name] {
			seen[name] = true
			list = append(list, item)
		}
	}
	return list
}

// text makes a string: an alternative, an example from the documentation, or
// what matches the pattern.
func (g *generator) text(s *shape) string {
	if len(s.enum) > 0 {
		return pick(g, s.enum)
	}
	if s.pattern != "" {
		return g.match(s.pattern)
	}
	if examples := s.examples(); len(examples) > 0 {
		example := pick(g, examples)
		if kind, isID := strings.CutSuffix(example, "..."); isID {
			return kind + g.digits("0123456789abcdef", 17)
		}
		if g.chance(0.9) {
			return example
		}
	}
	return pick(g, words) + "-" + strconv.Itoa(g.IntN(100))
}

// match makes a text that matches a regular expression.
func (g *generator) match(pattern string) string {
	expression, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return pattern
	}
	var text strings.Builder
	g.matchInto(&text, expression.Simplify())
	return text.String()
}

func (g *generator) matchInto(text *strings.Builder, e *syntax.Regexp) {
	repeat := 1
	switch e.Op {
	case syntax.OpLiteral:
		text.WriteString(string(e.Rune))
	case syntax.OpCharClass:
		at := 2 * g.IntN(len(e.Rune)/2)
		text.WriteRune(e.Rune[at] + rune(g.IntN(int(min(e.Rune[at+1]-e.Rune[at], 100))+1)))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		text.WriteByte('x')
	case syntax.OpAlternate:
		g.matchInto(text, pick(g, e.Sub))
		return
	case syntax.OpStar, syntax.OpQuest:
		repeat = g.IntN(2)
	case syntax.OpPlus:
		repeat = g.between(1, 3)
	}
	for range repeat {
		for _, sub := range e.Sub {
			g.matchInto(text, sub)
		}
	}
}

// child is the path of a field below path, in memory of its own.
func child(path []string, name string) []string {
	return append(slices.Clip(path), name)
}
