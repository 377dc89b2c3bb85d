package random

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Whatever the texts, the forms of a spec say the same.
func TestForms(t *testing.T) {
	env, labels := map[string]any{}, map[string]any{}
	for i, text := range oddTexts {
		env[strings.Repeat("A", i+1)] = text
		labels[text] = text
	}
	s := Spec{Base: map[string]any{"a": env, "b": labels, "c": []any{big.NewInt(7), 1.5, true, nil, []any{}, map[string]any{}}}}
	var fromYAML any
	if err := yaml.Unmarshal(s.YAML(), &fromYAML); err != nil {
		t.Fatal(err)
	}
	var fromJSON any
	if err := json.Unmarshal(s.JSON(), &fromJSON); err != nil {
		t.Fatal(err)
	}
	if want := normal(s.Base); !reflect.DeepEqual(normal(fromYAML), want) || !reflect.DeepEqual(fromJSON, want) {
		t.Errorf("got\n%q\nand\n%q\nwant\n%q", fromYAML, fromJSON, want)
	}
}

func TestCUE(t *testing.T) {
	s := Spec{
		Base: map[string]any{
			"cluster": map[string]any{"name": open("string"), "size": 1, "zones": []any{"a"}, "string": "x", "deep": map[string]any{"b": true, "a": "b"}},
			"flat":    2,
		},
		Environments: map[string]map[string]any{
			"dev":  {"cluster": map[string]any{"name": "d", "size": 2, "deep": map[string]any{"a": "c", "z": 1}}},
			"prod": {"cluster": map[string]any{"name": "p", "zones": []any{}}},
		},
	}
	want := `package spec
cluster: deep: {
	a: *"b" | string
	b: true
}
cluster: name: string
cluster: size: *1 | int
cluster: "string": "x"
cluster: zones: *["a"] | [...]
flat: 2
environments: dev: {
	cluster: {
		deep: {
			a: "c"
			z: 1
		}
		name: "d"
		size: 2
	}
}
environments: prod: {
	cluster: {
		name: "p"
		zones: []
	}
}
`
	if got := string(s.CUE()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	lines := 0
	for _, content := range s.Files(rand.New(rand.NewPCG(1, 2))) {
		lines += strings.Count(string(content), "\n") - 1 // without the package
	}
	if lines != strings.Count(want, "\n")-1 {
		t.Errorf("the files have %d lines", lines)
	}
	if s.isData() || !s.alone("dev").isData() {
		t.Error("the spec is no data, and what dev says is")
	}
}

func TestTree(t *testing.T) {
	tree := map[string]any{"a": []any{map[string]any{"b": 1}, 2}, "c": map[string]any{}}
	copied := clone(tree)
	remove(tree, []string{"a", "1"})
	remove(tree, []string{"a", "0", "b"})
	set(tree, []string{"c", "d"}, 3)
	put(tree, []string{"e", "f"}, 4)
	want := map[string]any{"a": []any{map[string]any{}}, "c": map[string]any{"d": 3}, "e": map[string]any{"f": 4}}
	if !reflect.DeepEqual(tree, want) {
		t.Errorf("got %v", tree)
	}
	if got := len(places(nil, copied)); got != 5 {
		t.Errorf("the copy has %d places", got)
	}
	for _, path := range [][]string{{"a", "2"}, {"a", "x"}, {"c", "d"}, {"c", "d", "e"}} {
		if v, ok := get(copied, path); ok {
			t.Errorf("there is %v at %q", v, path)
		}
	}
}
