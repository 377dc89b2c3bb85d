package schema

import (
	"slices"
	"testing"
)

func TestReadRefuses(t *testing.T) {
	for _, source := range []string{
		`#Spec: a: #Missing`,
		`#Spec: a: 1 + 2`,
		`#Spec: a: "x"`,
		`#Spec: a: [string]`,
		`#Spec: a: "x" | {b: int}`,
		`#Spec: a: "x" | int`,
		"#Spec: a: \"x\" | #B\n#B: \"y\"",
		`#Spec: a: >0 | int`,
		`#Spec: a: =~"("`,
		`#Spec: a: =~string`,
		`#Spec: {if true {a: int}}`,
		`#Spec: a: float`,
		`#Spec: {a: int, [string]: int}`,
		`#Spec: {a: int, [=~"b"]: int}`,
		`#Spec: {a: int, [!~"^(b)$"]: int}`,
		`#Spec: {a: int, [!~"a"]: int}`,
		`#Spec: {[!~"^(a)$"]: int, a: int}`,
		`#Spec: {a: int, [!~1]: int}`,
		`#Spec: {a: int, [string, int]: int}`,
		`#Other: a: int`,
		`#Spec: a: []`,
		`#Spec: a?: #Spec`,
		`#Spec: a:`,
	} {
		if got, err := Read(map[string][]byte{"spec.cue": []byte(source)}); err == nil {
			t.Errorf("%s: got %+v, want an error", source, got)
		}
	}
}

// What the embedded schema does not write so.
func TestRead(t *testing.T) {
	source := `
// The whole.
#Spec: {
	// First. Second
	// goes on.
	//
	// Third.
	last:  string | *"x"
	alias: #B
	own:   #A
	mixed: #C
	...
}

// An A.
#A: [string]: {...}

// A C.
#C: {
	first?:     int
	"second-c"?: #A
	[!~"^(first|second-c)$"]: #B
}

// A B.
#B: #A
`
	got, err := Read(map[string][]byte{"spec.cue": []byte(source)})
	if err != nil {
		t.Fatal(err)
	}
	last, a, b := got.Field("last"), got.Field("own").Type(), got.Field("alias").Type()
	if last.Type().Enum != nil || last.Type().Default != "x" {
		t.Errorf("last: got %+v", last.Type())
	}
	if last.Doc != "First. Second goes on.\n\nThird." || last.Summary() != "First." {
		t.Errorf("last: got %q and %q", last.Doc, last.Summary())
	}
	if a.Name != "A" || a.Doc != "An A." || b.Name != "B" || b.Doc != "A B." || b.String() != "map of map of any" {
		t.Errorf("got %+v and %+v", a, b)
	}
	c := got.Field("mixed").Type()
	if c.Kind != Object || c.String() != "object" || c.Element() != b || c.leaf() != c || !slices.Equal(c.Names(), []string{"first", "second-c"}) {
		t.Errorf("mixed: got %+v", c)
	}
	if got.Name != "Spec" || got.Doc != "The whole." || !got.Open || got.Field("none") != nil {
		t.Errorf("got %+v", got)
	}
}
