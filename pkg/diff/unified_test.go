package diff

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteUnified(t *testing.T) {
	numbered := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "line %d\n", i+1)
		}
		return b.String()
	}
	tests := []struct {
		name     string
		old, new map[string][]byte
		want     string
	}{
		{"nothing", tree("a", "x\n"), tree("a", "x\n"), ""},
		{
			"changed",
			tree("d/a.yaml", numbered(9)),
			tree("d/a.yaml", strings.Replace(numbered(9), "line 5\n", "line five\n", 1)),
			`diff --git a/d/a.yaml b/d/a.yaml
--- a/d/a.yaml
+++ b/d/a.yaml
@@ -2,7 +2,7 @@
 line 2
 line 3
 line 4
-line 5
+line five
 line 6
 line 7
 line 8
`,
		},
		{
			"two hunks, the first of two changes",
			tree("a", numbered(30)),
			tree("a", strings.NewReplacer("line 2\n", "", "line 9\n", "", "line 30\n", "line 30\nline 31\n").Replace(numbered(30))),
			`diff --git a/a b/a
--- a/a
+++ b/a
@@ -1,12 +1,10 @@
 line 1
-line 2
 line 3
 line 4
 line 5
 line 6
 line 7
 line 8
-line 9
 line 10
 line 11
 line 12
@@ -28,3 +26,4 @@
 line 28
 line 29
 line 30
+line 31
`,
		},
		{
			"added and removed",
			tree("a", "x\n"), tree("b", "y\nz\n"),
			`diff --git a/a b/a
deleted file mode 100644
--- a/a
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/b b/b
new file mode 100644
--- /dev/null
+++ b/b
@@ -0,0 +1,2 @@
+y
+z
`,
		},
		{
			"empty files",
			tree("a", ""), tree("b", ""),
			"diff --git a/a b/a\ndeleted file mode 100644\ndiff --git a/b b/b\nnew file mode 100644\n",
		},
		{
			"no newline at the end",
			tree("a", "x\ny", "b", "x\n"), tree("a", "x\ny\n", "b", "x"),
			`diff --git a/a b/a
--- a/a
+++ b/a
@@ -1,2 +1,2 @@
 x
-y
\ No newline at end of file
+y
diff --git a/b b/b
--- a/b
+++ b/b
@@ -1 +1 @@
-x
+x
\ No newline at end of file
`,
		},
		{
			"names",
			tree("a b", "x\n", "say \"hi\"\n", "x\n"), tree("a b", "y\n", "say \"hi\"\n", "y\n"),
			"diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-x\n+y\n" +
				`diff --git "a/say \"hi\"\012" "b/say \"hi\"\012"` + "\n" +
				`--- "a/say \"hi\"\012"` + "\t\n" + `+++ "b/say \"hi\"\012"` + "\t\n@@ -1 +1 @@\n-x\n+y\n",
		},
		{
			"binary",
			tree("a", "x\x00"), tree("a", "y\x00", "b", "\x00"),
			"diff --git a/a b/a\nBinary files a/a and b/a differ\n" +
				"diff --git a/b b/b\nnew file mode 100644\nBinary files /dev/null and b/b differ\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := unified(t, tt.old, tt.new, Options{}); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestColor(t *testing.T) {
	got := unified(t, tree("a", "-- x\n"), tree("a", "y"), Options{Color: true})
	want := "\x1b[1mdiff --git a/a b/a\x1b[m\n" +
		"\x1b[1m--- a/a\x1b[m\n\x1b[1m+++ b/a\x1b[m\n\x1b[36m@@ -1 +1 @@\x1b[m\n" +
		"\x1b[31m--- x\x1b[m\n\x1b[32m+y\x1b[m\n\\ No newline at end of file\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHugeFilesAreNotCompared(t *testing.T) {
	got := unified(t, tree("a", strings.Repeat("x\n", 9<<20)), tree("a", "x\n"), Options{})
	if want := "diff --git a/a b/a\nBinary files a/a and b/a differ\n"; got != want {
		t.Errorf("got %d bytes, want %q", len(got), want)
	}
}

func TestWriterErrors(t *testing.T) {
	err := WriteUnified(broken{}, Trees(nil, tree("a", "x\n")), Options{})
	if !errors.Is(err, errBroken) {
		t.Errorf("got error %v", err)
	}
}

// TestApply has git and patch judge the output: applied to the old tree, it
// gives the new one.
func TestApply(t *testing.T) {
	old := tree(
		"keep", "x\n", "gone", "a\nb\n", "empty-gone", "", "dir/deep er/gone", "x",
		"a b.yaml", "a\nb\nc\n", "no newline", "a\nb", "crlf", "a\r\nb\r\n", "größe", "a\n", "quo\"te\\", "a\n",
		"to empty", "a\n", "from empty", "")
	new := tree(
		"keep", "x\n", "new", "a\nb\n", "empty-new", "", "other/deep er/new", "x",
		"a b.yaml", "a\nB\nc\n", "no newline", "a\nb\n", "crlf", "a\nb\r\n", "größe", "b\n", "quo\"te\\", "b\n",
		"to empty", "", "from empty", "a")
	apply(t, old, new)
	for seed := range int64(60) {
		r := rand.New(rand.NewSource(seed))
		old, new := map[string][]byte{}, map[string][]byte{}
		for i := range 4 {
			path := fmt.Sprint("file ", i)
			was := randomText(r)
			old[path], new[path] = []byte(was), []byte(randomEdit(r, was))
		}
		apply(t, old, new)
	}
}

func apply(t *testing.T, old, new map[string][]byte) {
	t.Helper()
	patch := unified(t, old, new, Options{})
	tools := [][]string{{"git", "apply", "--whitespace=nowarn", "-"}, {"patch", "-p1", "--silent", "--force"}}
	for _, tool := range tools {
		if _, err := exec.LookPath(tool[0]); err != nil {
			t.Logf("%s is not installed", tool[0])
			continue
		}
		dir := t.TempDir()
		put(t, dir, old)
		cmd := exec.Command(tool[0], tool[1:]...)
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(patch)
		// Without this, git apply looks for a repository above.
		cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
		if out, err := cmd.CombinedOutput(); err != nil && patch != "" {
			t.Fatalf("%s: %v\n%s\n%s", tool[0], err, out, patch)
		}
		got, err := Read(dir)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.EqualFunc(got, new, bytes.Equal) {
			t.Fatalf("%s makes\n%q\nnot\n%q\nof\n%s", tool[0], got, new, patch)
		}
	}
}

// randomText repeats few lines, so that they match in many ways.
func randomText(r *rand.Rand) string {
	words := []string{"a:\n", "  - b\n", "  c: d\n", "\n", "    e\n"}
	var b strings.Builder
	for range r.Intn(60) {
		b.WriteString(words[r.Intn(len(words))])
	}
	if r.Intn(3) == 0 {
		b.WriteString("  - b")
	}
	return b.String()
}

func randomEdit(r *rand.Rand, text string) string {
	list := strings.SplitAfter(text, "\n")
	for range r.Intn(6) {
		switch i := r.Intn(len(list)); r.Intn(3) {
		case 0:
			list[i] = ""
		case 1:
			list[i] = "  - b\n  c: d\n" + list[i]
		case 2:
			list[i] = "new\n"
		}
	}
	return strings.Join(list, "")
}

func unified(t testing.TB, old, new map[string][]byte, opts Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteUnified(&b, Trees(old, new), opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tree makes a tree of paths and contents that take turns.
func tree(pathsAndText ...string) map[string][]byte {
	files := map[string][]byte{}
	for i := 0; i < len(pathsAndText); i += 2 {
		files[pathsAndText[i]] = []byte(pathsAndText[i+1])
	}
	return files
}

func put(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var errBroken = errors.New("broken pipe")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }
