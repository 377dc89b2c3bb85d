package schema_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/schema"
	"github.com/ekscc/ekscc/pkg/compile/validate"
)

// The embedded starter is as fmt leaves it, and valid in every region. That it
// compiles is shown by testdata/script/init.txtar.
func TestStarterFits(t *testing.T) {
	for _, region := range catalog.Regions() {
		o := schema.StarterOptions{Name: "prod-1", Region: region, Account: "444455556666"}
		text, err := schema.Starter(o)
		if err != nil {
			t.Errorf("%s: %v", region, err)
			continue
		}
		if formatted, err := schema.Format("cluster.cue", text); err != nil || !bytes.Equal(formatted, text) {
			t.Errorf("%s: not formatted: %v", region, err)
		}
		v := valid(t, text)
		for path, want := range map[string]string{"cluster.name": o.Name, "cluster.region": o.Region, "cluster.account": o.Account} {
			if got, _ := v.LookupPath(cue.ParsePath(path)).String(); got != want {
				t.Errorf("%s: %s is %q, want %q", region, path, got, want)
			}
		}
		for _, d := range []string{schema.DefaultStarter.Name, schema.DefaultStarter.Account} {
			if strings.Contains(string(text), d) {
				t.Errorf("%s: %q was not replaced", region, d)
			}
		}
	}
}

// valid returns the base of a spec in which validation finds nothing.
func valid(t *testing.T, text []byte) cue.Value {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cluster.cue")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	src, diags, err := load.Load(path, nil)
	if err != nil || len(diags) > 0 {
		t.Fatal(diags, err)
	}
	_, base, diags := validate.Validate(src)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return base
}

func TestStarterVersion(t *testing.T) {
	text, err := schema.Starter(schema.DefaultStarter)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), `version: *"`)
	minor, _, _ := strings.Cut(rest, `"`)
	if v, ok := catalog.LookupVersion(minor); !ok || v.Extended {
		t.Errorf("the starter's version is %q, which is not in standard support", minor)
	}
}

func TestStarterErrors(t *testing.T) {
	tests := []struct {
		name, region, account, want string
	}{
		{"a b", "eu-west-1", "111122223333", `"a b" is not a cluster name`},
		{strings.Repeat("a", 96), "eu-west-1", "111122223333", "is not a cluster name"},
		{"a", "eu-wst-1", "111122223333", `AWS has no region "eu-wst-1"; did you mean "eu-west-1"?`},
		{"a", "", "111122223333", `AWS has no region ""`},
		{"a", "eu-west-1", "1111", `"1111" is not an AWS account id: 12 digits`},
		{`a"\n`, "eu-west-1", "111122223333", "is not a cluster name"},
	}
	for _, tt := range tests {
		_, err := schema.Starter(schema.StarterOptions{tt.name, tt.region, tt.account})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Starter(%q, %q, %q) = %v, want %s", tt.name, tt.region, tt.account, err, tt.want)
		}
	}
}
