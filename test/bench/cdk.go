package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// cdk is an installed AWS CDK: its library and its command-line tool, of the
// versions in test/bench/cdk/package-lock.json.
type cdk struct {
	modules string // node_modules
	app     string // test/bench/cdk/app.js
}

// installCDK puts the CDK below the cache, unless it is there already. What
// tells is a copy of the lock file, which is written last, so that an
// interrupted installation starts over.
func installCDK(ctx context.Context) (cdk, error) {
	source, err := filepath.Abs(filepath.Join("test", "bench", "cdk"))
	if err != nil {
		return cdk{}, err
	}
	dir, err := filepath.Abs(filepath.Join(".cache", "cdk"))
	if err != nil {
		return cdk{}, err
	}
	installed := cdk{filepath.Join(dir, "node_modules"), filepath.Join(source, "app.js")}
	lock, err := os.ReadFile(filepath.Join(source, "package-lock.json"))
	if err != nil {
		return cdk{}, err
	}
	mark := filepath.Join(dir, "installed")
	if got, err := os.ReadFile(mark); err == nil && bytes.Equal(got, lock) {
		return installed, nil
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return cdk{}, err
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		content, err := os.ReadFile(filepath.Join(source, name))
		if err != nil {
			return cdk{}, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return cdk{}, err
		}
	}
	if err := npmCI(ctx, dir); err != nil {
		return cdk{}, err
	}
	return installed, os.WriteFile(mark, lock, 0o644)
}

// npmCI installs what the lock file in dir names, and runs no script of it.
func npmCI(ctx context.Context, dir string) error {
	cmd := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "npm_config_cache="+filepath.Join(dir, "npm-cache"), "npm_config_update_notifier=false")
	out, err := cmd.CombinedOutput()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("npm is needed to install the AWS CDK")
	case err != nil:
		return fmt.Errorf("failed to install the AWS CDK; is npm's registry reachable? %w\n%s", err, out)
	}
	return os.RemoveAll(filepath.Join(dir, "npm-cache"))
}

// fastest is the CDK without its command-line tool and its validation.
func (c cdk) fastest(count string) benchCase {
	return benchCase{
		name: "node app.js, validation off",
		args: []string{"node", c.app, count},
		env:  []string{"NODE_PATH=" + c.modules, "CDK_VALIDATION=false", "CDK_OUTDIR=OUT"},
	}
}

// synth is the CDK as its users call it, but for what it would ask the network.
func (c cdk) synth(count, home string) benchCase {
	return benchCase{
		name: "cdk synth",
		args: []string{"node", filepath.Join(c.modules, "aws-cdk", "bin", "cdk"), "synth", "--quiet", "--no-notices", "--no-version-reporting",
			"--output", "OUT", "--app", "node " + c.app + " " + count},
		env: []string{"NODE_PATH=" + c.modules, "HOME=" + home, "CDK_DISABLE_CLI_TELEMETRY=true", "CDK_DISABLE_VERSION_CHECK=1"},
	}
}
