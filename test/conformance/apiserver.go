package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ekscc/ekscc/pkg/catalog"
)

const (
	// apiServerVersion is the Kubernetes that test/apiserver/go.mod pins.
	apiServerVersion = "1.36.3"
	apiServerMinor   = 36
	// emulatedMinors is how many versions before its own a kube-apiserver
	// emulates: the floor in k8s.io/apiserver/pkg/util/compatibility.
	emulatedMinors = 3
)

// apiServer is a Kubernetes API server. Every object of every overlay must pass
// its defaulting, validation and admission, as far as they go without storing
// the object, in the Kubernetes version that the environment's cluster has.
func apiServer(cache string) judge {
	dir, definitions := filepath.Join(cache, "apiserver"), filepath.Join(cache, "definitions")
	return judge{
		name:    "kube-apiserver " + apiServerVersion,
		subject: "overlays",
		inputs:  func(t tree) []input { return t.overlays },
		planted: []plant{
			plantedObject("unknown-field", "BadRequest"),
			plantedObject("wrong-version", "NoKindMatch"),
			plantedObject("bad-label", "FieldValueInvalid"),
			plantedObject("long-port-name", "FieldValueInvalid"),
			plantedObject("other-selector", "FieldValueInvalid"),
			plantedObject("missing-namespace", "NotFound"),
			plantedObject("duplicate-port", "FieldValueDuplicate"),
			plantedObject("number-for-string", "BadRequest"),
			plantedObject("aws-node-without-image", "FieldValueRequired"),
			plantedObject("node-class-field", "BadRequest"),
			plantedObject("node-class-two-roles", "FieldValueInvalid"),
			plantedObject("node-pool-budget", "FieldValueInvalid"),
		},
		install: func(ctx context.Context) error {
			return errors.Join(installAPIServer(ctx, dir), installDefinitions(ctx, definitions))
		},
		judge: func(ctx context.Context, inputs []input) ([]finding, error) {
			return askAPIServers(ctx, dir, definitions, inputs)
		},
	}
}

// plantedObject is an overlay of testdata/planted/objects.
func plantedObject(name, rule string) plant {
	tree := filepath.Join("test", "conformance", "testdata", "planted", "objects")
	overlay := filepath.Join(tree, "kustomize", "overlays", name)
	return plant{input{name: filepath.ToSlash(overlay), path: overlay, tree: tree}, rule}
}

// installAPIServer builds test/apiserver, anew whenever one of its files
// changes.
func installAPIServer(ctx context.Context, dir string) error {
	source := filepath.Join("test", "apiserver")
	files, err := filepath.Glob(filepath.Join(source, "*"))
	if err != nil {
		return err
	}
	want := ""
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		want += string(content)
	}
	return installed(dir, want, func() error {
		fmt.Fprintln(os.Stderr, "conformance: building kube-apiserver and etcd, once; this takes five to fifteen minutes")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", apiServerBinary(dir), ".")
		build.Dir = source
		build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
		if _, err := output(build); err != nil {
			return fmt.Errorf("failed to build it; is the Go module proxy reachable? %w", err)
		}
		return nil
	})
}

func apiServerBinary(dir string) string { return filepath.Join(dir, "apiserver") }

// askAPIServers runs one server for each Kubernetes version, one at a time.
func askAPIServers(ctx context.Context, dir, definitions string, inputs []input) ([]finding, error) {
	var findings []finding
	byVersion := make(map[string][]input)
	for _, in := range inputs {
		version, err := clusterVersion(in)
		if err != nil {
			return nil, err
		}
		if why := notEmulated(version); why != "" {
			findings = append(findings, finding{input: in, rule: notJudged, message: why})
			continue
		}
		byVersion[version] = append(byVersion[version], in)
	}
	for _, version := range slices.Sorted(maps.Keys(byVersion)) {
		found, err := askAPIServer(ctx, dir, definitions, version, byVersion[version])
		if err != nil {
			return nil, fmt.Errorf("as version %s: %w", version, err)
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// clusterVersion is the Kubernetes version of the cluster that an overlay is
// for, such as "1.35". An environment without a template for its cluster, as
// the planted ones, is judged as the server's own version.
func clusterVersion(in input) (string, error) {
	file := filepath.Join(in.tree, "cloudformation", path.Base(filepath.ToSlash(in.path)), "cluster.yaml")
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return fmt.Sprintf("1.%d", apiServerMinor), nil
	}
	if err != nil {
		return "", err
	}
	var template struct {
		Resources map[string]struct {
			Type       string    `yaml:"Type"`
			Properties yaml.Node `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(data, &template); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	for _, resource := range template.Resources {
		if resource.Type != "AWS::EKS::Cluster" {
			continue
		}
		var cluster struct {
			Version string `yaml:"Version"`
		}
		if err := resource.Properties.Decode(&cluster); err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
		return cluster.Version, nil
	}
	return "", fmt.Errorf("%s: there is no AWS::EKS::Cluster", file)
}

// notEmulated says why the server cannot behave as a version, or "".
func notEmulated(version string) string {
	minor, ok := catalog.MinorOf(version)
	if ok && minor <= apiServerMinor && minor >= apiServerMinor-emulatedMinors {
		return ""
	}
	return fmt.Sprintf("overlay for Kubernetes %q: this server emulates 1.%d to 1.%d", version, apiServerMinor-emulatedMinors, apiServerMinor)
}
