package validate

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/diag"
)

// scalar checks v, which exists, against n, a string, a number or a bool.
func (c *checker) scalar(path []string, n *node, v cue.Value) {
	if v.IncompleteKind() == cue.BottomKind {
		c.wrong(path, n, v)
		return
	}
	if message, hint := misfit(n, v); message != "" {
		c.report(diag.InvalidValue, path, message, hint)
		return
	}
	if d, _ := v.Default(); !d.IsConcrete() {
		c.incomplete(path, v)
	}
}

// misfit says why n does not take v, or nothing.
func misfit(n *node, v cue.Value) (message, hint string) {
	if d, ok := v.Default(); ok {
		v = d
	}
	switch {
	case v.IncompleteKind()&n.kind == 0:
		return "must be " + article(n.kind) + butIs(v), hintFor(n, v)
	case !v.IsConcrete():
		return "", ""
	case n.enum != nil:
		return misfitEnum(n.enum, v)
	case n.pattern != nil:
		if s, _ := v.String(); !n.pattern.MatchString(s) {
			return fmt.Sprintf("%q does not match %s", s, n.pattern), ""
		}
	}
	return "", ""
}

func misfitEnum(enum []string, v cue.Value) (message, hint string) {
	s, _ := v.String()
	if slices.Contains(enum, s) {
		return "", ""
	}
	if near := catalog.Suggest(s, enum); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("must be %s, not %q", oneOf(enum), s), hint
}

// oneOf lists the alternatives as a sentence does.
func oneOf(enum []string) string {
	quoted := make([]string, len(enum))
	for i, s := range enum {
		quoted[i] = fmt.Sprintf("%q", s)
	}
	if len(quoted) == 2 {
		return quoted[0] + " or " + quoted[1]
	}
	last := len(quoted) - 1
	return "one of " + strings.Join(quoted[:last], ", ") + " and " + quoted[last]
}

// hintFor says how to write v for n. YAML users forget the quotes of account
// ids and versions, and that a name without a value is null.
func hintFor(n *node, v cue.Value) string {
	if v.IncompleteKind() == cue.NullKind {
		return "give it a value or leave it out"
	}
	if n.kind != cue.StringKind || !v.IsConcrete() || v.IncompleteKind()&cue.NumberKind == 0 {
		return ""
	}
	return fmt.Sprintf("write %q", fmt.Sprint(v))
}

// butIs completes "must be an int" by what v is instead.
func butIs(v cue.Value) string {
	k := v.IncompleteKind()
	if k == cue.BottomKind {
		return ""
	}
	return ", not " + article(k)
}

// article names the kind as a noun with its article.
func article(k cue.Kind) string {
	switch k {
	case cue.NullKind:
		return "null"
	case cue.IntKind:
		return "an int"
	case cue.FloatKind, cue.NumberKind:
		return "a number"
	case cue.BoolKind, cue.StringKind, cue.BytesKind, cue.ListKind, cue.StructKind:
		return "a " + k.String()
	}
	return k.String()
}

// incomplete reports a value that is not known.
func (c *checker) incomplete(path []string, v cue.Value) {
	hint := "give it a value"
	if c.env.own.Exists() {
		hint = "give it a value here or in the environment"
	}
	c.report(diag.Incomplete, path, "has no value, only "+abbreviate(fmt.Sprint(v)), hint)
}

// abbreviate fits CUE source on a line.
func abbreviate(source string) string {
	source = strings.Join(strings.Fields(source), " ")
	if len(source) > 60 {
		source = source[:57] + "..."
	}
	return source
}
