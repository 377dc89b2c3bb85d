package random

import (
	"cmp"
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
	// aim is the field that the spec shall have, as a path without what the user
	// chooses, from where the generator is at. Empty is none.
	aim []string
}

// block is how many seeds in a row share a region: outside tools are started
// once for each.
const block = 100

// newGenerator starts the spec of a seed.
func newGenerator(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0))}
	g.region = regionOf(seed / block)
	g.mood = []mood{sensible, sensible, sensible, odd, odd, broken}[g.IntN(6)]
	few := g.Float64()
	g.density = 0.05 + 0.7*few*few
	g.version = pick(g, catalog.Versions())
	g.account = g.digits("0123456789", 12)
	g.existing = g.chance(0.4)
	g.vpc = g.IntN(256)
	return g
}

// partitions are those whose zones outside tools know too.
var partitions = []string{"aws", "aws-cn", "aws-us-gov"}

// young are regions that lack instance types of older generations. Outside
// tools know which; ekscc does not, and so neither does this generator.
var young = []string{
	"ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-2",
	"il-central-1", "me-central-1", "mx-central-1",
}

// regionOf picks a region with EKS and enough zones for a cluster.
func regionOf(n uint64) catalog.Region {
	var usable []catalog.Region
	for _, name := range catalog.Regions() {
		if r, _ := catalog.LookupRegion(name); r.EKS && len(r.Zones) >= 3 && slices.Contains(partitions, r.Partition) {
			usable = append(usable, r)
		}
	}
	picked := usable[rand.New(rand.NewPCG(n, 1)).IntN(len(usable))]
	if slices.Contains(young, picked.Name) {
		picked, _ = catalog.LookupRegion("us-east-1")
	}
	return picked
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
	if g.mood == odd && len(g.aim) == 0 && g.chance(0.04) && !steady(path) {
		if v, ok := g.oddValue(s); ok {
			return v
		}
	}
	// What a table makes of several fields need not have the one aimed at.
	if len(g.aim) == 0 || s.kind != "object" && s.kind != "map" && s.kind != "array" {
		if v, ok := g.plausible(path); ok {
			return v
		}
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
	aim, next := g.aim, ""
	if len(aim) > 0 {
		next = aim[0]
	}
	wanted := g.choice(s, path, next)
	object := map[string]any{}
	for _, f := range s.fields {
		if !wanted(f) {
			continue
		}
		var onward []string
		if f.name == next {
			onward = aim[1:]
		}
		object[f.name] = g.aimed(onward, f.shape, child(path, f.name))
	}
	for range g.others(s, next) {
		name := g.otherKey(s, path)
		if object[name] != nil {
			continue // it may be what the spec shall have
		}
		object[name] = g.aimed(aim, s.element, child(path, name))
		aim = nil
	}
	return object
}

// otherKey makes a name in the object at path that the schema does not name.
func (g *generator) otherKey(s *shape, path []string) string {
	for range 20 {
		if name := g.key(path); s.field(name) == nil {
			return name
		}
	}
	return g.key(path) + "-" + strconv.Itoa(g.IntN(100))
}

// aimed makes a value of which the field aim, if any, shall be a part.
func (g *generator) aimed(aim []string, s *shape, path []string) any {
	g.aim = aim
	defer func() { g.aim = nil }()
	return g.value(s, path)
}

// choice decides which fields of the object at path there are, next among them.
func (g *generator) choice(s *shape, path []string, next string) func(*field) bool {
	chosen := next
	if len(s.oneOf) > 0 && !slices.Contains(s.oneOf, next) {
		chosen = pick(g, s.oneOf)
	}
	solitary := len(s.alone) > 0 && (slices.Contains(s.alone, next) || s.field(next) == nil && g.chance(0.3))
	return func(f *field) bool {
		wanted := f.required || f.name == next || g.wants(child(path, f.name))
		switch {
		case slices.Contains(s.oneOf, f.name):
			return f.name == chosen
		case len(s.alone) > 0 && !f.required && solitary:
			return f.name == cmp.Or(next, s.alone[0])
		case len(s.alone) > 0 && !f.required:
			return wanted && !slices.Contains(s.alone, f.name)
		}
		return wanted
	}
}

// others is how many fields an object gets that the schema does not name: one
// at least if the aim lies behind them.
func (g *generator) others(s *shape, next string) int {
	if s.element == nil {
		return 0
	}
	if next != "" && s.field(next) == nil {
		return g.between(1, 2)
	}
	return g.IntN(3)
}

// maxDepth is how deep fields are that may be left out: a definition may refer
// to itself.
const maxDepth = 20

// allPresences are the tables of presences, of which the first that matches counts.
var allPresences = slices.Concat(nodePresences, presences)

// wants decides whether there is a field that may be left out.
func (g *generator) wants(path []string) bool {
	if len(path) > maxDepth {
		return false
	}
	for _, p := range allPresences {
		if matches(p.pattern, path) {
			return g.chance(p.chance(g))
		}
	}
	return g.chance(g.density)
}

// entries makes a map.
func (g *generator) entries(s *shape, path []string) any {
	aim := g.aim
	entries := map[string]any{}
	for range g.between(fewest(path), 3) {
		name := g.key(path)
		if entries[name] != nil {
			continue // it may be what the spec shall have
		}
		entries[name] = g.aimed(aim, s.element, child(path, name))
		aim = nil
	}
	return entries
}

// list makes a list without repeats.
func (g *generator) list(s *shape, path []string) any {
	aim := g.aim
	var list []any
	seen := map[string]bool{}
	for i := range g.between(1, 3) {
		item := g.aimed(aim, s.element, child(path, strconv.Itoa(i)))
		aim = nil
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
