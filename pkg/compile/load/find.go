package load

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
)

// lockFile marks a tree that ekscc wrote, in which there is no spec.
const lockFile = "ekscc.lock.json"

// Find returns the paths of the specs that patterns name, sorted and each
// once. A pattern is a path, which is taken as it is, or a directory followed
// by "/...", which means every directory at or below it that holds a CUE
// package with a field cluster.
func Find(patterns []string) ([]string, error) {
	var specs []string
	for _, pattern := range patterns {
		root, recursive := strings.CutSuffix(filepath.ToSlash(pattern), "...")
		if !recursive || root != "" && !strings.HasSuffix(root, "/") {
			specs = append(specs, filepath.Clean(pattern))
			continue
		}
		found, err := below(filepath.Clean(root))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("failed to find a spec for %q: no directory below %q holds a CUE package with a field %q", pattern, filepath.ToSlash(filepath.Clean(root)), "cluster")
		}
		specs = append(specs, found...)
	}
	slices.Sort(specs)
	return slices.Compact(specs), nil
}

func below(root string) ([]string, error) {
	var specs []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if path != root && skipped(path, entry.Name()) {
			return fs.SkipDir
		}
		isSpec, err := holdsCluster(path)
		if isSpec {
			specs = append(specs, path)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("failed to look for specs: %w", err)
	}
	return specs, nil
}

func skipped(path, name string) bool {
	if strings.HasPrefix(name, ".") || name == "cue.mod" || name == "generated" {
		return true
	}
	_, err := os.Stat(filepath.Join(path, lockFile))
	return err == nil
}

// holdsCluster reports whether a CUE file in the directory has a field
// cluster at its top level. A file that does not parse is judged by what of it
// does; the rest is reported when the spec is loaded.
func holdsCluster(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, err
	}
	for _, entry := range entries {
		name := filepath.Join(dir, entry.Name())
		if !entry.Type().IsRegular() || filepath.Ext(name) != ".cue" || strings.HasPrefix(entry.Name(), "_") || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}
		if !strings.Contains(string(data), "cluster") || len(data) > maxFileSize {
			continue
		}
		if file, _ := parser.ParseFile(name, data, parser.AllErrors); file != nil && slices.ContainsFunc(file.Decls, isCluster) {
			return true, nil
		}
	}
	return false, nil
}

func isCluster(decl ast.Decl) bool {
	field, ok := decl.(*ast.Field)
	if !ok {
		return false
	}
	name, _, err := ast.LabelName(field.Label)
	return err == nil && name == "cluster"
}
