package random

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/diag"
	"github.com/ekscc/ekscc/pkg/emit"
)

// sound is a spec with something of everything.
func sound() Spec {
	return Spec{Base: map[string]any{
		"cluster": map[string]any{
			"name": "sound", "region": "eu-west-1", "account": "111122223333", "version": "1.35",
			"tags":       map[string]any{"team": "a b"},
			"network":    map[string]any{"vpc": map[string]any{"cidr": "10.0.0.0/16"}, "availabilityZones": []any{"eu-west-1a", "eu-west-1b"}},
			"nodeGroups": map[string]any{"web": map[string]any{"instanceTypes": []any{"m7g.large"}, "scaling": map[string]any{"min": 1, "max": 2}}},
		},
		"workloads": map[string]any{"web": map[string]any{"image": "nginx:1.29", "args": []any{"a", ""}, "env": map[string]any{"A": "x", "B": ""}}},
		"kubernetes": map[string]any{"manifests": map[string]any{"map": map[string]any{
			"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "map", "namespace": "default"}, "data": map[string]any{"k": "1e3"},
		}}},
	}}
}

func compileSound(t *testing.T) (checker, verdict) {
	t.Helper()
	c := checker{dir: t.TempDir()}
	v, err := c.first(sound())
	if err != nil || v.set == nil || v.problem != nil {
		t.Fatal(err, v)
	}
	return c, v
}

func TestSound(t *testing.T) {
	c, v := compileSound(t)
	if err := c.check(sound(), &v); err != nil || v.problem != nil {
		t.Error(err, v.problem)
	}
}

// Each fault in what a spec compiles to is seen.
func TestChecksSeeFaults(t *testing.T) {
	const templates = "cloudformation/sound/"
	replace := func(path, old, new string) func(emit.Set) {
		return func(set emit.Set) {
			if !bytes.Contains(set[path], []byte(old)) {
				t.Errorf("%s does not hold %q", path, old)
			}
			set[path] = bytes.Replace(set[path], []byte(old), []byte(new), 1)
		}
	}
	tests := map[string]struct {
		plant func(emit.Set)
		want  string
	}{
		"missing export":   {replace(templates+"network.yaml", "Name: sound-network:PrivateSubnetA", "Name: sound-network:Other"), "which no earlier stack exports"},
		"odd export":       {replace(templates+"network.yaml", "Name: sound-network:VpcId", "Name: sound_network"), "bad or repeated export"},
		"missing target":   {replace(templates+"cluster.yaml", "!Ref Cluster", "!Ref Klaster"), `refers to "Klaster"`},
		"missing resource": {replace(templates+"cluster.yaml", "!GetAtt ClusterRole.Arn", "!GetAtt Role.Arn"), `refers to "Role"`},
		"missing in a Sub": {replace(templates+"cluster.yaml", "${AWS::Partition}", "${AWS::Partitions}"), `refers to "AWS::Partitions"`},
		"repeated key":     {replace(templates+"cluster.yaml", "\nResources:", "\nResources: {}\nResources:"), "already defined"},
		"no YAML":          {replace(templates+"cluster.yaml", "\nResources:", "\n Resources: ["), "template: "},
		"odd type":         {replace(templates+"cluster.yaml", "Type: AWS::EKS::Cluster", "Type: EKS"), "no type"},
		"another order":    {replace(templates+"stacks.yaml", "needs:\n  - sound-network", "needs:\n  - sound-later"), "does not come before it"},
		"a need left out":  {replace(templates+"stacks.yaml", "needs:\n  - sound-network", "needs: []\n  x:\n  - sound-network"), "does not need"},
		"unlisted file":    {func(set emit.Set) { set[templates+"extra.yaml"] = nil }, "stacks: "},
		"no index":         {func(set emit.Set) { delete(set, templates+"stacks.yaml") }, "lists no stacks"},
		"other tags":       {replace(templates+"stacks.yaml", "team: a b", "team: ab"), "faithful: "},
		"lost base":        {func(set emit.Set) { delete(set, "kustomize/base/workloads/web/kustomization.yaml") }, "kustomize: "},
		"other text":       {replace("kustomize/base/manifests/map.yaml", `"1e3"`, "1000"), "faithful: "},
		"other argument":   {replace("kustomize/base/workloads/web/deployment.yaml", "- a\n", "- b\n"), "faithful: "},
		"other variable":   {replace("kustomize/base/workloads/web/deployment.yaml", "value: x", "value: z"), "faithful: "},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			_, v := compileSound(t)
			tc.plant(v.set)
			problem := checkEnvironment(v.set, "sound", sound().Base)
			if problem == nil || !strings.Contains(problem.Error(), tc.want) {
				t.Errorf("got %v, want %q", problem, tc.want)
			}
		})
	}
}

// What differs between two ways to compile a spec is seen.
func TestAloneSeesDifferences(t *testing.T) {
	for _, path := range []string{"cloudformation/sound/cluster.yaml", "kustomize/base/manifests/map.yaml"} {
		c, v := compileSound(t)
		if problem, err := c.alone(sound(), v.set, "sound"); problem != nil || err != nil {
			t.Fatal(problem, err)
		}
		v.set[path] = append(v.set[path], "extra: 1\n"...)
		if problem, err := c.alone(sound(), v.set, "sound"); err != nil || problem == nil || problem.Kind != "alone" {
			t.Errorf("%s: got %v, %v", path, problem, err)
		}
		if problem, err := c.again(sound(), v.set); err != nil || problem == nil || problem.Kind != "differs" {
			t.Errorf("%s: got %v, %v", path, problem, err)
		}
	}
}

func TestPlacedSeesFaults(t *testing.T) {
	w := written{files: map[string][]byte{"a.cue": []byte("one\ntwo\n")}}
	good := diag.Diagnostic{Pos: diag.Pos{File: "a.cue", Line: 2, Column: 4}, Code: diag.InvalidValue, Message: "no"}
	if problem := w.placed(diag.List{good}); problem != nil {
		t.Error(problem)
	}
	bad := map[string]func(*diag.Diagnostic){
		"no file":        func(d *diag.Diagnostic) { d.Pos.File = "" },
		"another file":   func(d *diag.Diagnostic) { d.Pos.File = "b.cue" },
		"no line":        func(d *diag.Diagnostic) { d.Pos.Line = 0 },
		"no such line":   func(d *diag.Diagnostic) { d.Pos.Line = 4 },
		"no such column": func(d *diag.Diagnostic) { d.Pos.Column = 5 },
		"no code":        func(d *diag.Diagnostic) { d.Code = "" },
		"a panic":        func(d *diag.Diagnostic) { d.Message = "CUE failed inside: x" },
	}
	for name, spoil := range bad {
		d := good
		spoil(&d)
		if w.placed(diag.List{good, d}) == nil {
			t.Errorf("%s is not seen", name)
		}
	}
}

func TestShrink(t *testing.T) {
	s := sound()
	s.Environments = map[string]map[string]any{"dev": maps.Clone(s.Base), "prod": {"cluster": map[string]any{"name": "p"}}}
	small := shrink(s, func(s Spec) bool {
		args, ok := get(s.Base, []string{"workloads", "web", "args"})
		return ok && len(args.([]any)) > 0
	})
	want := "package spec\nworkloads: web: {args: [\"\"]}\n"
	if got := string(small.CUE()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
