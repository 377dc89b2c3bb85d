package diff

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b")
	files := tree("x.yaml", "x\n", "deep/er/y", "", "größe", "\xff\x00")
	put(t, dir, files)
	put(t, dir, tree("sub/.git", "gitdir: elsewhere\n"))
	put(t, filepath.Join(dir, ".git"), tree("HEAD", "ref\n"))
	link(t, "x.yaml", filepath.Join(dir, "link"))
	link(t, "/", filepath.Join(dir, "loop"))
	other := filepath.Join(filepath.Dir(dir), "link to it")
	link(t, dir, other)

	for _, path := range []string{dir, dir + "/", other} {
		got, err := Read(path)
		if err != nil || !maps.EqualFunc(got, files, bytes.Equal) {
			t.Errorf("Read(%q) = %q, %v, want %q", path, got, err, files)
		}
	}
	got, err := Read(filepath.Join(dir, "x.yaml"))
	if err != nil || !maps.EqualFunc(got, tree("x.yaml", "x\n"), bytes.Equal) {
		t.Errorf("a single file: got %q, %v", got, err)
	}
	_, err = Read(filepath.Join(dir, "nothing"))
	if err == nil || !strings.HasPrefix(err.Error(), "no file or directory ") {
		t.Errorf("a path that does not exist: got error %v", err)
	}
	if _, err = Read(os.DevNull); err == nil {
		t.Error("a device is read as a file")
	}
}

func TestReadPair(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, tree("old.yaml", "x\n", "new.yaml", "y\n", "sub/z", "z\n"))
	at := func(name string) string { return filepath.Join(dir, name) }

	old, new, err := ReadPair(at("old.yaml"), at("new.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if files := Trees(old, new); len(files) != 1 || files[0].Status != Modified || files[0].Path != "new.yaml" {
		t.Errorf("two files of different names: got %v", files)
	}
	old, new, err = ReadPair(dir, at("sub"))
	if err != nil || len(old) != 3 || len(new) != 1 {
		t.Errorf("two directories: got %q, %q, %v", old, new, err)
	}
	for _, pair := range [][2]string{{dir, at("new.yaml")}, {at("new.yaml"), dir}} {
		if _, _, err := ReadPair(pair[0], pair[1]); err == nil || !strings.Contains(err.Error(), "is a directory") {
			t.Errorf("a file and a directory: got error %v", err)
		}
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip(err)
	}
}
