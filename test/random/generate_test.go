package random

import (
	"slices"
	"strings"
	"testing"
)

// TestReach holds that each field of the schema is in the spec that is to have
// it: what the generator does not reach, it does not test.
func TestReach(t *testing.T) {
	root, err := readShape()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range fieldPaths() {
		seed := uint64(i)
		g := newGenerator(seed)
		g.mood = sensible // the others may drop or spoil what they have
		spec := g.spec(root, seed)
		all := places(nil, spec.Base)
		for _, environment := range spec.Environments { // some take over what the base had
			all = append(all, places(nil, environment)...)
		}
		if !slices.ContainsFunc(all, func(path []string) bool { return root.words(path) == want }) {
			t.Errorf("the spec of seed %d lacks %s", seed, want)
		}
	}
}

// words is a path without what the user chooses.
func (s *shape) words(path []string) string {
	var words []string
	for i, name := range path {
		above := s.at(path[:i])
		if above == nil || above.kind == "object" && (above.element == nil || above.field(name) != nil) {
			words = append(words, name)
		}
	}
	return strings.Join(words, ".")
}

func TestSameSeedSameSpec(t *testing.T) {
	root, err := readShape()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for seed := range uint64(30) {
		text := string(newGenerator(seed).spec(root, seed).CUE())
		if again := string(newGenerator(seed).spec(root, seed).CUE()); again != text {
			t.Errorf("seed %d makes\n%s\nand then\n%s", seed, text, again)
		}
		texts[text] = true
	}
	if len(texts) != 30 {
		t.Errorf("30 seeds make %d specs", len(texts))
	}
}

// A field that no table knows gets a value from what the schema says about it.
func TestUnknownField(t *testing.T) {
	root, err := parseShape([]byte(`{"type": "object", "additionalProperties": false, "required": ["code", "size", "kind", "ref"], "properties": {
		"code": {"type": "string", "pattern": "^[ab]{3}-(x|y)[0-9]+$"},
		"size": {"type": "integer", "description": "How many: 7 to 9."},
		"kind": {"type": "string", "enum": ["one", "two"]},
		"ref": {"description": "Which.", "$ref": "#/definitions/Ref"}},
		"definitions": {"Ref": {"type": "object", "description": "Exactly one of id, name and arn says which.", "additionalProperties": false, "properties": {
			"id": {"type": "string", "description": "The id, \"thing-...\"."}, "name": {"type": "string"}, "arn": {"type": "string"}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	sizes, kinds, refs := map[any]bool{}, map[any]bool{}, map[string]bool{}
	for seed := range uint64(200) {
		g := newGenerator(seed)
		g.mood = sensible
		v := g.object(root, nil).(map[string]any)
		code := v["code"].(string)
		if len(code) < 6 || strings.Trim(code[:3], "ab") != "" || code[3] != '-' || !strings.Contains("xy", code[4:5]) {
			t.Errorf("the code is %q", code)
		}
		sizes[v["size"]], kinds[v["kind"]] = true, true
		ref := v["ref"].(map[string]any)
		refs[strings.Join(order(nil, ref), "+")] = true
		if id, ok := ref["id"].(string); ok && (len(id) != len("thing-")+17 || !strings.HasPrefix(id, "thing-")) {
			t.Errorf("the id is %q", id)
		}
	}
	if len(sizes) != 3 || !sizes[7] || !sizes[8] || !sizes[9] || len(kinds) != 2 || len(refs) != 3 || !refs["arn"] {
		t.Errorf("got sizes %v, kinds %v, refs %v", sizes, kinds, refs)
	}
}

func TestMatches(t *testing.T) {
	path := []string{"cluster", "network", "subnets", "private", "a", "cidr"}
	tests := map[string]bool{
		"cidr": true, "a.cidr": true, "subnets.*.*.cidr": true, "private.cidr": false, "cluster.cidr": false,
		"*.*.*.*.*.cidr": true, "*.*.*.*.*.*.cidr": false, "subnets": false,
	}
	for pattern, want := range tests {
		if got := matches(pattern, path); got != want {
			t.Errorf("%s: got %v", pattern, got)
		}
	}
}

// Each line of the tables is for something: a pattern that nothing matches is
// one that the schema has moved away from.
func TestTablesAreUsed(t *testing.T) {
	root, err := readShape()
	if err != nil {
		t.Fatal(err)
	}
	var unused []string
	for _, line := range allPlausibles {
		unused = append(unused, line.pattern)
	}
	for _, line := range allPresences {
		unused = append(unused, line.pattern)
	}
	for _, line := range allKeys {
		unused = append(unused, line.pattern)
	}
	for seed := range uint64(len(fieldPaths())) {
		for _, path := range places(nil, newGenerator(seed).spec(root, seed).Base) {
			unused = slices.DeleteFunc(unused, func(pattern string) bool { return matches(pattern, path) })
		}
	}
	for _, pattern := range unused {
		t.Errorf("nothing matches %s", pattern)
	}
}
