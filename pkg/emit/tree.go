package emit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// tree is an output directory. All that is done to its files goes through the
// root, so that neither a path nor a symbolic link leads out of it.
type tree struct {
	dir  string // as the user named it, for messages
	root *os.Root
	seen map[string]fs.FileInfo // what lstat said about directories
}

func openTree(dir string) (*tree, error) {
	t := &tree{dir: dir, seen: map[string]fs.FileInfo{}}
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = syscall.ENOTDIR
	}
	if err == nil {
		t.root, err = os.OpenRoot(dir)
	}
	if err != nil {
		return nil, t.fail("open", ".", err)
	}
	return t, nil
}

// fail says in one sentence what could not be done to which file.
func (t *tree) fail(verb, name string, err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	} else if errors.As(err, &linkErr) {
		err = linkErr.Err
	}
	return fmt.Errorf("failed to %s %q: %w", verb, t.name(name), err)
}

// name is the path of a file of the tree as the user would write it.
func (t *tree) name(path string) string { return treeName(t.dir, path) }

func treeName(dir, path string) string {
	return filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(path)))
}

// entry is what stands at a path of a tree.
type entry struct {
	exists  bool   // a regular file stands there
	content []byte // what it holds
	// blocked is the path of something that is no regular file, or that
	// stands in place of one of the directories above. It is empty if the
	// path is free for a regular file.
	blocked string
}

// look reads the file at a path. It follows no symbolic link, not even one
// that stays inside the tree: ekscc makes none, so a link is somebody's own.
func (t *tree) look(name string) (entry, error) {
	for i, r := range name {
		if r != '/' {
			continue
		}
		dir := name[:i]
		info, err := t.lstat(dir)
		switch {
		case err != nil:
			return entry{}, err
		case info == nil:
			return entry{}, nil
		case !info.IsDir():
			return entry{blocked: dir}, nil
		}
	}
	info, err := t.lstat(name)
	switch {
	case err != nil || info == nil:
		return entry{}, err
	case !info.Mode().IsRegular():
		return entry{blocked: name}, nil
	}
	content, err := t.root.ReadFile(name)
	if err != nil {
		return entry{}, t.fail("read", name, err)
	}
	return entry{exists: true, content: content}, nil
}

// lstat returns nil without an error for a path where nothing stands.
func (t *tree) lstat(name string) (fs.FileInfo, error) {
	if info, ok := t.seen[name]; ok {
		return info, nil
	}
	info, err := t.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, t.fail("read", name, err)
	}
	if info.IsDir() {
		t.seen[name] = info
	}
	return info, nil
}

// ReadTree reads the regular files below dir, whoever wrote them. It follows
// no symbolic link below dir, and leaves out what an interrupted write left.
func ReadTree(dir string) (Set, error) {
	t, err := openTree(dir)
	if err != nil {
		return nil, err
	}
	defer t.root.Close()
	set := Set{}
	err = fs.WalkDir(t.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return t.fail("read", name, err)
		case name == pendingDir && d.IsDir():
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		content, err := t.root.ReadFile(name)
		if err != nil {
			return t.fail("read", name, err)
		}
		set[name] = content
		return nil
	})
	if err != nil {
		return nil, err
	}
	return set, nil
}

// checkPath refuses what cannot be a file of an output tree on every machine,
// what would be a file of Git's own, and what would garble a message.
func checkPath(name string) error {
	elements := strings.Split(name, "/")
	switch {
	case !fs.ValidPath(name), name == ".", !filepath.IsLocal(filepath.FromSlash(name)), strings.Contains(name, `\`):
		return fmt.Errorf("%q is no path below the output directory", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("%q has a control character", name)
	case strings.EqualFold(elements[0], pendingDir):
		return fmt.Errorf("%q is kept for interrupted writes", name)
	}
	for _, element := range elements {
		if strings.EqualFold(element, ".git") {
			return fmt.Errorf("%q belongs to Git", name)
		}
	}
	return nil
}

// checkSet refuses a set that cannot stand in a directory, or that could not
// be told from another one where upper and lower case are the same.
func checkSet(set Set) error {
	if set[LockFile] == nil {
		return fmt.Errorf("the set has no %s", LockFile)
	}
	spelling := map[string]string{}
	for _, file := range set.Paths() {
		if err := checkPath(file); err != nil {
			return err
		}
		for p := file; p != "."; p = path.Dir(p) {
			folded := strings.ToLower(p)
			if other, ok := spelling[folded]; ok && other != p {
				return fmt.Errorf("%q and %q differ only in case", other, p)
			}
			spelling[folded] = p
			if _, ok := set[p]; ok && p != file {
				return fmt.Errorf("%q is both a file and a directory", p)
			}
		}
	}
	return nil
}
