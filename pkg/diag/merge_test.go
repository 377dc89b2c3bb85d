package diag

import (
	"bytes"
	"testing"
)

func TestMerge(t *testing.T) {
	d := func(line int, message string) Diagnostic {
		return Diagnostic{Pos: Pos{"a.cue", line, 1}, Path: []string{"x"}, Code: Load, Message: message}
	}
	merged := Merge([]string{"dev", "prod", "qa"}, []List{
		{d(1, "in all"), d(2, "in two"), d(3, "says dev")},
		{d(1, "in all"), d(1, "in all"), d(4, "in one")},
		{d(1, "in all"), d(2, "in two"), d(3, "says qa")},
	})
	want := `a.cue:1:1: x: in all [E0008]
a.cue:2:1: x: in two (environments dev, qa) [E0008]
a.cue:3:1: x: says dev (environment dev) [E0008]
a.cue:3:1: x: says qa (environment qa) [E0008]
a.cue:4:1: x: in one (environment prod) [E0008]
`
	var b bytes.Buffer
	if err := WriteText(&b, merged.Sort()); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got:\n%swant:\n%s", b.String(), want)
	}
}
