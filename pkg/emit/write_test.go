package emit

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "new one")
	first := sealed("x", "1", "a/b/c.yaml", "2", "a/d.yaml", "3")
	mustWrite(t, dir, first)
	holds(t, dir, first)
	second := sealed("x", "1", "a/d.yaml", "changed", "e/f", "4")
	mustWrite(t, dir, second)
	holds(t, dir, second)
}

func TestWriteKeepsWhatIsEqual(t *testing.T) {
	set := sealed("same", "1", "changes", "2", "dir/same", "3")
	dir := written(t, set)
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, path := range append(set.Paths(), "dir", ".") {
		if err := os.Chtimes(filepath.Join(dir, path), old, old); err != nil {
			t.Fatal(err)
		}
	}
	isOld := func(path string, want bool) {
		t.Helper()
		info, err := os.Stat(filepath.Join(dir, path))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.ModTime().Equal(old); got != want {
			t.Errorf("%s has its old time: %t; want %t", path, got, want)
		}
	}
	mustWrite(t, dir, set)
	for _, path := range append(set.Paths(), "dir", ".") {
		isOld(path, true)
	}
	mustWrite(t, dir, sealed("same", "1", "changes", "new", "dir/same", "3"))
	isOld("same", true)
	isOld("dir/same", true)
	isOld("dir", true)
	isOld("changes", false)
	isOld(LockFile, false)
}

func TestWriteWritesOnlyWhatIsGone(t *testing.T) {
	set := sealed("a", "1", "b", "2")
	dir := written(t, set)
	old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, LockFile), old, old); err != nil {
		t.Fatal(err)
	}
	remove("a")(t, dir)
	mustWrite(t, dir, set)
	info, err := os.Stat(filepath.Join(dir, LockFile))
	if err != nil {
		t.Fatal(err)
	}
	if !info.ModTime().Equal(old) {
		t.Error("the lock was written although it did not change")
	}
}

// TestConflictMessage shows the words in which a user is told.
func TestConflictMessage(t *testing.T) {
	parent := t.TempDir()
	t.Chdir(parent)
	mustWrite(t, "generated", sealed("a.yaml", "1", "k/b.yaml", "2"))
	put(t, "generated", "k/b.yaml", "mine", "c.yaml", "mine", "d.yaml/mine", "mine", LockFile, `{"files": {"/etc/passwd": ""}}`)
	err := Write("generated", sealed("a.yaml", "1", "k/b.yaml", "3", "c.yaml", "4", "d.yaml", "5"), WriteOptions{})
	want := `generated/c.yaml: not written by ekscc; move it away, or run compile --force to overwrite it
generated/d.yaml: a directory, where ekscc writes a file; move it away
generated/ekscc.lock.json: damaged, perhaps by a merge; restore it from version control, or run compile --force to overwrite what differs
generated/k/b.yaml: not written by ekscc; move it away, or run compile --force to overwrite it`
	if err == nil || err.Error() != want {
		t.Errorf("Write: %v\nwant %s", err, want)
	}
}

func TestForceNeverRemovesADirectory(t *testing.T) {
	dir := written(t, sealed("a", "1"))
	put(t, dir, "b/mine", "mine", "c", "mine")
	err := Write(dir, sealed("a", "1", "b", "2", "c", "3"), WriteOptions{Force: true})
	want := dir + "/b: a directory, where ekscc writes a file; move it away"
	if err == nil || err.Error() != want {
		t.Errorf("Write: %v; want %s", err, want)
	}
	holds(t, dir, sealed("a", "1"), "b/mine", "mine", "c", "mine")
}

// TestHostileLock has locks as somebody might slip them into a pull request,
// each naming a file that is not the tree's, with its true digest.
func TestHostileLock(t *testing.T) {
	for _, path := range []string{"../victim", "x/../../victim", "ABSOLUTE", "link/victim", "file-link", ".git/HEAD"} {
		t.Run(path, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "generated")
			put(t, parent, "victim", "v", "generated/.git/HEAD", "v")
			symlink(t, parent, filepath.Join(dir, "link"))
			symlink(t, filepath.Join(parent, "victim"), filepath.Join(dir, "file-link"))
			if path == "ABSOLUTE" {
				path = filepath.ToSlash(filepath.Join(parent, "victim"))
			}
			lock := Lock{Files: map[string]string{path: Digest([]byte("v"))}}
			put(t, dir, LockFile, string(encodeJSON(lock)))
			for _, force := range []bool{false, true} {
				err := Write(dir, sealed("a", "1"), WriteOptions{Force: force})
				if err != nil && force {
					t.Errorf("Write with force: %v", err)
				}
			}
			for _, name := range []string{"victim", "generated/.git/HEAD", "generated/link/victim", "generated/file-link"} {
				if content, err := os.ReadFile(filepath.Join(parent, name)); err != nil || string(content) != "v" {
					t.Errorf("%s holds %q, %v", name, content, err)
				}
			}
		})
	}
}

