package golden_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile"
	"github.com/ekscc/ekscc/pkg/diag"
)

// pages are those whose examples are specs: the first of a page is a whole
// one, and each other stands beside it.
var pages = []string{"docs/nodes.md"}

var example = regexp.MustCompile("(?s)```cue\n(.*?)```")

// TestDocumentation compiles the examples of pages for users.
func TestDocumentation(t *testing.T) {
	for _, page := range pages {
		text, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		examples := example.FindAllStringSubmatch(string(text), -1)
		if len(examples) < 2 {
			t.Fatalf("%s has %d examples", page, len(examples))
		}
		whole := examples[0][1]
		clause, _, _ := strings.Cut(whole, "\n")
		for i, found := range examples[1:] {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "whole.cue"), whole)
			write(t, filepath.Join(dir, "part.cue"), clause+"\n"+found[1])
			_, diags, err := compile.Compile(compile.Input{Path: dir})
			if err != nil {
				t.Fatal(err)
			}
			if len(diags) > 0 {
				diag.WriteText(os.Stderr, diags)
				t.Errorf("example %d of %s has problems:\n%s", i+2, page, found[1])
			}
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
