package emit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// drift is what Check says of dir, one "path state" for each.
func drift(t *testing.T, dir string, set Set) []string {
	t.Helper()
	found, err := Check(dir, set)
	if err != nil {
		t.Fatalf("Check: %v", err)
	}
	lines := []string{}
	for _, d := range found {
		lines = append(lines, d.Path+" "+string(d.State))
	}
	return lines
}

// wantDrift compares what Check says with lines, which are in order.
func wantDrift(t *testing.T, dir string, set Set, lines ...string) {
	t.Helper()
	if got := drift(t, dir, set); !slices.Equal(got, lines) {
		t.Errorf("Check says\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(lines, "\n\t"))
	}
}

const lockStale = LockFile + " stale"

// TestStates has a tree of two files, a and dir/b, and something done to it.
// Write without force must refuse exactly what is not ekscc's, and change
// nothing then; and with force it must do as the set says.
func TestStates(t *testing.T) {
	before := sealed("a", "1\n", "dir/b", "2\n")
	tests := map[string]struct {
		set   Set                                // if not before
		do    func(t *testing.T, dir string)     // what somebody does meanwhile
		drift []string                           // what Check says then
		force func(t *testing.T, dir string) Set // what stays beside the set after a write with force
	}{
		"nothing": {},
		"a file changed in the spec": {
			set:   sealed("a", "changed\n", "dir/b", "2\n"),
			drift: []string{"a stale", lockStale},
		},
		"a file more": {
			set:   sealed("a", "1\n", "dir/b", "2\n", "dir/new/c", "3\n"),
			drift: []string{"dir/new/c missing", lockStale},
		},
		"a file less": {
			set:   sealed("a", "1\n"),
			drift: []string{"dir/b extra", lockStale},
		},
		"a file less, which is gone already": {
			set:   sealed("a", "1\n"),
			do:    remove("dir/b"),
			drift: []string{lockStale},
		},
		"a file became a directory": {
			set:   sealed("a/x", "1\n", "a/y", "1\n", "dir/b", "2\n"),
			drift: []string{"a extra", "a/x missing", "a/y missing", lockStale},
		},
		"a directory became a file": {
			set:   sealed("a", "1\n", "dir", "2\n"),
			drift: []string{"dir missing", "dir/b extra", lockStale},
		},
		"a file is gone": {
			do:    remove("a"),
			drift: []string{"a missing"},
		},
		"a file is edited": {
			do:    edit("a", "mine\n"),
			drift: []string{"a edited"},
		},
		"a file is edited and changed in the spec": {
			set:   sealed("a", "changed\n", "dir/b", "2\n"),
			do:    edit("a", "mine\n"),
			drift: []string{"a edited", lockStale},
		},
		"a file is edited and no longer made": {
			set:   sealed("a", "1\n"),
			do:    edit("dir/b", "mine\n"),
			drift: []string{"dir/b edited", lockStale},
		},
		"a file is edited to what the spec now makes": {
			set:   sealed("a", "changed\n", "dir/b", "2\n"),
			do:    edit("a", "changed\n"),
			drift: []string{lockStale},
		},
		"a file was checked out with CRLF": {
			do:    edit("a", "1\r\n"),
			drift: []string{"a stale"},
		},
		"a file was emptied by a power failure": {
			do:    edit("a", ""),
			drift: []string{"a stale"},
		},
		"a foreign file where nothing is to be": {
			do:    edit("dir/notes", "mine\n"),
			force: beside("dir/notes", "mine\n"),
		},
		"a foreign file in the place of a new one": {
			set:   sealed("a", "1\n", "dir/b", "2\n", "c", "3\n"),
			do:    edit("c", "mine\n"),
			drift: []string{"c foreign", lockStale},
		},
		"a foreign empty file in the place of a new one": {
			set:   sealed("a", "1\n", "dir/b", "2\n", "c", "3\n"),
			do:    edit("c", ""),
			drift: []string{"c foreign", lockStale},
		},
		"a foreign file with the very content of a new one": {
			set:   sealed("a", "1\n", "dir/b", "2\n", "c", "3\n"),
			do:    edit("c", "3\n"),
			drift: []string{lockStale},
		},
		"a foreign file in the place of a new directory": {
			set:   sealed("a", "1\n", "dir/b", "2\n", "c/d", "3\n", "c/e", "4\n"),
			do:    edit("c", "mine\n"),
			drift: []string{"c foreign", lockStale},
		},
		"a foreign directory in the place of a new file": {
			set:   sealed("a", "1\n", "dir/b", "2\n", "c", "3\n"),
			do:    edit("c/mine", "mine\n"),
			drift: []string{"c blocked", lockStale},
		},
		"a foreign file in a directory that is to be a file": {
			set:   sealed("a", "1\n", "dir", "2\n"),
			do:    edit("dir/mine", "mine\n"),
			drift: []string{"dir blocked", "dir/b extra", lockStale},
		},
		"a foreign file in a directory that is no longer needed": {
			set:   sealed("a", "1\n"),
			do:    edit("dir/mine", "mine\n"),
			drift: []string{"dir/b extra", lockStale},
			force: beside("dir/mine", "mine\n"),
		},
		"no lock": {
			do:    remove(LockFile),
			drift: []string{LockFile + " missing"},
		},
		"no lock, and the spec changed": {
			set:   sealed("a", "changed\n"),
			do:    remove(LockFile),
			drift: []string{"a foreign", LockFile + " missing"},
			force: beside("dir/b", "2\n"),
		},
		"a damaged lock": {
			do:    edit(LockFile, "<<<<<<< HEAD\n{}\n"),
			drift: []string{LockFile + " damaged"},
		},
		"a damaged lock, and the spec changed": {
			set:   sealed("a", "changed\n"),
			do:    edit(LockFile, "{"),
			drift: []string{"a foreign", LockFile + " damaged"},
			force: beside("dir/b", "2\n"),
		},
		"a directory in the place of the lock": {
			do:    all(remove(LockFile), edit(LockFile+"/x", "mine\n")),
			drift: []string{LockFile + " blocked"},
		},
		"a damaged journal": {
			do:    edit(journalFile, "{"),
			drift: []string{pendingDir + " interrupted", journalFile + " damaged"},
		},
		"a file in the place of the directory for interrupted writes": {
			do:    edit(pendingDir, "x"),
			drift: []string{pendingDir + " interrupted"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := written(t, before)
			if test.do != nil {
				test.do(t, dir)
			}
			set := before
			if test.set != nil {
				set = test.set
			}
			wantDrift(t, dir, set, test.drift...)
			refused := refuses(t, dir, set, test.drift)
			if refused {
				if err := Write(dir, set, WriteOptions{Force: true}); err != nil {
					if !slices.ContainsFunc(test.drift, func(line string) bool { return strings.HasSuffix(line, " blocked") }) {
						t.Errorf("Write with force: %v", err)
					}
					return
				}
			}
			want := Set{}
			if test.force != nil {
				want = test.force(t, dir)
			}
			for path, content := range set {
				want[path] = content
			}
			holds(t, dir, want)
			wantDrift(t, dir, set)
		})
	}
}

// refuses writes without force, and checks that Write refuses and names what
// is not ekscc's to change, and only that.
func refuses(t *testing.T, dir string, set Set, drift []string) bool {
	t.Helper()
	var want []string
	for _, line := range drift {
		if path, state, _ := strings.Cut(line, " "); !State(state).Mine() {
			want = append(want, path)
		}
	}
	before := snapshot(t, dir)
	err := Write(dir, set, WriteOptions{})
	if want == nil {
		if err != nil {
			t.Errorf("Write: %v", err)
		}
		return false
	}
	conflict, ok := err.(*ConflictError)
	if !ok {
		t.Fatalf("Write: %v; want a conflict at %v", err, want)
	}
	var got []string
	for _, c := range conflict.Conflicts {
		got = append(got, c.Path)
	}
	if !slices.Equal(got, want) {
		t.Errorf("Write refuses because of %v; want %v", got, want)
	}
	if after := snapshot(t, dir); after != before {
		t.Errorf("Write refused and yet changed the tree from\n%s\nto\n%s", before, after)
	}
	return true
}

// snapshot describes all that is below dir, modification times included.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var text strings.Builder
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		text.WriteString(name + " " + info.Mode().String() + " " + info.ModTime().String())
		if info.Mode().IsRegular() {
			content, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			text.Write(content)
		}
		text.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func edit(path, content string) func(*testing.T, string) {
	return func(t *testing.T, dir string) { put(t, dir, path, content) }
}

func remove(path string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Remove(filepath.Join(dir, path)); err != nil {
			t.Fatal(err)
		}
	}
}

