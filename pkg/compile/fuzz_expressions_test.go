package compile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzExpressions compiles a sound spec in which some values are expressions:
// references, disjunctions, comprehensions and cycles, in the base and in
// environments. Arbitrary bytes seldom make one.
func FuzzExpressions(f *testing.F) {
	for kind := range byte(len(operations)) {
		f.Add([]byte{3, kind, 5, 2, kind + 1, kind, 0, 9, 7, kind, 1, 4, 12, kind, 3})
		f.Add([]byte{20, kind, kind, kind, 0, 1, 2, 25, 1, kind, 8, 30, kind})
	}
	path := filepath.Join(f.TempDir(), "spec.cue")
	f.Fuzz(func(t *testing.T, data []byte) {
		a := author{data: data}
		spec := a.spec()
		if err := os.WriteFile(path, []byte(spec), 0o644); err != nil {
			t.Fatal(err)
		}
		answers(t, path, nil)
		if t.Failed() {
			t.Log(spec)
		}
	})
}

// fields are those of a sound spec, and hidden ones, each with its value.
var fields = [][2]string{
	{`cluster: name`, `"quickstart"`},
	{`cluster: region`, `"eu-west-1"`},
	{`cluster: account`, `"111122223333"`},
	{`cluster: version`, `"1.35"`},
	{`cluster: tags: team`, `"a"`},
	{`cluster: network: vpc: cidr`, `"10.0.0.0/16"`},
	{`cluster: network: availabilityZones`, `["eu-west-1a", "eu-west-1b"]`},
	{`cluster: endpoint: private`, `true`},
	{`cluster: nodeGroups: general: instanceTypes`, `["m7g.large"]`},
	{`cluster: nodeGroups: general: scaling`, `{min: 2, max: 4}`},
	{`cluster: addons: coredns`, `{}`},
	{`cluster: access: admins: role`, `"admin"`},
	{`cluster: access: admins: policy`, `"clusterAdmin"`},
	{`workloads: web: image`, `"nginx:1.29"`},
	{`workloads: web: replicas`, `2`},
	{`workloads: web: ports: http`, `80`},
	{`kubernetes: manifests: m`, `{apiVersion: "v1", kind: "ConfigMap", metadata: name: "m"}`},
	{`environments: dev: cluster: tags: stage`, `"dev"`},
	{`environments: prod: workloads: web: replicas`, `2`},
	{`_a`, `1`},
	{`_b`, `{x: 1, y: {z: "b"}}`},
	{`#D`, `{name: string, n?: int}`},
}

// operands are expressions without parts of their own.
var operands = []string{
	`"x"`, `3`, `-1`, `1.5`, `true`, `null`, `"10.1.0.0/16"`, `"eu-west-1a"`, `[]`, `{}`, `string`, `int`, `bool`, `_`, `_|_`, `[...string]`, `{...}`, `#D`, `#Missing`,
	`cluster`, `cluster.name`, `cluster.nodeGroups`, `cluster.network.availabilityZones`, `workloads`, `workloads.web.replicas`, `environments`, `environments.dev`, `_a`, `_b`, `_b.y.z`,
}

// operations take up to three parts.
var operations = []string{
	`*$1 | $2`, `$1 | $2`, `$1 & $2`, `$1 + $2`, `"\($1)-x"`, `[$1, $2]`, `{a: $1, "name": $2}`, `($1).name`, `($1)[0]`,
	`[for v in $1 {v}]`, `{for k, v in $1 {"\(k)": v}}`, `{if $1 {a: $2}, $3}`, `[if $1 {$2}, $3][0]`, `len($1)`, `or($1)`, `and([$1, $2])`, `close($1)`,
	`{let L = $1, a: L, b: L}`, `{[string]: $1} & $2`, `{a!: $1, b?: $2, c: a}`, `{S=a: $1, b: S}`, `>$1 & <$2`, `!$1`, `=~$1`, `[...$1] & $2`, `{$1, $2}`, `div($1, $2)`,
	`matchN(1, [$1, $2])`, `matchIf($1, $2, $3)`, `[$1, ...$2]`, `$1 == $2`, `error("x") | $1`,
}

// author writes what a fuzzer says.
type author struct{ data []byte }

func (a *author) next(n int) int {
	if len(a.data) == 0 {
		return 0
	}
	b := int(a.data[0])
	a.data = a.data[1:]
	return b % n
}

// spec is the sound spec with other values for some fields.
func (a *author) spec() string {
	values := make(map[int]string)
	for len(a.data) > 0 && len(values) < 6 {
		values[a.next(len(fields))] = a.expression(0)
	}
	var spec strings.Builder
	for i, field := range fields {
		value := field[1]
		if other, ok := values[i]; ok {
			value = other
		}
		fmt.Fprintf(&spec, "%s: %s\n", field[0], value)
	}
	return spec.String()
}

// expression is one of at most three levels.
func (a *author) expression(depth int) string {
	kind := a.next(2 * len(operations))
	if kind >= len(operations) || depth == 3 {
		return operands[a.next(len(operands))]
	}
	expression := operations[kind]
	for _, part := range []string{"$1", "$2", "$3"} {
		if strings.Contains(expression, part) {
			expression = strings.ReplaceAll(expression, part, a.expression(depth+1))
		}
	}
	return expression
}
