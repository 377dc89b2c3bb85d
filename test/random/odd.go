package random

import (
	"math"
	"math/big"
	"strings"
)

// oddTexts are what few would write, and what breaks programs that take text
// for something else: YAML, CloudFormation, the shell, paths.
var oddTexts = []string{
	"", " ", "a b", " lead", "trail ", "-dash", "Upper_Case", "a.b/c", "..", "../x", "a/../b", "UPPER", "x.y", "1st", "0",
	"ünïcödé", "名前", "🚀", "e\u0301", "\ufeffbom", "a\u2028b", "a\u00a0b", "a\u200bb", "a\x00b", "\x1b[31m", "a\u0085b",
	"line\nbreak", "ends\n", "\nbegins", "tab\tin", "cr\r\nlf", " \n ", "a: b", "#c", "- x", "[a", "{a", "*a", "&a", "!Ref x", "| x", "> y", "%z", "@at", "`tick`", "'", "\"", "\\", "\\n",
	"null", "~", "true", "yes", "off", "NaN", ".inf", "1e3", "0x1F", "0o17", "017", "1_000", "1:30", "2001-01-01", "2026-01-02T03:04:05Z", "=", "<<", "-1", "1.0", "+1",
	"${AWS::Region}", "${Cluster}", "${!literal}", "$HOME", "$(id)", "{{resolve:ssm:/x}}", "{{ .x }}", "%s%d", "arn:aws:iam::1:x", "*", "a,b", "a;b", "a=b", "a|b", "<b>", "a\\",
	"eyJSZWYiOiJ4In0=", "eyJGbjo6U3ViIjoieCJ9", "---", "--- ", "...", "$patch", "$retainKeys", "name", "metadata", "kind", "Ref", "Fn::Sub", "string", "__proto__", "cluster",
	"__name", "#Hash", "_hidden", "aws:reserved", "kubernetes.io/x", "eks.amazonaws.com/nodegroup", "AWS_REGION",
	strings.Repeat("a", 63), strings.Repeat("a", 64), strings.Repeat("long-", 60), strings.Repeat("wörd ", 30), strings.Repeat("x\n", 40),
}

var oddInts = []any{0, -1, 1, 80, 99, 100, 101, 65535, 65536, 1 << 31, math.MaxInt64, math.MinInt64, new(big.Int).Lsh(big.NewInt(1), 70)}

// steady reports whether the field at path gets no odd values: ekscc only warns
// of instance types that it does not know, and others refuse them.
func steady(path []string) bool {
	return matches("instanceType", path) || matches("instanceTypes", path)
}

// oddValue makes a value of the right type that few would write.
func (g *generator) oddValue(s *shape) (any, bool) {
	switch s.kind {
	case "string":
		if len(s.enum) == 0 {
			return pick(g, oddTexts), true
		}
	case "integer":
		return pick(g, oddInts), true
	case "array":
		return []any{}, true
	case "map":
		return map[string]any{}, true
	}
	return nil, false
}

// wrongValues are of every type, so of the wrong one almost anywhere.
var wrongValues = []any{nil, true, 7, -0.5, "wrong", "", []any{}, []any{"x"}, []any{map[string]any{}}, map[string]any{}, map[string]any{"wrong": 1}, open("string"), open("_"), open("{...}")}

// breakSome plants a few faults: values of wrong types, fields that the schema
// does not know, required fields that are missing.
func (g *generator) breakSome(spec map[string]any) {
	for range g.between(1, 4) {
		all := places(nil, spec)
		if len(all) == 0 {
			return // nothing is left of it
		}
		at := pick(g, all)
		switch g.IntN(4) {
		case 0:
			remove(spec, at)
		case 1:
			name := pick(g, []string{"nam", "Name", "names", "unknown", "cidrs", "", "名", "x-y"})
			set(spec, child(at, name), clone(pick(g, wrongValues)))
		default:
			set(spec, at, clone(pick(g, wrongValues)))
		}
	}
}
