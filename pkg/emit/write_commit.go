package emit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
)

// writer brings a tree to what its survey found missing. It first prepares
// everything in pendingDir, where nobody looks, and then commits it.
//
// It renames by hand because the libraries for it do not fit: renameio syncs
// every file, knows no directory to prepare in when confined to an os.Root,
// and does not build on Windows; natefinch/atomic is not confined at all.
type writer struct {
	*tree
	*survey
	step func() error
	// made is the directory that was made last: files are sorted, so that those
	// of one directory follow one another.
	made string
}

func (w *writer) run() error {
	resumed, err := w.prepare()
	if err != nil {
		if !resumed {
			w.root.RemoveAll(pendingDir) // the first error is the one to tell
		}
		return err
	}
	if err := w.commit(); err != nil {
		return fmt.Errorf("%w; the tree is half written: run compile again", err)
	}
	return nil
}

// prepare puts all new content and the journal into pendingDir. It reports
// whether an earlier write left its journal there, which stays until ours
// takes its place.
func (w *writer) prepare() (resumed bool, err error) {
	resumed, err = w.clearPending()
	if err != nil {
		return resumed, err
	}
	for i, file := range w.write {
		if err := w.stage(strconv.Itoa(i), w.set[file], file == LockFile); err != nil {
			return resumed, err
		}
	}
	if err := w.stage("journal", w.journal.with(w.set).encode(), true); err != nil {
		return resumed, err
	}
	return resumed, w.rename(pendingDir+"/journal", journalFile)
}

// clearPending makes pendingDir a directory that holds nothing but perhaps
// the journal of an interrupted write.
func (w *writer) clearPending() (resumed bool, err error) {
	info, err := w.root.Lstat(pendingDir)
	if err == nil && !info.IsDir() {
		err = w.removeAll(pendingDir)
		if err != nil {
			return false, err
		}
		err = fs.ErrNotExist
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, w.do("create", pendingDir, func() error { return w.root.Mkdir(pendingDir, 0o777) })
	}
	if err != nil {
		return false, w.fail("read", pendingDir, err)
	}
	entries, err := fs.ReadDir(w.root.FS(), pendingDir)
	if err != nil {
		return true, w.fail("read", pendingDir, err)
	}
	for _, e := range entries {
		if name := pendingDir + "/" + e.Name(); name == journalFile {
			resumed = true
		} else if err := w.removeAll(name); err != nil {
			return true, err
		}
	}
	return resumed, nil
}

// commit changes the tree. Removing comes first, for a directory may have to
// make way for a file or a file for a directory.
func (w *writer) commit() error {
	for _, obstacle := range w.clear {
		if err := w.removeFile(obstacle); err != nil {
			return err
		}
	}
	for _, file := range w.remove {
		if err := w.removeFile(file); err != nil {
			return err
		}
	}
	for _, file := range w.prune {
		if err := w.removeEmpty(path.Dir(file)); err != nil {
			return err
		}
	}
	for i, file := range w.write {
		if err := w.replace(strconv.Itoa(i), file); err != nil {
			return err
		}
	}
	if err := w.removeFile(journalFile); err != nil {
		return err
	}
	return w.removeAll(pendingDir)
}

// stage writes a file in pendingDir.
func (w *writer) stage(name string, content []byte, sync bool) error {
	name = pendingDir + "/" + name
	var f *os.File
	err := w.do("create", name, func() (err error) {
		f, err = w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	if err != nil {
		return err
	}
	return w.do("write", name, func() error {
		_, err := f.Write(content)
		if err == nil && sync {
			err = f.Sync()
		}
		return errors.Join(err, f.Close())
	})
}

// replace moves a staged file to its place in the tree.
func (w *writer) replace(staged, file string) error {
	if dir := path.Dir(file); dir != "." && dir != w.made {
		err := w.do("create", dir, func() error { return w.root.MkdirAll(dir, 0o777) })
		if err != nil {
			return err
		}
		w.made = dir
	}
	return w.rename(pendingDir+"/"+staged, file)
}

func (w *writer) rename(from, to string) error {
	return w.do("write", to, func() error { return w.root.Rename(from, to) })
}

func (w *writer) removeFile(name string) error {
	return w.do("remove", name, func() error {
		err := w.root.Remove(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

func (w *writer) removeAll(name string) error {
	return w.do("remove", name, func() error { return w.root.RemoveAll(name) })
}

// removeEmpty removes a directory and those above it as far as they are empty.
func (w *writer) removeEmpty(dir string) error {
	for ; dir != "."; dir = path.Dir(dir) {
		info, err := w.root.Lstat(dir)
		if err == nil && !info.IsDir() {
			return nil
		}
		err = w.do("remove", dir, func() error { return w.root.Remove(dir) })
		if errors.Is(err, fs.ErrExist) {
			return nil // not empty
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// do makes one change to the file system.
func (w *writer) do(verb, name string, change func() error) error {
	if w.step != nil {
		if err := w.step(); err != nil {
			return err
		}
	}
	if err := change(); err != nil {
		return w.fail(verb, name, err)
	}
	return nil
}
