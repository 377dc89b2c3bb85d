package diff

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

// carryOut does what the changes say.
func carryOut(list []change, old, new []string) []string {
	var got []string
	x := 0
	for _, c := range list {
		got = append(got, old[x:c.x0]...)
		got = append(got, new[c.y0:c.y1]...)
		x = c.x1
	}
	return append(got, old[x:]...)
}

func size(list []change) int {
	n := 0
	for _, c := range list {
		n += c.x1 - c.x0 + c.y1 - c.y0
	}
	return n
}

// shortest is the length of the shortest edit script, by the textbook.
func shortest(a, b []string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal
			} else {
				row[j+1] = 1 + min(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

func TestChangesAreShortest(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		old, new := lines([]byte(randomText(r))), lines([]byte(randomText(r)))
		list := changes(old, new)
		if got, want := size(list), shortest(old, new); got != want {
			t.Fatalf("%d edits, but %d are enough: %q to %q", got, want, old, new)
		}
		for range 2 { // before and after slide
			if got := carryOut(list, old, new); !slices.Equal(got, new) {
				t.Fatalf("%v makes %q of %q, not %q", list, got, old, new)
			}
			slide(list, old, new)
		}
	}
}

// TestManyChanges goes beyond what one stretch covers.
func TestManyChanges(t *testing.T) {
	var old, new []string
	for i := range 4 * maxEdits {
		old = append(old, fmt.Sprint("kept ", i), "old\n")
		new = append(new, fmt.Sprint("kept ", i), fmt.Sprint("new ", i))
	}
	list := changes(old, new)
	if got := carryOut(list, old, new); !slices.Equal(got, new) {
		t.Fatal("the changes do not lead from old to new")
	}
	if got, want := size(list), 8*maxEdits; got != want {
		t.Errorf("%d edits, want %d", got, want)
	}
}

func TestSlide(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{
			"a resource",
			"A:\n  Type: T\n  P: 1\nC:\n  Type: T\n  P: 1\n",
			"A:\n  Type: T\n  P: 1\nB:\n  Type: T\n  P: 1\nC:\n  Type: T\n  P: 1\n",
			" A:\n   Type: T\n   P: 1\n+B:\n+  Type: T\n+  P: 1\n C:\n   Type: T\n   P: 1\n",
		},
		{
			"a list item",
			"Tags:\n  - Key: a\n    Value: v\n  - Key: c\n    Value: v\nX: 1\n",
			"Tags:\n  - Key: a\n    Value: v\n  - Key: b\n    Value: v\n  - Key: c\n    Value: v\nX: 1\n",
			" Tags:\n   - Key: a\n     Value: v\n+  - Key: b\n+    Value: v\n   - Key: c\n     Value: v\n X: 1\n",
		},
		{
			"a removed block of a file with blank lines",
			"a {\n  x\n}\n\nb {\n  x\n}\n\nc {\n  x\n}\n",
			"a {\n  x\n}\n\nc {\n  x\n}\n",
			"   x\n }\n \n-b {\n-  x\n-}\n-\n c {\n   x\n }\n",
		},
		{
			"alike lines, the last one",
			"x\nx\n", "x\nx\nx\n", " x\n x\n+x\n",
		},
	}
	for _, tt := range tests {
		got := unified(t, tree("f", tt.old), tree("f", tt.new), Options{})
		if _, hunk, _ := strings.Cut(got, " @@\n"); hunk != tt.want {
			t.Errorf("%s: got\n%swant\n%s", tt.name, hunk, tt.want)
		}
	}
}

func BenchmarkRewritten(b *testing.B) {
	var old, new strings.Builder
	for i := range 20000 {
		fmt.Fprintln(&old, "old", i)
		fmt.Fprintln(&new, "new", i)
	}
	from, to := tree("f", old.String()), tree("f", new.String())
	for b.Loop() {
		unified(b, from, to, Options{})
	}
}

// BenchmarkThreeEnvironments compares trees of the size of three environments:
// 60 templates of 400 lines with a few changes each.
func BenchmarkThreeEnvironments(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	old, new := map[string][]byte{}, map[string][]byte{}
	for i := range 60 {
		var text strings.Builder
		for j := range 100 {
			fmt.Fprintf(&text, "  Rule%d:\n    Type: AWS::EC2::SecurityGroupIngress\n    FromPort: 443\n    ToPort: %d\n", j, r.Intn(3))
		}
		path := fmt.Sprintf("%d.yaml", i)
		old[path], new[path] = []byte(text.String()), []byte(randomEdit(r, text.String()))
	}
	for b.Loop() {
		unified(b, old, new, Options{})
	}
}
