package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/compile/validate"
)

// specClusters reads the spec in a folder, and returns the cluster of each
// environment: what is there before any stack can be read from it, and which
// account the stacks are for. A folder without a spec has none.
func specClusters(dir string) (map[string]json.RawMessage, error) {
	path, err := specIn(dir)
	if err != nil || path == "" {
		return nil, err
	}
	source, diags, err := load.Load(path, nil)
	if err != nil {
		return nil, err
	}
	if diags.HasErrors() {
		return nil, errors.New(diags[0].Message)
	}
	environments, _, diags := validate.Validate(source)
	if diags.HasErrors() {
		return nil, errors.New(diags[0].Message)
	}
	clusters := make(map[string]json.RawMessage)
	for _, environment := range environments {
		s, err := spec.Decode(environment.Value)
		if err != nil {
			return nil, err
		}
		if clusters[environment.Name], err = json.Marshal(s.Cluster); err != nil {
			return nil, err
		}
	}
	return clusters, nil
}

// specIn returns the spec in a folder: the folder itself if it holds CUE, or
// else its one YAML or JSON file.
func specIn(dir string) (string, error) {
	var data []string
	for _, pattern := range []string{"*.cue", "*.yaml", "*.yml", "*.json"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return "", err
		}
		if pattern == "*.cue" && len(files) > 0 {
			return dir, nil
		}
		data = append(data, files...)
	}
	if len(data) != 1 {
		return "", nil
	}
	_, err := os.Stat(data[0])
	return data[0], err
}
