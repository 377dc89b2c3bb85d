package diag

import (
	"bytes"
	"slices"
	"testing"
)

func TestSort(t *testing.T) {
	l := List{
		{Pos: Pos{"b.cue", 1, 1}, Code: Load, Message: "m"},
		{Pos: Pos{"a.cue", 10, 1}, Code: Load, Message: "m"},
		{Pos: Pos{"a.cue", 9, 2}, Code: Load, Message: "m", Hint: "h"},
		{Pos: Pos{"a.cue", 9, 2}, Code: Load, Message: "m", Hint: "g"},
		{Pos: Pos{"a.cue", 9, 2}, Code: Load, Message: "m", Hint: "h"},
		{Pos: Pos{"a.cue", 9, 2}, Code: ExtendedSupport, Message: "m"},
		{Pos: Pos{"a.cue", 9, 2}, Path: []string{"x"}, Code: Load, Message: "m"},
		{Code: Load, Message: "m"},
	}
	want := `m [E0008]
a.cue:9:2: m; g [E0008]
a.cue:9:2: m; h [E0008]
a.cue:9:2: warning: m [W0104]
a.cue:9:2: x: m [E0008]
a.cue:10:1: m [E0008]
b.cue:1:1: m [E0008]
`
	var b bytes.Buffer
	if err := WriteText(&b, slices.Clone(l).Sort()); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got:\n%swant:\n%s", b.String(), want)
	}
}

func TestHasErrors(t *testing.T) {
	if (List{{Code: ExtendedSupport}, {Code: StaleSuppression}}).HasErrors() {
		t.Error("warnings count as errors")
	}
	if !(List{{Code: ExtendedSupport}, {Code: Load}}).HasErrors() {
		t.Error("an error is not noticed")
	}
}