func TestSymlinks(t *testing.T) {
	set := sealed("a", "1", "dir/b", "2")
	tests := map[string]struct {
		link   string // path of the link in the tree
		target func(parent string) string
	}{
		"file out of the tree":           {"a", func(p string) string { return filepath.Join(p, "outside", "a") }},
		"file out of the tree, relative": {"a", func(string) string { return "../outside/a" }},
		"file in the tree":               {"a", func(string) string { return "mine" }},
		"file, to nothing":               {"a", func(string) string { return "../outside/none" }},
		"directory out of the tree":      {"dir", func(p string) string { return filepath.Join(p, "outside") }},
		"directory in the tree":          {"dir", func(string) string { return "other" }},
		"directory, in a circle":         {"dir", func(string) string { return "dir" }},
		"lock":                           {LockFile, func(string) string { return "../outside/a" }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "generated")
			put(t, parent, "outside/a", "theirs", "outside/b", "theirs")
			put(t, dir, "mine", "theirs", "other/b", "theirs")
			symlink(t, test.target(parent), filepath.Join(dir, test.link))
			refuses(t, dir, set, drift(t, dir, set))
			if err := Write(dir, set, WriteOptions{Force: true}); err != nil {
				t.Fatalf("Write with force: %v", err)
			}
			holds(t, dir, set, "mine", "theirs", "other/b", "theirs")
			holds(t, filepath.Join(parent, "outside"), Set{}, "a", "theirs", "b", "theirs")
			// The other way round: a link that took the place of our file.
			name := filepath.Join(dir, test.link)
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
			symlink(t, test.target(parent), name)
			refuses(t, dir, set, drift(t, dir, set))
		})
	}
}

func TestOutputDirectoryMayBeASymlink(t *testing.T) {
	parent := t.TempDir()
	put(t, parent, "real/mine", "mine")
	link := filepath.Join(parent, "link")
	symlink(t, "real", link)
	set := sealed("a/b", "1")
	mustWrite(t, link, set)
	holds(t, filepath.Join(parent, "real"), set, "mine", "mine")
	wantDrift(t, link, set)
}

func TestPendingSymlinkIsNotFollowed(t *testing.T) {
	parent := t.TempDir()
	set := sealed("a", "1")
	put(t, parent, "generated/mine/0", "mine", "generated/mine/journal.json", "mine")
	dir := filepath.Join(parent, "generated")
	symlink(t, "mine", filepath.Join(dir, pendingDir))
	mustWrite(t, dir, set)
	holds(t, dir, set, "mine/0", "mine", "mine/journal.json", "mine")
}

func TestNoPlaceToWrite(t *testing.T) {
	parent := t.TempDir()
	put(t, parent, "file", "mine")
	symlink(t, "none", filepath.Join(parent, "dangling"))
	tests := []struct{ dir, want string }{
		{filepath.Join(parent, "file"), `failed to create "DIR": not a directory`},
		{filepath.Join(parent, "file", "below"), `failed to create "DIR": not a directory`},
		{filepath.Join(parent, "dangling"), `failed to create "DIR": file exists`},
		{"", `failed to create ".": no such file or directory`},
	}
	if runtime.GOOS == "linux" {
		tests = append(tests, struct{ dir, want string }{"/proc/none", `failed to create "DIR": no such file or directory`})
		tests = append(tests, struct{ dir, want string }{"/proc/self", `failed to create "DIR/.ekscc.pending": no such file or directory`})
	}
	for _, test := range tests {
		err := Write(test.dir, sealed("a", "1"), WriteOptions{Force: true})
		want := strings.ReplaceAll(test.want, "DIR", filepath.ToSlash(test.dir))
		if err == nil || err.Error() != want {
			t.Errorf("Write(%q): %v; want %s", test.dir, err, want)
		}
	}
	holds(t, parent, Set{}, "file", "mine")
}

func TestReadOnlyDirectory(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := written(t, sealed("a", "1"))
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	err := Write(dir, sealed("a", "2"), WriteOptions{})
	if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), pendingDir+`": permission denied`) {
		t.Errorf("Write: %v", err)
	}
}

// TestReadersSeeWholeFiles reads two files while writers take turns to change
// them: each must be old or new at any time, and at the end of one set.
func TestReadersSeeWholeFiles(t *testing.T) {
	sets := []Set{
		sealed("a", strings.Repeat("1", 100_000), "dir/b", strings.Repeat("1", 50_000), "only/1", "1"),
		sealed("a", strings.Repeat("2", 100_000), "dir/b", strings.Repeat("2", 50_000), "only/2", "2"),
	}
	dir := written(t, sets[0])
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for _, path := range []string{"a", "dir/b", LockFile} {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				got, err := os.ReadFile(filepath.Join(dir, path))
				if err != nil || !bytes.Equal(got, sets[0][path]) && !bytes.Equal(got, sets[1][path]) {
					t.Errorf("%s is torn: %d bytes, %v", path, len(got), err)
					return
				}
			}
		})
	}
	for i := range sets {
		writers.Go(func() {
			for range 20 {
				if err := Write(dir, sets[i], WriteOptions{}); err != nil {
					t.Errorf("Write: %v", err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if len(drift(t, dir, sets[0])) > 0 && len(drift(t, dir, sets[1])) > 0 {
		t.Errorf("the tree is of neither set: %v", drift(t, dir, sets[0]))
	}
}

func BenchmarkWrite(b *testing.B) {
	set := Set{}
	for _, dir := range []string{"a", "b", "c", "d"} {
		for _, name := range strings.Fields("0 1 2 3 4 5 6 7 8 9") {
			set[dir+"/"+name+".yaml"] = bytes.Repeat([]byte("x: y\n"), 800)
		}
	}
	set.seal("v1alpha1", "0")
	b.Run("new", func(b *testing.B) {
		parent := b.TempDir()
		for b.Loop() {
			dir, err := os.MkdirTemp(parent, "")
			if err == nil {
				err = Write(dir, set, WriteOptions{})
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("equal", func(b *testing.B) {
		dir := b.TempDir()
		for b.Loop() {
			if err := Write(dir, set, WriteOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
