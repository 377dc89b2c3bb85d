package schema

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/spec.md anew")

// docs/spec.md is what the schema says.
func TestReferenceIsFresh(t *testing.T) {
	file := filepath.Join("..", "..", "..", "docs", "spec.md")
	got := Reference()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("docs/spec.md is not what the schema says: run make golden")
	}
}

// Each link leads to a section, and each section has a name of its own.
func TestReferenceLinks(t *testing.T) {
	anchors := map[string]bool{}
	text := Reference()
	for line := range strings.Lines(text) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			anchor := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(title)), ".", "")
			if anchors[anchor] {
				t.Errorf("two sections are linked to as #%s", anchor)
			}
			anchors[anchor] = true
		}
	}
	parts := strings.Split(text, "](#")
	if len(parts) < 20 {
		t.Fatalf("only %d links", len(parts)-1)
	}
	for _, part := range parts[1:] {
		if anchor, _, _ := strings.Cut(part, ")"); !anchors[anchor] {
			t.Errorf("no section is linked to as #%s", anchor)
		}
	}
}

func TestReferenceRows(t *testing.T) {
	text := Reference()
	for _, want := range []string{
		"\n## NodeGroup\n\nAn EKS managed node group.\n\nAt `cluster.nodeGroups.<name>`.\n",
		"| `nodeGroups` | map of [NodeGroup](#nodegroup) |  | EKS managed node groups by name. |\n",
		"| `capacityType` | `\"ON_DEMAND\"`, `\"SPOT\"`, `\"CAPACITY_BLOCK\"` | `\"ON_DEMAND\"` | ",
		"| `account` | string matching `^[0-9]{12}$` | **required** | ",
		"/aws/eks/&lt;cluster>/cluster",
		"| `metadata` | [Manifest.metadata](#manifestmetadata) | **required** | ",
		"| any other | any | | ekscc passes it on as it is. |\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the reference lacks %q", want)
		}
	}
}
