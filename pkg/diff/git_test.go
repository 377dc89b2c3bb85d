package diff

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repo makes a repository with two commits: v1, in which dir/a b holds
// "first", and the head, in which it holds "second".
func repo(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	root := filepath.Join(t.TempDir(), "my repo")
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(root))
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	put(t, root, tree("dir/a b", "first\n", "dir/sub/größe\t\"x\"", "\x00\r\n", "dir2/x", "x", "top", "t\n"))
	git(t, root, "init", "--quiet", "--initial-branch=main")
	commit(t, root, "first")
	git(t, root, "tag", "v1")
	put(t, root, tree("dir/a b", "second\n", "dir/empty", ""))
	commit(t, root, "second")
	return root
}

func commit(t *testing.T, root, message string) {
	t.Helper()
	git(t, root, "add", "--all")
	git(t, root, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", message)
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

// want fails the test unless dir holds files at ref.
func want(t *testing.T, dir, ref string, files map[string][]byte) {
	t.Helper()
	got, err := AtRef(t.Context(), dir, ref)
	if err != nil || !maps.EqualFunc(got, files, bytes.Equal) {
		t.Errorf("AtRef(%q, %q) = %q, %v, want %q", dir, ref, got, err, files)
	}
}

func TestAtRef(t *testing.T) {
	root := repo(t)
	first := tree("a b", "first\n", "sub/größe\t\"x\"", "\x00\r\n")
	second := tree("a b", "second\n", "sub/größe\t\"x\"", "\x00\r\n", "empty", "")
	dir := filepath.Join(root, "dir")
	put(t, dir, tree("a b", "not committed\n"))
	want(t, dir, "HEAD", second)
	want(t, dir, "main", second)
	want(t, dir, "HEAD~1", first)
	want(t, dir, "v1", first)
	want(t, dir+"/", "v1^{commit}", first)
	want(t, filepath.Join(dir, "sub"), "v1", tree("größe\t\"x\"", "\x00\r\n"))
	want(t, filepath.Join(dir, "a b"), "v1", tree("a b", "first\n"))
	want(t, filepath.Join(dir, "missing", "deep"), "v1", nil)
	want(t, filepath.Join(root, "di"), "v1", nil)
	want(t, root, "v1", tree("dir/a b", "first\n", "dir/sub/größe\t\"x\"", "\x00\r\n", "dir2/x", "x", "top", "t\n"))

	t.Chdir(filepath.Join(dir, "sub"))
	want(t, "..", "v1", first)
	want(t, ".", "v1", tree("größe\t\"x\"", "\x00\r\n"))
	want(t, "../../dir2", "HEAD", tree("x", "x"))

	if err := os.RemoveAll(filepath.Join(root, "dir2")); err != nil {
		t.Fatal(err)
	}
	want(t, "../../dir2", "HEAD", tree("x", "x"))

	other := filepath.Join(t.TempDir(), "link")
	link(t, dir, other)
	want(t, other, "v1", first)
}

func TestAtRefOddNames(t *testing.T) {
	root := repo(t)
	files := tree("x", "x\n")
	for _, name := range []string{":(glob)a", ":b", "*", "[c]", "-d", "e\nf", "größe"} {
		put(t, filepath.Join(root, name), files)
	}
	commit(t, root, "odd names")
	for _, name := range []string{":(glob)a", ":b", "*", "[c]", "-d", "e\nf", "größe"} {
		want(t, filepath.Join(root, name), "HEAD", files)
	}
}

// TestAtRefStoredBytes holds that neither configuration nor attributes change
// what is read.
func TestAtRefStoredBytes(t *testing.T) {
	root := repo(t)
	files := tree("x", "x", "x.yaml", "a\nb\n", ".gitattributes", "* text eol=crlf diff=upper filter=upper\n")
	put(t, filepath.Join(root, "dir2"), files)
	commit(t, root, "attributes")
	for _, setting := range [][2]string{
		{"core.autocrlf", "true"}, {"core.quotePath", "true"}, {"core.pager", "false"}, {"pager.ls-tree", "false"},
		{"color.ui", "always"}, {"diff.upper.textconv", "tr a-z A-Z"}, {"filter.upper.smudge", "tr a-z A-Z"}, {"alias.ls-tree", "log"},
	} {
		git(t, root, "config", setting[0], setting[1])
	}
	want(t, filepath.Join(root, "dir2"), "HEAD", files)
}

func TestAtRefLeavesOutLinks(t *testing.T) {
	root := repo(t)
	link(t, "x", filepath.Join(root, "dir2", "link"))
	commit(t, root, "link")
	want(t, filepath.Join(root, "dir2"), "HEAD", tree("x", "x"))
}

// TestAtRefInHook sets what git sets for a hook that runs in another
// repository.
func TestAtRefInHook(t *testing.T) {
	root := repo(t)
	t.Setenv("GIT_DIR", "elsewhere/.git")
	t.Setenv("GIT_INDEX_FILE", "elsewhere/index")
	t.Setenv("GIT_WORK_TREE", "elsewhere")
	want(t, filepath.Join(root, "dir2"), "HEAD", tree("x", "x"))
}

func TestAtRefUnknownRef(t *testing.T) {
	root := repo(t)
	for _, ref := range []string{"nope", "HEAD~9", "", "-h", "--all", "--output=x", "HEAD nope", "HEAD:dir/a b", "v1..HEAD", "HEAD\nHEAD", "^HEAD"} {
		files, err := AtRef(t.Context(), filepath.Join(root, "dir"), ref)
		if err == nil || !strings.HasPrefix(err.Error(), "git knows no commit ") {
			t.Errorf("AtRef of %q: got %q and error %v", ref, files, err)
		}
	}
}

func TestAtRefWithoutRepository(t *testing.T) {
	root := repo(t)
	outside := filepath.Join(filepath.Dir(root), "outside")
	bare := filepath.Join(filepath.Dir(root), "bare.git")
	put(t, outside, tree("x", "x"))
	git(t, root, "clone", "--quiet", "--bare", root, bare)
	for _, dir := range []string{outside, filepath.Join(outside, "missing"), bare, filepath.Join(root, ".git")} {
		_, err := AtRef(t.Context(), dir, "HEAD")
		if err == nil || !strings.HasSuffix(err.Error(), "is not in the working tree of a git repository") {
			t.Errorf("AtRef of %q: got error %v", dir, err)
		}
	}
}

func TestAtRefNoCommitYet(t *testing.T) {
	root := repo(t)
	git(t, root, "checkout", "--quiet", "--orphan", "new")
	if _, err := AtRef(t.Context(), root, "HEAD"); err == nil || err.Error() != `git knows no commit "HEAD"` {
		t.Errorf("got error %v", err)
	}
}

func TestAtRefLostObject(t *testing.T) {
	root := repo(t)
	objects, err := filepath.Glob(filepath.Join(root, ".git", "objects", "??", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, object := range objects {
		id := filepath.Base(filepath.Dir(object)) + filepath.Base(object)
		cmd := exec.Command("git", "cat-file", "-t", id)
		cmd.Dir = root
		if kind, _ := cmd.Output(); string(kind) == "blob\n" {
			if err := os.Remove(object); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err = AtRef(t.Context(), filepath.Join(root, "dir"), "HEAD")
	if err == nil || !strings.Contains(err.Error(), `failed to read "a b" from git`) {
		t.Errorf("got error %v", err)
	}
}

func TestAtRefCanceled(t *testing.T) {
	root := repo(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := AtRef(ctx, root, "HEAD"); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v", err)
	}
}

func TestAtRefWithoutGit(t *testing.T) {
	root := repo(t)
	t.Setenv("PATH", t.TempDir())
	if _, err := AtRef(t.Context(), root, "HEAD"); err == nil || !strings.Contains(err.Error(), "git") || !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got error %v", err)
	}
}
