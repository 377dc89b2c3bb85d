package eksctl_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/compile/eksctl"
	"github.com/ekscc/ekscc/pkg/diag"
)

var update = flag.Bool("update", false, "write what the files are imported as now")

const account = "111122223333"

// TestImport holds the spec and the messages against those beside the file,
// and the spec against the compiler.
func TestImport(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("found %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			spec, diags, err := eksctl.Import(file, account)
			if err != nil {
				t.Fatal(err)
			}
			base := strings.TrimSuffix(file, ".yaml")
			golden(t, base+".cue.golden", spec)
			golden(t, base+".stderr.golden", text(diags))
			compiles(t, spec)
		})
	}
}

func compiles(t *testing.T, spec []byte) {
	path := filepath.Join(t.TempDir(), "cluster.cue")
	if err := os.WriteFile(path, spec, 0o666); err != nil {
		t.Fatal(err)
	}
	model, diags, err := compile.Compile(compile.Input{Path: path})
	if err != nil || model == nil {
		t.Errorf("the spec does not compile: %v\n%s", err, text(diags))
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", file, got)
	}
}

func text(diags diag.List) []byte {
	var b bytes.Buffer
	diag.WriteText(&b, diags)
	return b.Bytes()
}

func TestImportRefuses(t *testing.T) {
	const head = "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\n"
	const metadata = head + "metadata: {name: a, region: eu-west-1, version: \"1.35\"}\n"
	tests := []struct{ name, file, want string }{
		{"another kind", "apiVersion: v1\nkind: ConfigMap\n", "the file is no ClusterConfig of eksctl"},
		{"no name", head + "metadata: {region: eu-west-1, version: \"1.35\"}\n", "3:1: metadata.name: eksctl needs this field"},
		{"a number for a version", head + "metadata:\n  name: a\n  region: eu-west-1\n  version: 1.35\n", "6:3: metadata.version: eksctl takes a string in quotes here"},
		{"a list for an object", metadata + "vpc: []\n", "4:1: vpc: eksctl takes an object here"},
		{"an object for a list", metadata + "addons: {name: coredns}\n", "4:1: addons: eksctl takes a list here"},
		{"a text for a number", metadata + "managedNodeGroups: [{name: a, minSize: \"2\"}]\n", "managedNodeGroups[0].minSize: eksctl takes a whole number here"},
		{"a text for a flag", metadata + "managedNodeGroups: [{name: a, spot: \"yes\"}]\n", "managedNodeGroups[0].spot: eksctl takes true or false here"},
		{"no JSON or YAML", metadata + "addons: [{name: coredns, configurationValues: \"{\"}]\n", "the configuration is neither JSON nor YAML"},
		{"two of one name", metadata + "managedNodeGroups: [{name: a}, {name: a}]\n", "managedNodeGroups[1].name: eksctl takes each name once"},
		{"not YAML", "a: [\n", "E0001"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "cluster.yaml")
			if err := os.WriteFile(path, []byte(test.file), 0o666); err != nil {
				t.Fatal(err)
			}
			spec, diags, err := eksctl.Import(path, account)
			if err != nil {
				t.Fatal(err)
			}
			if spec != nil || !strings.Contains(string(text(diags)), test.want) {
				t.Errorf("got a spec of %d bytes and:\n%s\nwant: %s", len(spec), text(diags), test.want)
			}
		})
	}
}

// FuzzImport holds that any file gives a spec or a sentence, and never a panic.
func FuzzImport(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range seeds {
		data, err := os.ReadFile(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	path := filepath.Join(f.TempDir(), "cluster.yaml")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		spec, diags, err := eksctl.Import(path, account)
		if err == nil && spec == nil && !diags.HasErrors() {
			t.Error("neither a spec nor a reason")
		}
	})
}
