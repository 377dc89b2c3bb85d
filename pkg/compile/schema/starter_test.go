package schema

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// The embedded starter is as fmt leaves it, and fits the schema in every
// region. That it compiles is shown by testdata/script/init.txtar.
func TestStarterFits(t *testing.T) {
	for _, region := range catalog.Regions() {
		o := StarterOptions{Name: "prod-1", Region: region, Account: "444455556666"}
		text, err := Starter(o)
		if err != nil {
			t.Errorf("%s: %v", region, err)
			continue
		}
		if formatted, err := Format("cluster.cue", text); err != nil || !bytes.Equal(formatted, text) {
			t.Errorf("%s: not formatted: %v", region, err)
		}
		schema, err := root()
		if err != nil {
			t.Fatal(err)
		}
		v := schema.Unify(cuecontext.New().CompileBytes(text))
		if err := v.Validate(cue.Concrete(true)); err != nil {
			t.Errorf("%s: %v", region, err)
		}
		for _, path := range []string{"cluster.name", "cluster.region", "cluster.account"} {
			got, _ := v.LookupPath(cue.ParsePath(path)).String()
			if !slices.Contains([]string{o.Name, o.Region, o.Account}, got) {
				t.Errorf("%s: %s is %q", region, path, got)
			}
		}
		for _, d := range []string{DefaultStarter.Name, DefaultStarter.Account} {
			if strings.Contains(string(text), d) {
				t.Errorf("%s: %q was not replaced", region, d)
			}
		}
	}
}

func TestStarterVersion(t *testing.T) {
	text, err := Starter(DefaultStarter)
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
		_, err := Starter(StarterOptions{tt.name, tt.region, tt.account})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Starter(%q, %q, %q) = %v, want %s", tt.name, tt.region, tt.account, err, tt.want)
		}
	}
}
