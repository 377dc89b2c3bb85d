package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	inmemory "github.com/ekscc/ekscc/pkg/emit/kustomize"
)

const kustomizeVersion = "v5.8.2"

// kustomize is the kustomize command, whose release is the one that goes with
// the library that ekscc builds with. It must build every overlay, to the same
// objects as the library does in memory.
func kustomize(cache string) judge {
	binary := filepath.Join(cache, "kustomize")
	return judge{
		name:    "kustomize " + kustomizeVersion,
		subject: "overlays",
		inputs:  func(t tree) []input { return t.overlays },
		planted: []plant{
			plantedOverlay("missing-base", "missing-base", "build"),
			plantedOverlay("right", "other-replicas", "differs"),
		},
		install: func(ctx context.Context) error { return installKustomize(ctx, binary) },
		judge: func(ctx context.Context, inputs []input) ([]finding, error) {
			var findings []finding
			for _, in := range inputs {
				found, err := askKustomize(ctx, binary, in)
				if err != nil {
					return nil, err
				}
				findings = append(findings, found...)
			}
			return findings, nil
		},
	}
}

// plantedOverlay is an overlay of testdata/planted whose files on disk are
// those of one tree and whose files in memory are those of another.
func plantedOverlay(disk, memory, rule string) plant {
	planted := filepath.Join("test", "conformance", "testdata", "planted")
	overlay := filepath.Join("kustomize", "overlays", "dev")
	return plant{input{
		name: path.Join(filepath.ToSlash(planted), disk, filepath.ToSlash(overlay)),
		path: filepath.Join(planted, disk, overlay),
		tree: filepath.Join(planted, memory),
	}, rule}
}

// installKustomize builds the command that tools/go.mod pins. The go command
// knows whether there is anything to do.
func installKustomize(ctx context.Context, binary string) error {
	build := exec.CommandContext(ctx, "go", "build", "-modfile=tools/go.mod", "-o", binary, "sigs.k8s.io/kustomize/kustomize/v5")
	if _, err := output(build); err != nil {
		return fmt.Errorf("failed to build it; is the Go module proxy reachable? %w", err)
	}
	version, err := output(exec.CommandContext(ctx, binary, "version"))
	if got := strings.TrimSpace(string(version)); err == nil && got != kustomizeVersion {
		return fmt.Errorf("tools/go.mod pins %s", got)
	}
	return err
}

// askKustomize builds one overlay both ways and compares the objects.
func askKustomize(ctx context.Context, binary string, in input) ([]finding, error) {
	refuse := func(rule, message string) ([]finding, error) {
		return []finding{{input: in, rule: rule, message: message}}, nil
	}
	theirOutput, err := output(exec.CommandContext(ctx, binary, "build", in.path))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return refuse("build", err.Error())
	}
	set, err := readSet(in.tree)
	if err != nil {
		return nil, err
	}
	ourOutput, err := inmemory.Build(set, filepath.Base(in.path))
	if err != nil {
		return refuse("build", "in memory: "+err.Error())
	}
	theirs, err := parseObjects(theirOutput)
	if err != nil {
		return refuse("parse", err.Error())
	}
	ours, err := parseObjects(ourOutput)
	if err != nil {
		return refuse("parse", "in memory: "+err.Error())
	}
	if difference := compareObjects(theirs, ours); difference != "" {
		return refuse("differs", difference)
	}
	return nil, nil
}

// readSet reads the Kubernetes half of an output directory: slash-separated
// paths below it, and what each file holds.
func readSet(dir string) (map[string][]byte, error) {
	set := make(map[string][]byte)
	err := filepath.WalkDir(filepath.Join(dir, "kustomize"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		set[filepath.ToSlash(rel)] = content
		return nil
	})
	return set, err
}
