package emit

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sealed is a set of these files, paths and contents by turns, with its lock.
func sealed(files ...string) Set {
	set := Set{}
	for i := 0; i < len(files); i += 2 {
		set[files[i]] = []byte(files[i+1])
	}
	set.seal("v1alpha1", "0")
	return set
}

// put writes files, paths and contents by turns, below dir as a user would.
func put(t *testing.T, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// written is a new directory that holds the set.
func written(t *testing.T, set Set) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "generated")
	mustWrite(t, dir, set)
	return dir
}

func mustWrite(t *testing.T, dir string, set Set) {
	t.Helper()
	if err := Write(dir, set, WriteOptions{}); err != nil {
		t.Fatalf("Write: %v", err)
	}
}

// holds fails the test unless the files below dir are the set and what was
// put beside it, nothing else, and no directory is empty.
func holds(t *testing.T, dir string, set Set, beside ...string) {
	t.Helper()
	want := maps.Clone(set)
	for i := 0; i < len(beside); i += 2 {
		want[beside[i]] = []byte(beside[i+1])
	}
	got, err := ReadTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range want.Paths() {
		if string(got[path]) != string(want[path]) {
			t.Errorf("%s holds %q; want %q", path, got[path], want[path])
		}
	}
	for _, path := range got.Paths() {
		if _, ok := want[path]; !ok {
			t.Errorf("%s is left over", path)
		}
	}
	for _, empty := range emptyDirs(t, dir) {
		t.Errorf("%s is an empty directory", empty)
	}
}

func emptyDirs(t *testing.T, dir string) (empty []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		entries, err := os.ReadDir(name)
		if len(entries) == 0 {
			empty = append(empty, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return empty
}

func symlink(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

func TestReadTree(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	put(t, outside, "secret", "s")
	put(t, dir, "a", "1", "b/c/d.yaml", "2", ".hidden", "3", pendingDir+"/0", "4")
	symlink(t, outside, filepath.Join(dir, "link"))
	symlink(t, filepath.Join(outside, "secret"), filepath.Join(dir, "file-link"))
	set, err := ReadTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(set.Paths(), " "), ".hidden a b/c/d.yaml"; got != want {
		t.Errorf("ReadTree found %s; want %s", got, want)
	}
	if got := string(set["b/c/d.yaml"]); got != "2" {
		t.Errorf("b/c/d.yaml holds %q", got)
	}
}

func TestReadTreeOfNoDirectory(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "file", "1")
	for name, want := range map[string]string{
		filepath.Join(dir, "file"): `/file": not a directory`,
		filepath.Join(dir, "none"): `/none": no such file or directory`,
	} {
		if _, err := ReadTree(name); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("ReadTree(%q): %v; want ...%s", name, err, want)
		}
	}
}

func TestCheckSet(t *testing.T) {
	tests := map[string]struct {
		paths []string
		want  string // empty if the set is all right
	}{
		"plain":             {[]string{"a", "b/c", "b/d", ".gitattributes"}, ""},
		"parent":            {[]string{"../a"}, `"../a" is no path below`},
		"parent inside":     {[]string{"a/../../b"}, `"a/../../b" is no path below`},
		"absolute":          {[]string{"/etc/passwd"}, `"/etc/passwd" is no path below`},
		"empty":             {[]string{""}, `"" is no path below`},
		"dot":               {[]string{"."}, `"." is no path below`},
		"not clean":         {[]string{"a//b"}, `"a//b" is no path below`},
		"backslash":         {[]string{`..\a`}, `is no path below`},
		"newline":           {[]string{"a\nb"}, `"a\nb" has a control character`},
		"escape":            {[]string{"a\x1b[2J"}, `has a control character`},
		"git":               {[]string{"x/.git/config"}, `"x/.git/config" belongs to Git`},
		"git in capitals":   {[]string{".GIT/config"}, `belongs to Git`},
		"pending":           {[]string{pendingDir + "/x"}, `is kept for interrupted writes`},
		"file and dir":      {[]string{"a", "a/b"}, `"a" is both a file and a directory`},
		"case of a file":    {[]string{"A", "a"}, `"A" and "a" differ only in case`},
		"case of directory": {[]string{"Dev/a", "dev/b"}, `"Dev" and "dev" differ only in case`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			set := Set{}
			for _, path := range test.paths {
				set[path] = []byte("x")
			}
			set.seal("v1alpha1", "0")
			dir := filepath.Join(t.TempDir(), "new")
			err := Write(dir, set, WriteOptions{Force: true})
			_, checkErr := Check(dir, set)
			if test.want == "" {
				if err != nil || checkErr != nil {
					t.Errorf("Write: %v, Check: %v", err, checkErr)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Write: %v; want %s", err, test.want)
			}
			if checkErr == nil || checkErr.Error() != err.Error() {
				t.Errorf("Check: %v; want %v", checkErr, err)
			}
			if _, err := os.Lstat(dir); err == nil {
				t.Error("the directory was made all the same")
			}
		})
	}
}

func TestWriteWantsALock(t *testing.T) {
	err := Write(t.TempDir(), Set{"a": nil}, WriteOptions{})
	if err == nil || !strings.Contains(err.Error(), "no "+LockFile) {
		t.Errorf("Write: %v", err)
	}
}
