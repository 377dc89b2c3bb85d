package diff

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Read reads the regular files below a directory, by slash-separated path
// relative to it. A single file becomes a tree of one, by its base name.
// Symbolic links below the directory and git's own files are left out.
func Read(path string) (map[string][]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, notFound(path, err)
	}
	switch {
	case info.IsDir():
		return readDir(path)
	case info.Mode().IsRegular():
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		return map[string][]byte{filepath.Base(path): data}, nil
	}
	return nil, fmt.Errorf("%q is neither a file nor a directory", path)
}

// ReadPair reads the two sides of a comparison: two directories, or two files,
// which are then compared with each other whatever their names are.
func ReadPair(old, new string) (oldFiles, newFiles map[string][]byte, err error) {
	if oldFiles, err = Read(old); err != nil {
		return nil, nil, err
	}
	if newFiles, err = Read(new); err != nil {
		return nil, nil, err
	}
	oldDir, newDir := isDir(old), isDir(new)
	switch {
	case oldDir && !newDir:
		return nil, nil, fmt.Errorf("%q is a directory and %q is a file", old, new)
	case !oldDir && newDir:
		return nil, nil, fmt.Errorf("%q is a file and %q is a directory", old, new)
	case !oldDir:
		oldFiles = map[string][]byte{filepath.Base(new): oldFiles[filepath.Base(old)]}
	}
	return oldFiles, newFiles, nil
}

func readDir(dir string) (map[string][]byte, error) {
	// WalkDir does not follow its root.
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == ".git" && path != root:
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !entry.Type().IsRegular():
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func notFound(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no file or directory %q", path)
	}
	return err
}
