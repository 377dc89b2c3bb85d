package diff

import (
	"fmt"
	"strings"
	"testing"
)

func TestTrees(t *testing.T) {
	old := tree("same", "x", "changed", "x", "gone", "x", "emptied", "x", "dir/a", "x")
	new := tree("same", "x", "changed", "y", "new", "x", "emptied", "", "dir/b", "")
	var got strings.Builder
	for _, f := range Trees(old, new) {
		fmt.Fprintf(&got, "%s %s %q %q\n", f.Status, f.Path, f.Old, f.New)
	}
	want := `modified changed "x" "y"
removed dir/a "x" ""
added dir/b "" ""
modified emptied "x" ""
removed gone "x" ""
added new "" "x"
`
	if got.String() != want {
		t.Errorf("got:\n%swant:\n%s", got.String(), want)
	}
}
