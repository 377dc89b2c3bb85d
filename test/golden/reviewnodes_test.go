package golden_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestReviewOfNodes holds that a change of the image or the launch template of
// one node group is seen in that group's template alone, and is seen: EKS and
// Auto Scaling replace nodes when the launch template's version changes.
func TestReviewOfNodes(t *testing.T) {
	dir := filepath.Join(root, "testdata", "golden", "managed-nodes")
	for _, test := range []struct{ name, old, new, group string }{
		{"image", "", `cluster: nodeGroups: scarce: image: release: "1.35.0-20260415"`, "scarce"},
		{"launch template", "", `cluster: nodeGroups: warm: metadata: hopLimit: 2`, "warm"},
		{"launch template of a self-managed group", "", `cluster: selfManagedNodeGroups: own: volume: size: 40`, "own"},
		{"version of a given launch template", "version: 7}", "version: 8}", "golden"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, before := compiled(t, dir)
			_, after := compiled(t, edited(t, dir, test.old, test.new))
			want := []string{"cloudformation/managed/nodegroup-" + test.group + ".yaml", "ekscc.lock.json"}
			if got := changed(before, after); !slices.Equal(got, want) {
				t.Errorf("changed\n%q\nwant\n%q", got, want)
			}
		})
	}
}

// edited is a copy of a spec with a text replaced by another, or with one more.
func edited(t *testing.T, dir, old, text string) string {
	t.Helper()
	if old == "" {
		return withExtra(t, dir, "managednodes", text)
	}
	to := withExtra(t, dir, "managednodes", "")
	file := filepath.Join(to, "cluster.cue")
	data, err := os.ReadFile(file)
	if err != nil || bytes.Count(data, []byte(old)) != 1 {
		t.Fatalf("the spec has %q %d times, error %v", old, bytes.Count(data, []byte(old)), err)
	}
	if err := os.WriteFile(file, bytes.Replace(data, []byte(old), []byte(text), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}
