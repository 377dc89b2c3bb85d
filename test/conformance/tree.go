package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sigs.k8s.io/yaml"
)

// tree is an output directory of ekscc, and what of it can be judged.
type tree struct {
	dir       string
	templates []input
	overlays  []input
	// unjudged counts the files that are no template, by what they are.
	unjudged map[string]int
}

// input is what a judge looks at.
type input struct {
	// name is how a report calls it: its path as found.
	name string
	// path is where it is: a template's file or an overlay's directory.
	path string
	// region is the one that a template is deployed to.
	region string
	// tree is the output directory that it belongs to, and within its
	// slash-separated path in there.
	tree, within string
}

// committed are the places that hold output directories, with the folder of a
// case, which must hold one.
var committed = []string{
	filepath.Join("examples", "*", "generated"),
	filepath.Join("testdata", "golden", "*", "generated"),
}

// findTrees reads the given output directories, or all committed ones. A case
// without output is an error: it would pass for accepted.
func findTrees(dirs []string) ([]tree, error) {
	if len(dirs) == 0 {
		for _, place := range committed {
			cases, err := filepath.Glob(filepath.Dir(place))
			if err != nil {
				return nil, err
			}
			for _, c := range cases {
				dirs = append(dirs, filepath.Join(c, filepath.Base(place)))
			}
		}
	}
	if len(dirs) == 0 {
		return nil, errors.New("found no output directory to judge")
	}
	trees := make([]tree, 0, len(dirs))
	for _, dir := range dirs {
		t, err := readTree(dir)
		if err != nil {
			return nil, fmt.Errorf("failed to read the output directory %q: %w", dir, err)
		}
		trees = append(trees, t)
	}
	return trees, nil
}

// readTree lists what there is to judge in an output directory. A tree may
// lack the Kubernetes half, but not both halves.
func readTree(dir string) (tree, error) {
	t := tree{dir: dir, unjudged: make(map[string]int)}
	indexes, err := filepath.Glob(filepath.Join(dir, "cloudformation", "*", "stacks.yaml"))
	if err != nil {
		return tree{}, err
	}
	for _, index := range indexes {
		templates, err := t.readIndex(index)
		if err != nil {
			return tree{}, err
		}
		t.templates = append(t.templates, templates...)
		t.unjudged["stacks.yaml lists stacks and is no template"]++
	}
	overlays, err := filepath.Glob(filepath.Join(dir, "kustomize", "overlays", "*"))
	if err != nil {
		return tree{}, err
	}
	for _, overlay := range overlays {
		in, err := newInput(dir, overlay)
		if err != nil {
			return tree{}, err
		}
		t.overlays = append(t.overlays, in)
	}
	if len(t.templates)+len(t.overlays) == 0 {
		return tree{}, errors.New("it holds neither a stacks.yaml nor an overlay")
	}
	return t, nil
}

// readIndex lists the templates beside a stacks.yaml: each must be in it, and
// all that it names must exist.
func (t tree) readIndex(index string) ([]input, error) {
	data, err := os.ReadFile(index)
	if err != nil {
		return nil, err
	}
	var content struct {
		Stacks []struct{ Name, Template, Region, Policy, Deployment string }
	}
	if err := yaml.Unmarshal(data, &content); err != nil {
		return nil, fmt.Errorf("%s: %w", index, err)
	}
	var templates []input
	var listed []string
	for _, stack := range content.Stacks {
		in, err := newInput(t.dir, filepath.Join(filepath.Dir(index), stack.Template))
		if err != nil {
			return nil, fmt.Errorf("%s: stack %q: %w", index, stack.Name, err)
		}
		if stack.Region == "" {
			return nil, fmt.Errorf("%s: stack %q has no region", index, stack.Name)
		}
		in.region = stack.Region
		templates = append(templates, in)
		listed = append(listed, in.name)
		for what, name := range map[string]string{"stack policy": stack.Policy, "deployment file of Git sync": stack.Deployment} {
			if name != "" {
				listed = append(listed, filepath.ToSlash(filepath.Join(filepath.Dir(index), name)))
				t.unjudged["a "+what+" is no template"]++
			}
		}
	}
	return templates, allListed(index, listed)
}

// allListed reports a file beside a stacks.yaml that is not in it.
func allListed(index string, listed []string) error {
	return filepath.WalkDir(filepath.Dir(index), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path != index && !slices.Contains(listed, filepath.ToSlash(path)) {
			return fmt.Errorf("%s is not listed in stacks.yaml, so nobody would deploy it", path)
		}
		return err
	})
}

// newInput describes an existing file or directory of the tree in dir.
func newInput(dir, name string) (input, error) {
	if _, err := os.Stat(name); err != nil {
		return input{}, err
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return input{}, err
	}
	within, err := filepath.Rel(dir, name)
	if err != nil {
		return input{}, err
	}
	return input{name: filepath.ToSlash(name), path: path, tree: dir, within: filepath.ToSlash(within)}, nil
}
