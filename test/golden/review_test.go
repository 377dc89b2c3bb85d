package golden_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ekscc/ekscc/pkg/emit"
)

// TestReview holds what a reviewer sees when a spec changes a little: the
// files that the change is about, and no others.
func TestReview(t *testing.T) {
	for _, test := range []struct {
		name, example, extra string
		changed              []string
	}{
		{
			"a node group more", "quickstart",
			`cluster: nodeGroups: another: {instanceTypes: ["m7i.large"], scaling: {min: 1, max: 1}}`,
			[]string{
				"cloudformation/quickstart/nodegroup-another.yaml",
				"cloudformation/quickstart/stacks.yaml",
				"ekscc.lock.json",
				"kustomize/base/aws-auth/configmap.yaml",
			},
		},
		{
			"a node group more in three environments", "mission",
			`cluster: nodeGroups: another: {instanceTypes: ["m7i.large"], scaling: {min: 1, max: 1}}`,
			[]string{
				"cloudformation/dev/nodegroup-another.yaml",
				"cloudformation/dev/stacks.yaml",
				"cloudformation/prod/nodegroup-another.yaml",
				"cloudformation/prod/stacks.yaml",
				"cloudformation/qa/nodegroup-another.yaml",
				"cloudformation/qa/stacks.yaml",
				"ekscc.lock.json",
				"kustomize/overlays/dev/aws-auth/configmap.yaml",
				"kustomize/overlays/prod/aws-auth/configmap.yaml",
				"kustomize/overlays/qa/aws-auth/configmap.yaml",
			},
		},
		{
			"more replicas in one environment", "mission",
			`environments: qa: workloads: "my-nginx": replicas: 4`,
			[]string{
				"ekscc.lock.json",
				"kustomize/overlays/qa/kustomization.yaml",
				"kustomize/overlays/qa/workloads/my-nginx/deployment.yaml",
			},
		},
		{
			"the nodes of one environment upgraded", "mission",
			`environments: qa: cluster: selfManagedNodeGroups: "mission-wn": version: "1.35"`,
			[]string{"cloudformation/qa/nodegroup-mission-wn.yaml", "ekscc.lock.json"},
		},
		{"a comment", "mission", `// Nothing else.`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(root, "examples", test.example)
			_, before := compiled(t, dir)
			_, after := compiled(t, withExtra(t, dir, test.example, test.extra))
			if got := changed(before, after); !slices.Equal(got, test.changed) {
				t.Errorf("changed\n%q\nwant\n%q", got, test.changed)
			}
		})
	}
}

// withExtra copies a spec and adds a file to its package.
func withExtra(t *testing.T, dir, pkg, extra string) string {
	t.Helper()
	to := t.TempDir()
	files, err := filepath.Glob(filepath.Join(dir, "*.cue"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(to, "extra.cue"), []byte("package "+pkg+"\n\n"+extra+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}

// changed are the paths that differ between two trees.
func changed(before, after emit.Set) []string {
	var paths []string
	for _, path := range before.Paths() {
		if string(before[path]) != string(after[path]) {
			paths = append(paths, path)
		}
	}
	for _, path := range after.Paths() {
		if _, was := before[path]; !was {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}
