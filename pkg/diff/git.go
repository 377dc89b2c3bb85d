package diff

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// AtRef reads the files below dir as they were committed at a git ref: a
// branch, a tag, a commit or an expression such as "HEAD~1". It reads what git
// stored: no filter, line-ending or text conversion applies. Where dir did not
// exist at ref, the tree is empty; it need not exist now either. If dir was a
// single file, the tree holds it by its base name, as in Read. Symbolic links
// and submodules are left out.
//
// It runs the git command, which must be installed.
func AtRef(ctx context.Context, dir, ref string) (map[string][]byte, error) {
	g, err := openRepository(ctx, dir)
	if err != nil {
		return nil, err
	}
	tree, err := g.tree(ref)
	if err != nil {
		return nil, err
	}
	blobs, err := g.list(tree)
	if err != nil {
		return nil, err
	}
	return g.read(blobs)
}

// repository is a directory in the working tree of a git repository.
type repository struct {
	ctx context.Context
	// cwd exists and is in the working tree.
	cwd string
	// path is the directory to read, from the top of the working tree, with
	// slashes; it is empty for the top itself.
	path string
}

// openRepository finds the repository that dir is in. dir itself may be gone
// by now, so git runs in the nearest directory above that is there.
func openRepository(ctx context.Context, dir string) (*repository, error) {
	cwd, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	rest := ""
	for !isDir(cwd) && cwd != filepath.Dir(cwd) {
		rest = path.Join(filepath.Base(cwd), rest)
		cwd = filepath.Dir(cwd)
	}
	g := &repository{ctx: ctx, cwd: cwd}
	out, err := g.run(nil, "rev-parse", "--is-inside-work-tree", "--show-prefix")
	inside, prefix, _ := strings.Cut(string(out), "\n")
	switch {
	case errors.Is(err, errNoRepository), err == nil && inside != "true":
		return nil, fmt.Errorf("%q is not in the working tree of a git repository", dir)
	case err != nil:
		return nil, err
	}
	g.path = path.Join(strings.TrimSuffix(prefix, "\n"), rest)
	return g, nil
}

// tree returns the id of the tree that ref names. git would take a ref that
// begins with a hyphen for an option, and a caret for "all but".
func (g *repository) tree(ref string) (string, error) {
	unknown := fmt.Errorf("git knows no commit %q", ref)
	if ref == "" || strings.ContainsAny(ref[:1], "-^") {
		return "", unknown
	}
	out, err := g.run(nil, "rev-parse", "--verify", "--quiet", ref+"^{tree}")
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", unknown
	}
	return strings.TrimSpace(string(out)), err
}

// blob is a file in git's object store.
type blob struct{ id, path string }

// list lists the regular files of tree that are to be read, with paths
// relative to the directory.
func (g *repository) list(tree string) ([]blob, error) {
	args := []string{"ls-tree", "-r", "-z", "--full-tree", tree}
	if g.path != "" {
		args = append(args, "--", g.path)
	}
	out, err := g.run(nil, args...)
	if err != nil {
		return nil, err
	}
	var blobs []blob
	for entry := range strings.SplitSeq(string(out), "\x00") {
		// <mode> SP <type> SP <id> TAB <path>
		meta, name, ok := strings.Cut(entry, "\t")
		fields := strings.Fields(meta)
		if !ok || len(fields) != 3 || !strings.HasPrefix(fields[0], "100") {
			continue
		}
		relative := path.Base(name)
		if name != g.path {
			relative = strings.TrimPrefix(strings.TrimPrefix(name, g.path), "/")
		}
		blobs = append(blobs, blob{fields[2], relative})
	}
	return blobs, nil
}

// read reads all blobs in one run of git.
func (g *repository) read(blobs []blob) (map[string][]byte, error) {
	files := make(map[string][]byte, len(blobs))
	if len(blobs) == 0 {
		return files, nil
	}
	var ids bytes.Buffer
	for _, b := range blobs {
		ids.WriteString(b.id + "\n")
	}
	out, err := g.run(&ids, "cat-file", "--batch", "--buffer")
	if err != nil {
		return nil, err
	}
	r := bufio.NewReader(bytes.NewReader(out))
	for _, b := range blobs {
		if files[b.path], err = readObject(r); err != nil {
			return nil, fmt.Errorf("failed to read %q from git: %w", b.path, err)
		}
	}
	return files, nil
}

// readObject reads one answer of git cat-file --batch: a line with the id, the
// type and the size, then the object and a newline.
func readObject(r *bufio.Reader) ([]byte, error) {
	header, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(header)
	if len(fields) != 3 {
		return nil, errors.New(strings.TrimSpace(header)) // "<id> missing"
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, err
	}
	data := make([]byte, size+1)
	_, err = io.ReadFull(r, data)
	return data[:size], err
}

var errNoRepository = errors.New("not a git repository")

// run runs git in the repository and returns its standard output.
func (g *repository) run(stdin io.Reader, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(g.ctx, "git", append([]string{"--no-pager", "--literal-pathspecs"}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = g.cwd, environ(os.Environ()), stdin
	out, err := cmd.Output()
	if err == nil {
		return out, nil
	}
	if ctxErr := g.ctx.Err(); ctxErr != nil {
		return nil, ctxErr
	}
	exit := (*exec.ExitError)(nil)
	if !errors.As(err, &exit) {
		return nil, fmt.Errorf("failed to run git: %w", err)
	}
	said := strings.TrimSpace(string(exit.Stderr))
	if strings.Contains(said, "not a git repository") {
		return nil, errNoRepository
	}
	return nil, fmt.Errorf("git %s failed: %s (%w)", args[0], said, exit)
}

// environ is the environment for git. The directory decides on the repository,
// also in a hook, for which git sets variables that name one. Messages are in
// English, because one is looked at. Nothing is fetched, and no object stands
// in for another.
func environ(inherited []string) []string {
	env := slices.DeleteFunc(slices.Clone(inherited), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX":
			return true
		}
		return false
	})
	return append(env, "LC_ALL=C", "LANGUAGE=", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "GIT_OPTIONAL_LOCKS=0")
}
