package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

// motoPins lists what the judge that deploys installs; the version of moto
// among it is the judge's.
const motoPins = "test/moto/requirements.txt"

// deployed deploys every stack into moto, https://github.com/getmoto/moto, a
// stand-in for AWS on a loopback port. test/moto holds the plug-in that makes
// it as strict as AWS.
func deployed(cache string) judge {
	venv, planted := filepath.Join(cache, "moto"), filepath.Join(cache, "moto-planted")
	return judge{
		name:    "moto " + pinned(motoPins, "moto") + ", deployed",
		subject: "stacks",
		inputs:  func(t tree) []input { return t.templates },
		planted: plantStackFaults(planted),
		install: func(ctx context.Context) error {
			if err := installMoto(ctx, venv); err != nil {
				return err
			}
			return writeStackFaults(planted)
		},
		judge: func(ctx context.Context, inputs []input) ([]finding, error) { return deploy(ctx, venv, inputs) },
	}
}

// pinned is the version of a Python package in a file of requirements.
func pinned(file, name string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return "without a version"
	}
	match := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + `==(\S+)`).FindSubmatch(data)
	if match == nil {
		return "without a version"
	}
	return string(match[1])
}

// installMoto makes a Python environment for moto, and tests the plug-in in it.
func installMoto(ctx context.Context, venv string) error {
	if err := installPython(ctx, "moto", venv, motoPins); err != nil {
		return err
	}
	cmd := motoCommand(ctx, venv, "-m", "unittest", "discover", "--start-directory", "tests", "--top-level-directory", ".")
	if _, err := output(cmd); err != nil {
		return fmt.Errorf("the plug-in fails its tests: %w", err)
	}
	return nil
}

// motoCommand runs Python where it finds the plug-in. Python keeps its
// bytecode below the cache.
func motoCommand(ctx context.Context, venv string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(venv, "bin", "python"), append([]string{"-W", "ignore"}, args...)...)
	cmd.Dir = filepath.Join("test", "moto")
	cmd.Env = append(os.Environ(), "PYTHONPYCACHEPREFIX="+filepath.Join(venv, "bytecode"), "HOME="+venv)
	return cmd
}

// motoJob is a tree to deploy.
type motoJob struct {
	Tree     string                     `json:"tree"`
	Clusters map[string]json.RawMessage `json:"clusters"`
}

// verdict is what came of a stack, or of a file beside the templates.
type verdict struct {
	Path      string
	Resources int
	Rule      string
	Message   string
	Line      int
}

// deploy deploys the trees of the inputs, each into an AWS of its own.
func deploy(ctx context.Context, venv string, inputs []input) ([]finding, error) {
	jobs, err := motoJobs(inputs)
	if err != nil {
		return nil, err
	}
	request, err := json.Marshal(jobs)
	if err != nil {
		return nil, err
	}
	cmd := motoCommand(ctx, venv, "-m", "ekscc_moto")
	cmd.Stdin = bytes.NewReader(request)
	out, err := output(cmd)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return parseVerdicts(out, inputs)
}

// motoJobs lists the trees of the inputs, each once.
func motoJobs(inputs []input) ([]motoJob, error) {
	seen := make(map[string]bool)
	var jobs []motoJob
	for _, in := range inputs {
		if seen[in.tree] {
			continue
		}
		seen[in.tree] = true
		dir, err := filepath.Abs(in.tree)
		if err != nil {
			return nil, err
		}
		clusters, err := specClusters(filepath.Dir(dir))
		if err != nil {
			return nil, fmt.Errorf("the spec of %s: %w", in.tree, err)
		}
		jobs = append(jobs, motoJob{dir, clusters})
	}
	return jobs, nil
}

// parseVerdicts reads a line of JSON for each stack. Each input must have one.
func parseVerdicts(out []byte, inputs []input) ([]finding, error) {
	byPath := make(map[string]input)
	for _, in := range inputs {
		byPath[in.path] = in
	}
	judged := make(map[string]bool)
	var findings []finding
	for line := range bytes.Lines(out) {
		var v verdict
		if err := json.Unmarshal(line, &v); err != nil || v.Path == "" {
			return nil, errors.New("failed to understand its output: " + string(line))
		}
		judged[v.Path] = true
		if v.Rule == "" && v.Resources > 0 {
			continue
		}
		in, known := byPath[v.Path]
		if !known {
			in = input{name: v.Path, path: v.Path} // a file that no judge has for an input
		}
		findings = append(findings, finding{input: in, line: v.Line, rule: v.Rule, message: v.Message})
	}
	for _, in := range inputs {
		if !judged[in.path] {
			return nil, fmt.Errorf("it said nothing about %s", in.name)
		}
	}
	return findings, nil
}
