package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// startAPIServer starts a server that behaves as a Kubernetes version. The
// caller ends it with stop, which waits until it is gone. If this program dies
// without calling stop, the server sees its standard input end, and ends.
func startAPIServer(ctx context.Context, dir, version string) (client *apiClient, stop func(), err error) {
	logFile := filepath.Join(dir, "log-"+version)
	log, err := os.Create(logFile)
	if err != nil {
		return nil, nil, err
	}
	defer log.Close()
	running, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(running, apiServerBinary(dir), "-emulate", version)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	cmd.Stderr = log
	stdin, err1 := cmd.StdinPipe()
	stdout, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		cancel()
		return nil, nil, errors.Join(err1, err2)
	}
	cmd.Cancel = stdin.Close
	cmd.WaitDelay = 10 * time.Second // and then it is killed
	if err := cmd.Start(); err != nil {
		cancel()
		return nil, nil, err
	}
	stop = func() {
		cancel()
		_ = cmd.Wait() // it was told to end: how it did is of no interest
	}
	// The server writes its line once it serves, or ends and writes none.
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err == nil {
		client, err = newAPIClient(line)
	}
	if err != nil {
		stop()
		return nil, nil, fmt.Errorf("failed to start: %w", cmp.Or(ctx.Err(), lastLine(logFile), err))
	}
	return client, stop, nil
}

// lastLine is an error that quotes the last line of a log, if it has any.
func lastLine(file string) error {
	content, err := os.ReadFile(file)
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	if err != nil || lines[len(lines)-1] == "" {
		return nil
	}
	return errors.New(lines[len(lines)-1])
}

// newAPIClient reads the line by which a server tells how to reach it.
func newAPIClient(line []byte) (*apiClient, error) {
	client := new(apiClient)
	if err := json.Unmarshal(line, client); err != nil {
		return nil, fmt.Errorf("failed to understand its output: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(client.CA)) {
		return nil, errors.New("failed to understand its certificate")
	}
	client.http = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	return client, nil
}
