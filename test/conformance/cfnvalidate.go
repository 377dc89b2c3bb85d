package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The release of aws-cdk-lib that ships the validator, the digest of its
// package in the form of npm's "integrity", and the validator's own version.
const (
	cdkVersion         = "2.276.0"
	cdkIntegrity       = "K+yxURPKRDRDgaPazG4PKFmFHM/igg3kGp6tkPJ6vba8FMEo3DtJ/X6WaY5KvcwrkiKj2K7gFRZB6DO5aPYxxg=="
	cfnValidateVersion = "1.14.0"
)

// cfnValidate is AWS's own validator, @aws/cloudformation-validate, as the CDK
// ships it. Node.js 20 or later runs it.
func cfnValidate(cache string) judge {
	dir := filepath.Join(cache, "cloudformation-validate")
	return judge{
		name:    "cloudformation-validate " + cfnValidateVersion,
		subject: "templates",
		inputs:  func(t tree) []input { return t.templates },
		planted: []plant{
			plantedTemplate("unknown-property.yaml", "F3002"),
			plantedTemplate("missing-target.yaml", "F1020"),
			plantedTemplate("missing-property.yaml", "F3003"),
			plantedTemplate("not-yaml.yaml", "F1101"),
		},
		install: func(ctx context.Context) error {
			return installed(dir, cdkIntegrity, func() error { return unpackValidator(ctx, dir) })
		},
		judge: func(ctx context.Context, inputs []input) ([]finding, error) {
			return askCfnValidate(ctx, dir, inputs)
		},
	}
}

// unpackValidator downloads the CDK's package and keeps the validator of it.
func unpackValidator(ctx context.Context, dir string) error {
	err := fetch(ctx, "aws-cdk-lib "+cdkVersion, dir, "npm", "pack", "--loglevel=error", "aws-cdk-lib@"+cdkVersion)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "aws-cdk-lib-"+cdkVersion+".tgz")
	archive, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	digest := sha512.Sum512(archive)
	if got := base64.StdEncoding.EncodeToString(digest[:]); got != cdkIntegrity {
		return fmt.Errorf("aws-cdk-lib %s is not the package that is pinned: its SHA-512 is %s", cdkVersion, got)
	}
	if err := unpack(archive, "package/node_modules/@aws/cloudformation-validate/", dir); err != nil {
		return fmt.Errorf("failed to unpack aws-cdk-lib %s: %w", cdkVersion, err)
	}
	return errors.Join(os.Remove(file), os.RemoveAll(filepath.Join(dir, "npm-cache")))
}

// unpack writes the regular files below prefix in a gzipped tar archive to dir.
func unpack(archive []byte, prefix, dir string) error {
	plain, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	files := tar.NewReader(plain)
	for {
		header, err := files.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		name, wanted := strings.CutPrefix(header.Name, prefix)
		if !wanted || header.Typeflag != tar.TypeReg || strings.Contains(name, "/") {
			continue
		}
		content, err := io.ReadAll(files)
		if err != nil {
			return err
		}
		if err := root.WriteFile(name, content, 0o644); err != nil {
			return err
		}
	}
}

// askCfnValidate hands the inputs to cfnvalidate.cjs, which answers with one
// report for each.
func askCfnValidate(ctx context.Context, dir string, inputs []input) ([]finding, error) {
	type request struct{ Path, Region string }
	requests := make([]request, 0, len(inputs))
	for _, in := range inputs {
		requests = append(requests, request{in.path, in.region})
	}
	question, err := json.Marshal(requests)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "node", filepath.Join("test", "conformance", "cfnvalidate.cjs"), dir)
	cmd.Stdin = bytes.NewReader(question)
	answer, err := output(cmd)
	if err != nil {
		return nil, err
	}
	return parseCfnValidate(answer, inputs)
}

// parseCfnValidate reads the reports, which are in the order of the inputs.
func parseCfnValidate(answer []byte, inputs []input) ([]finding, error) {
	var reports []struct {
		Status, Version string
		Diagnostics     []struct {
			RuleID, Severity, Message string
			StartLine                 int
		}
	}
	if err := json.Unmarshal(answer, &reports); err != nil {
		return nil, fmt.Errorf("failed to understand its output: %w", err)
	}
	if len(reports) != len(inputs) {
		return nil, fmt.Errorf("it judged %d of %d templates", len(reports), len(inputs))
	}
	var findings []finding
	for i, report := range reports {
		if report.Version != cfnValidateVersion {
			return nil, fmt.Errorf("its version is %q", report.Version)
		}
		for _, d := range report.Diagnostics {
			if d.Severity == "INFO" || d.Severity == "DEBUG" {
				continue // such as I9001, which names every create-only property
			}
			findings = append(findings, finding{inputs[i], d.StartLine, d.RuleID, d.Message, d.Severity == "WARN"})
		}
		if report.Status == "ANALYSIS_INCOMPLETE" {
			findings = append(findings, finding{input: inputs[i], rule: "incomplete", message: "the template was too much for a full analysis"})
		}
	}
	return findings, nil
}
