package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// installed brings dir to the state that want describes: if it is not there
// yet, dir is emptied and install is called. The mark that tells is written
// last, so that an interrupted installation starts over.
func installed(dir, want string, install func() error) error {
	mark := filepath.Join(dir, "installed")
	want = dir + "\n" + want // some tools do not survive a move
	if got, err := os.ReadFile(mark); err == nil && string(got) == want {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := install(); err != nil {
		return err
	}
	return os.WriteFile(mark, []byte(want), 0o644)
}

// installPython makes a Python environment in dir with what the file
// requirements pins.
func installPython(ctx context.Context, what, dir, requirements string) error {
	pins, err := os.ReadFile(requirements)
	if err != nil {
		return err
	}
	if requirements, err = filepath.Abs(requirements); err != nil {
		return err
	}
	return installed(dir, string(pins), func() error {
		if err := fetch(ctx, "a Python environment", dir, "python3", "-m", "venv", "."); err != nil {
			return err
		}
		return fetch(ctx, what, dir, filepath.Join(dir, "bin", "python"), "-m", "pip", "install", "--quiet", "--requirement", requirements)
	})
}

// output runs a command and returns what it printed, or, where it fails, an
// error that quotes its complaint.
func output(cmd *exec.Cmd) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return stdout.Bytes(), fmt.Errorf("%s failed: %s", filepath.Base(cmd.Path), complaint(stderr.String()+stdout.String(), exit.String()))
	case err != nil:
		return nil, err
	}
	return stdout.Bytes(), nil
}

// complaint is the first line of s that names an error, or else the last that
// is not blank, or else otherwise.
func complaint(s, otherwise string) string {
	last := otherwise
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if strings.Contains(strings.ToLower(line), "error") {
			return line
		}
		if line != "" {
			last = line
		}
	}
	return last
}

// fetch runs a command that downloads, and says in one sentence if it cannot.
func fetch(ctx context.Context, what, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	// Caches of package managers stay in the folder that this program owns.
	cmd.Env = append(os.Environ(), "PIP_CACHE_DIR="+filepath.Join(dir, "pip-cache"), "npm_config_cache="+filepath.Join(dir, "npm-cache"), "PIP_DISABLE_PIP_VERSION_CHECK=1", "npm_config_update_notifier=false")
	_, err := output(cmd)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("%s is needed to install %s", name, what)
	case err != nil:
		return fmt.Errorf("failed to install %s; is its registry reachable? %w", what, err)
	}
	return nil
}