func all(steps ...func(*testing.T, string)) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		for _, step := range steps {
			step(t, dir)
		}
	}
}

func beside(path, content string) func(*testing.T, string) Set {
	return func(*testing.T, string) Set { return Set{path: []byte(content)} }
}

func TestCheckWithoutATree(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	wantDrift(t, dir, sealed("a", "1"), "a missing", LockFile+" missing")
	if _, err := os.Lstat(dir); err == nil {
		t.Error("Check made the directory")
	}
}

func TestCheckTouchesNothing(t *testing.T) {
	dir := written(t, sealed("a", "1", "b", "2"))
	put(t, dir, "a", "mine", pendingDir+"/0", "x")
	before := snapshot(t, dir)
	drift(t, dir, sealed("a", "3", "c", "4"))
	if after := snapshot(t, dir); after != before {
		t.Errorf("Check changed the tree from\n%s\nto\n%s", before, after)
	}
}

func TestEveryStateHasItsWords(t *testing.T) {
	for _, state := range []State{Missing, Stale, Extra, Interrupted, Edited, Foreign, Damaged, Blocked} {
		d := Drift{"a/b", state}
		if d.Message() == "" || d.Remedy() == "" || d.String() != "a/b: "+d.Message() {
			t.Errorf("%s: %q, %q, %q", state, d.Message(), d.Remedy(), d)
		}
		if forced := strings.Contains(d.Remedy(), "--force"); forced && state.Mine() {
			t.Errorf("%s: compile does not need --force", state)
		}
	}
}
