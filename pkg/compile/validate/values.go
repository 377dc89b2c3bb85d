package validate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/diag"
)

// cueKinds are the kinds of CUE values that the schema's kinds take.
var cueKinds = map[schema.Kind]cue.Kind{
	schema.Any: cue.TopKind, schema.Bool: cue.BoolKind, schema.Int: cue.IntKind, schema.List: cue.ListKind,
	schema.Map: cue.StructKind, schema.Object: cue.StructKind, schema.String: cue.StringKind,
}

// scalar checks v, which exists, against t, a string, an int or a bool. It
// blurs what it reports.
func (c *checker) scalar(path []string, t *schema.Type, v cue.Value) {
	before := len(c.diags)
	if v.IncompleteKind() == cue.BottomKind {
		c.wrong(path, t, v)
	} else if message, hint := misfit(t, v); message != "" {
		c.report(diag.InvalidValue, path, message, hint)
	} else if d, _ := v.Default(); !d.IsConcrete() {
		c.incomplete(path, v)
	}
	if len(c.diags) > before {
		c.blur(path, t)
	}
}

// misfit says why t does not take v, or nothing.
func misfit(t *schema.Type, v cue.Value) (message, hint string) {
	if d, ok := v.Default(); ok {
		v = d
	}
	switch kind := cueKinds[t.Kind]; {
	case v.IncompleteKind()&kind == 0:
		return "must be " + article(kind) + butIs(v), hintFor(t, v)
	case !v.IsConcrete():
		return "", ""
	case t.Kind == schema.Int:
		return misfitInt(v)
	case t.Enum != nil:
		return misfitEnum(t.Enum, v)
	case t.Pattern != nil:
		if s, _ := v.String(); !t.Pattern.MatchString(s) {
			return fmt.Sprintf("%q does not match %s", s, t.Pattern), ""
		}
	}
	return "", ""
}

// misfitInt bounds the numbers of a spec to what every consumer of one reads.
func misfitInt(v cue.Value) (message, hint string) {
	if n, err := v.Int64(); err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return fmt.Sprintf("must be between %d and %d, not %v", math.MinInt32, math.MaxInt32, v), ""
	}
	return "", ""
}

func misfitEnum(enum []string, v cue.Value) (message, hint string) {
	s, _ := v.String()
	if slices.Contains(enum, s) {
		return "", ""
	}
	return fmt.Sprintf("must be %s, not %q", oneOf(enum), s), catalog.DidYouMean(s, enum)
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

// hintFor says how to write v for t. YAML users forget the quotes of account
// ids and versions, and that a name without a value is null.
func hintFor(t *schema.Type, v cue.Value) string {
	if v.IncompleteKind() == cue.NullKind {
		return "give it a value or leave it out"
	}
	if t.Kind != schema.String || !v.IsConcrete() || v.IncompleteKind()&cue.NumberKind == 0 {
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
