package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	cfnLintVersion = "1.58.0"
	// cfnLintPins lists what the judge installs.
	cfnLintPins = "test/conformance/requirements.txt"
)

// cfnLint is the CloudFormation Linter, https://github.com/aws-cloudformation/cfn-lint,
// in a Python environment of its own.
func cfnLint(cache string) judge {
	venv := filepath.Join(cache, "cfn-lint")
	python := filepath.Join(venv, "bin", "python")
	return judge{
		name:    "cfn-lint " + cfnLintVersion,
		subject: "templates",
		inputs:  func(t tree) []input { return t.templates },
		planted: []plant{
			plantedTemplate("unknown-property.yaml", "E3002"),
			plantedTemplate("missing-target.yaml", "E1020"),
			plantedTemplate("missing-property.yaml", "E3003"),
			plantedTemplate("not-yaml.yaml", "E0000"),
		},
		install: func(ctx context.Context) error {
			return installPython(ctx, "cfn-lint "+cfnLintVersion, venv, cfnLintPins)
		},
		judge: func(ctx context.Context, inputs []input) ([]finding, error) {
			return askCfnLint(ctx, venv, python, inputs)
		},
	}
}

// plantedTemplate is a faulty template of testdata/planted.
func plantedTemplate(name, rule string) plant {
	file := filepath.Join("test", "conformance", "testdata", "planted", name)
	path, err := filepath.Abs(file)
	if err != nil {
		path = file // there is no working directory, and so no template either
	}
	return plant{input{name: filepath.ToSlash(file), path: path, region: "eu-central-1"}, rule}
}

// askCfnLint runs cfn-lint once for each region, so that it knows which zones
// and types the region has.
func askCfnLint(ctx context.Context, dir, python string, inputs []input) ([]finding, error) {
	byRegion := make(map[string][]input)
	var regions []string
	for _, in := range inputs {
		if byRegion[in.region] == nil {
			regions = append(regions, in.region)
		}
		byRegion[in.region] = append(byRegion[in.region], in)
	}
	var findings []finding
	for _, region := range regions {
		args := []string{filepath.Join(dir, "bin", "cfn-lint"), "--format", "json", "--non-zero-exit-code", "none", "--regions", region, "--template"}
		asked := make(map[string]input)
		for _, in := range byRegion[region] {
			args = append(args, in.path)
			asked[in.path] = in
		}
		cmd := exec.CommandContext(ctx, python, args...)
		cmd.Dir = dir                               // no .cfnlintrc above
		cmd.Env = append(os.Environ(), "HOME="+dir) // nor the user's own
		out, err := output(cmd)
		if err != nil {
			return nil, err
		}
		found, err := parseCfnLint(out, asked)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// parseCfnLint reads cfn-lint's JSON. asked maps the paths that it was given to
// the inputs.
func parseCfnLint(out []byte, asked map[string]input) ([]finding, error) {
	var matches []struct {
		Filename string
		Level    string
		Location struct{ Start struct{ LineNumber int } }
		Message  string
		Rule     struct{ ID string }
	}
	if err := json.Unmarshal(out, &matches); err != nil {
		return nil, fmt.Errorf("failed to understand its output: %w", err)
	}
	findings := make([]finding, 0, len(matches))
	for _, m := range matches {
		in, known := asked[m.Filename]
		if !known || m.Rule.ID == "" {
			return nil, errors.New("failed to understand its output: it speaks of " + m.Filename)
		}
		if m.Level == "Informational" {
			continue
		}
		findings = append(findings, finding{in, m.Location.Start.LineNumber, m.Rule.ID, m.Message, m.Level == "Warning"})
	}
	return findings, nil
}
