package catalog

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Problem is something that CloudFormation would refuse.
type Problem struct {
	// Path is where: names of properties and indices of lists.
	Path []string
	// Message is what, in one line.
	Message string
	// Hint is what to write instead, or empty.
	Hint string
	// IsValue says that the property is right and its value is not among
	// those that the registry lists. AWS may have added the value since.
	IsValue bool
}

// String is the problem in one line, its path in front.
func (p Problem) String() string {
	text := p.Message
	if p.Hint != "" {
		text += "; " + p.Hint
	}
	if len(p.Path) == 0 {
		return text
	}
	return strings.Join(p.Path, ".") + ": " + text
}

// Check holds a resource's properties against its type, in the order of their
// names. The values are those of a decoded template: maps, lists, strings,
// numbers and bools, with intrinsic functions in their long form, such as
// {"Ref": "Vpc"}. What a function will give is unknown, so any value of
// Fn::If is checked and other functions stand for a value that fits.
func (t *ResourceType) Check(properties map[string]any) []Problem {
	var c checker
	c.object(t.root, properties, nil)
	return c.problems
}

// checker collects problems. Paths that it is given are its own only until it
// returns, so a problem keeps a copy.
type checker struct{ problems []Problem }

func (c *checker) report(path []string, format string, args ...any) {
	c.problems = append(c.problems, Problem{Path: slices.Clone(path), Message: fmt.Sprintf(format, args...)})
}

// reportValue reports a value that the registry does not list.
func (c *checker) reportValue(path []string, format string, args ...any) {
	c.report(path, format, args...)
	c.problems[len(c.problems)-1].IsValue = true
}

// value checks a value of any kind against p.
func (c *checker) value(p *Property, v any, path []string) {
	if function, argument, ok := Intrinsic(v); ok {
		c.intrinsic(p, function, argument, path)
		return
	}
	if kind := kindOf(v); !accepts(p.Kinds, kind) {
		c.report(path, "want %s, got %s", wanted(p.Kinds), kind)
		return
	}
	switch v := v.(type) {
	case map[string]any:
		c.object(p, v, path)
	case []any:
		c.list(p, v, path)
	case string:
		c.text(p, v, path)
	default:
		c.scalar(p, v, path)
	}
}

// intrinsic checks what is known of a function's result.
func (c *checker) intrinsic(p *Property, function string, argument any, path []string) {
	switch function {
	case "Fn::If":
		if branches, ok := argument.([]any); ok && len(branches) == 3 {
			c.value(p, branches[1], append(path, function, "1"))
			c.value(p, branches[2], append(path, function, "2"))
		}
	case "Fn::Base64", "Fn::Join", "Fn::Sub":
		// They make text, which CloudFormation turns into a number or a bool
		// where it needs one, but not into a list or an object.
		if len(p.Kinds) > 0 && !slices.ContainsFunc(p.Kinds, isScalar) {
			c.report(path, "want %s, got the text of %s", wanted(p.Kinds), function)
		}
	}
}

func isScalar(kind string) bool { return kind != "array" && kind != "object" }

func (c *checker) object(p *Property, object map[string]any, path []string) {
	if len(p.Members) == 0 {
		return // any content
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		member := p.Member(name)
		switch {
		case isNoValue(object[name]):
		case member == nil:
			c.unknown(p, name, append(path, name))
		case member.ReadOnly:
			c.report(append(path, name), "is set by AWS and read-only")
		default:
			c.value(member, object[name], append(path, name))
		}
	}
	for _, member := range p.Members {
		if member.Required && !has(object, member.Name) {
			c.report(path, "required property %q is missing", member.Name)
		}
	}
	c.choices(p, object, path)
}

func (c *checker) unknown(p *Property, name string, path []string) {
	var names []string
	for _, member := range p.Members {
		if !member.ReadOnly {
			names = append(names, member.Name)
		}
	}
	c.reportUnknown(path, name, names, "unknown property")
}

// reportUnknown reports a name that is none of those known, and which of them
// may have been meant.
func (c *checker) reportUnknown(path []string, name string, known []string, format string, args ...any) {
	c.report(path, format, args...)
	c.problems[len(c.problems)-1].Hint = DidYouMean(name, known)
}

// choices checks which members stand together. What a condition decides is
// left to it.
func (c *checker) choices(p *Property, object map[string]any, path []string) {
	if slices.ContainsFunc(slices.Concat(p.ExactlyOne, p.AtLeastOne), func(name string) bool {
		function, _, ok := Intrinsic(object[name])
		return ok && function == "Fn::If"
	}) {
		return
	}
	isThere := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !has(object, name) })
	}
	if n := len(isThere(p.ExactlyOne)); len(p.ExactlyOne) > 0 && n != 1 {
		c.report(path, "exactly one of %s must be there, got %d", quoted(p.ExactlyOne), n)
	}
	if len(p.AtLeastOne) > 0 && len(isThere(p.AtLeastOne)) == 0 {
		c.report(path, "one of %s must be there", quoted(p.AtLeastOne))
	}
}

func (c *checker) list(p *Property, list []any, path []string) {
	if n := float64(len(list)); p.Items != nil && !p.Items.contain(n) {
		c.reportValue(path, "has %g items, want %s", n, p.Items)
	}
	if len(p.Members) == 0 {
		return
	}
	for i, item := range list {
		if !isNoValue(item) {
			c.value(p.Members[0], item, append(path, strconv.Itoa(i)))
		}
	}
}

func (c *checker) text(p *Property, text string, path []string) {
	if strings.Contains(text, "{{resolve:") {
		return // a dynamic reference, whose text comes from elsewhere
	}
	if n := float64(utf8.RuneCountInString(text)); p.Length != nil && !p.Length.contain(n) {
		c.reportValue(path, "has %g characters, want %s", n, p.Length)
	}
	if p.Pattern != "" {
		if matched, err := regexp.MatchString(p.Pattern, text); err == nil && !matched {
			c.reportValue(path, "%q does not match %s", text, p.Pattern)
		}
	}
	c.scalar(p, text, path)
}

func (c *checker) scalar(p *Property, v any, path []string) {
	if n, ok := number64(v); ok && p.Value != nil && !p.Value.contain(n) {
		c.reportValue(path, "is %v, want %s", v, p.Value)
	}
	if value := fmt.Sprint(v); len(p.Enum) > 0 && !slices.Contains(p.Enum, value) {
		c.reportValue(path, "%q is none of %s", value, quoted(p.Enum))
	}
}

func (b *Bounds) contain(n float64) bool { return b.Min <= n && n <= b.Max }

// String is the range in words.
func (b *Bounds) String() string {
	switch {
	case b.Min == b.Max:
		return fmt.Sprintf("%.15g", b.Min)
	case b.Max > 1e300:
		return fmt.Sprintf("at least %.15g", b.Min)
	case b.Min < -1e300:
		return fmt.Sprintf("at most %.15g", b.Max)
	}
	return fmt.Sprintf("%.15g to %.15g", b.Min, b.Max)
}

func wanted(kinds []string) string {
	if len(kinds) == 0 {
		return "a value"
	}
	return strings.Join(kinds, " or ")
}

func quoted(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = strconv.Quote(name)
	}
	return strings.Join(quoted, ", ")
}
