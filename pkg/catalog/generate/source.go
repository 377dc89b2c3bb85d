package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A source is a published package at one version.
type source struct {
	registry  string // "PyPI", "npm" or "Go"
	name      string
	version   string
	licence   string
	published string // the day, UTC
	digest    string // SHA-256 of the archive; for Go the module's hash in go.sum
	path      string // where fetch left the archive or the module's directory
}

var (
	botocore = &source{registry: "PyPI", name: "botocore", version: "1.44.5",
		licence: "Apache-2.0", published: "2026-11-17",
		digest: "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921"}
	moto = &source{registry: "PyPI", name: "moto", version: "5.2.5",
		licence: "Apache-2.0", published: "2026-10-27",
		digest: "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528"}
	cfnLint = &source{registry: "PyPI", name: "cfn-lint", version: "1.51.0",
		licence: "MIT-0", published: "2026-05-12",
		digest: "116d4f9c7c7d039e69c01c31fe9ff309ff79f0884c859ea92b353507903dd89e"}
	awsCDK = &source{registry: "npm", name: "aws-cdk-lib", version: "2.276.0",
		licence: "Apache-2.0", published: "2026-11-10",
		digest: "35cb8830d1ec5a4f7b11e459fecf3ec5e6077ffbdd92253d84d0503c28cac8af"}
	serviceSpec = &source{registry: "npm", name: "@aws-cdk/aws-service-spec", version: "0.1.216",
		licence: "Apache-2.0", published: "2026-09-29",
		digest: "2305b840c961bf7ab982a3e67a44cd2fe1f8fad78d8f2598c0fd36fbf17c9af8"}
	vpcCNI = &source{registry: "Go", name: "github.com/aws/amazon-vpc-cni-k8s", version: "v1.23.2",
		licence: "Apache-2.0", published: "2026-09-29",
		digest: "h1:Ka5CQyoDQhTJ41BruEiI35Xs7LJoC+zUubWI5+xbrLc="}
	resourceController = &source{registry: "Go", name: "github.com/aws/amazon-vpc-resource-controller-k8s", version: "v1.8.2",
		licence: "Apache-2.0", published: "2026-09-16",
		digest: "h1:S6fvZf7+Xjho4LLo2AdxT3x9yaOJ37Ly/eGQd+ASWi4="}

	sources = []*source{botocore, moto, cfnLint, awsCDK, serviceSpec, vpcCNI, resourceController}
)

// cite is the source as a table's head names it.
func (s *source) cite(files string) string {
	return fmt.Sprintf("%s %s %s (%s), %s: %s", s.registry, s.name, s.version, s.licence, s.published, files)
}

// fetchAll downloads what the cache lacks.
func fetchAll(cache string) error {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	for _, s := range sources {
		if err := s.fetch(cache); err != nil {
			return fmt.Errorf("failed to fetch %s %s: %w", s.name, s.version, err)
		}
	}
	return nil
}

// fetch leaves the package in the cache and refuses one of another digest.
func (s *source) fetch(cache string) error {
	if s.registry == "Go" {
		return s.fetchModule(cache)
	}
	var download []string
	switch s.registry {
	case "PyPI":
		s.path = filepath.Join(cache, strings.ReplaceAll(s.name, "-", "_")+"-"+s.version+"-py3-none-any.whl")
		download = []string{"python3", "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", ".", s.name + "==" + s.version}
	case "npm":
		// npm leaves out the "@" of a scope and joins it by a dash.
		name := strings.ReplaceAll(strings.TrimPrefix(s.name, "@"), "/", "-")
		s.path = filepath.Join(cache, name+"-"+s.version+".tgz")
		download = []string{"npm", "pack", "--silent", s.name + "@" + s.version}
	}
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) {
		if _, err := run(cache, download...); err != nil {
			return err
		}
	}
	archive, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(archive)
	if got := hex.EncodeToString(sum[:]); got != s.digest {
		return fmt.Errorf("%s has SHA-256 %s, want %s", s.path, got, s.digest)
	}
	return nil
}

// fetchModule lets the go command download the module into its own cache,
// from a directory without go.mod, so that no go.sum changes.
func (s *source) fetchModule(cache string) error {
	out, err := run(cache, "go", "mod", "download", "-json", s.name+"@"+s.version)
	if err != nil {
		return err
	}
	var module struct{ Dir, Sum string }
	if err := json.Unmarshal(out, &module); err != nil {
		return err
	}
	if module.Sum != s.digest {
		return fmt.Errorf("the module has hash %s, want %s", module.Sum, s.digest)
	}
	s.path = module.Dir
	return nil
}

func run(dir string, command ...string) ([]byte, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	return out, nil
}

// read returns a file of the package, unpacked if its name ends in ".gz".
func (s *source) read(name string) ([]byte, error) {
	data, err := s.readRaw(name)
	if err != nil {
		return nil, fmt.Errorf("failed to read %s of %s: %w", name, s.name, err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return data, nil
	}
	unpacked, err := gzip.NewReader(strings.NewReader(string(data)))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}

func (s *source) readRaw(name string) ([]byte, error) {
	switch s.registry {
	case "PyPI":
		wheel, err := zip.OpenReader(s.path)
		if err != nil {
			return nil, err
		}
		defer wheel.Close()
		return fs.ReadFile(wheel, name)
	case "npm":
		return readTarball(s.path, "package/"+name)
	default:
		return os.ReadFile(filepath.Join(s.path, name))
	}
}

func readTarball(path, name string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	for archive := tar.NewReader(unpacked); ; {
		header, err := archive.Next()
		if err == io.EOF {
			return nil, fs.ErrNotExist
		}
		if err != nil {
			return nil, err
		}
		if header.Name == name {
			return io.ReadAll(archive)
		}
	}
}
