package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/yaml"
)

// karpenterModule is the release of Karpenter whose definitions of its objects
// are installed, and karpenterSum its checksum as in a go.sum.
const (
	karpenterModule = "github.com/aws/karpenter-provider-aws@v1.14.1"
	karpenterSum    = "h1:WGtIQTQcxpElYMdWfWuPwaF2+9muR+hYhPZsTtoY8Gs="
)

// definitionFiles are the definitions of custom resources that ekscc writes
// objects of, below the module.
var definitionFiles = []string{"karpenter.k8s.aws_ec2nodeclasses.yaml", "karpenter.sh_nodepools.yaml"}

// installDefinitions copies the definitions from the Go module proxy to dir.
func installDefinitions(ctx context.Context, dir string) error {
	return installed(dir, karpenterModule+karpenterSum, func() error {
		download := exec.CommandContext(ctx, "go", "mod", "download", "-json", karpenterModule)
		download.Dir = dir // not in a module of ours
		download.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		data, err := output(download)
		if err != nil {
			return fmt.Errorf("failed to download Karpenter's definitions; is the Go module proxy reachable? %w", err)
		}
		var module struct{ Dir, Sum string }
		if err := json.Unmarshal(data, &module); err != nil {
			return err
		}
		if module.Sum != karpenterSum {
			return fmt.Errorf("%s has the checksum %s, not %s", karpenterModule, module.Sum, karpenterSum)
		}
		for _, name := range definitionFiles {
			definition, err := os.ReadFile(filepath.Join(module.Dir, "pkg", "apis", "crds", name))
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, name), definition, 0o644); err != nil {
				return err
			}
		}
		return nil
	})
}

// defineKinds gives a server the kinds whose definitions are in dir, and waits
// until it serves them.
func defineKinds(ctx context.Context, client *apiClient, dir string) error {
	for _, name := range definitionFiles {
		definition, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if err := defineKind(ctx, client, definition); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func defineKind(ctx context.Context, client *apiClient, definition []byte) error {
	body, err := yaml.YAMLToJSON(definition)
	if err != nil {
		return err
	}
	a, err := client.do(ctx, http.MethodPost, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?fieldValidation=Strict", "application/json", body)
	if err != nil {
		return err
	}
	if !a.ok() {
		return fmt.Errorf("the server refuses it: %s", a.body)
	}
	var kind struct {
		Spec struct {
			Group string
			Names struct{ Plural string }
		}
	}
	if err := json.Unmarshal(body, &kind); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for !serves(ctx, client, kind.Spec.Group+"/v1", kind.Spec.Names.Plural) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server does not serve it: %w", ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// serves says whether the server knows a resource of an API version, and lists
// what there is of it.
func serves(ctx context.Context, client *apiClient, apiVersion, plural string) bool {
	var list struct{ Resources []apiResource }
	if client.get(ctx, apiPath(apiVersion), &list) != nil {
		return false
	}
	known := slices.ContainsFunc(list.Resources, func(r apiResource) bool { return r.Name == plural && !strings.Contains(r.Name, "/") })
	a, err := client.do(ctx, http.MethodGet, apiPath(apiVersion)+"/"+plural, "", nil)
	return known && err == nil && a.ok()
}
