package validate_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"

	"github.com/ekscc/ekscc/pkg/compile/load"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/compile/validate"
	"github.com/ekscc/ekscc/pkg/diag"
)

const good = `
cluster: {
	name:    *"demo" | string
	region:  "eu-west-1"
	account: *"111122223333" | string
	version: "1.35"
	network: vpc: cidr: "10.0.0.0/16"
	nodeGroups: general: {
		instanceTypes: ["m7g.large"]
		scaling: {min: 1, max: *3 | int}
	}
}
`

// source loads a spec from one file, or from several joined by "---\n".
func source(t testing.TB, files string) *load.Source {
	t.Helper()
	t.Chdir(t.TempDir())
	for i, content := range strings.Split(files, "---\n") {
		if err := os.WriteFile(string(rune('a'+i))+".cue", []byte("package demo\n"+content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	src, diags, err := load.Load(".", nil)
	if err != nil || len(diags) > 0 {
		t.Fatal(diags, err)
	}
	return src
}

// environments validates a spec without faults.
func environments(t testing.TB, files string) ([]validate.Environment, cue.Value) {
	t.Helper()
	envs, base, diags := validate.Validate(source(t, files))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return envs, base
}

// get returns what the spec says at path, as CUE writes it.
func get(v cue.Value, path string) string {
	v = v.LookupPath(cue.ParsePath(path))
	if !v.Exists() {
		return ""
	}
	data, err := v.MarshalJSON()
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func TestEnvironments(t *testing.T) {
	tests := []struct {
		name, files string
		want        map[string]string // environment to cluster.name
	}{
		{"none", good, map[string]string{"demo": "demo"}},
		{"empty", good + "environments: {}", map[string]string{"demo": "demo"}},
		{"some", good + "environments: {b: {}, a: cluster: name: \"x\"}", map[string]string{"a": "x", "b": "demo"}},
		{"pattern", good + "environments: [E=_]: cluster: name: \"m-\\(E)\"\nenvironments: {a: {}, b: {}}", map[string]string{"a": "m-a", "b": "m-b"}},
		{"comprehension", good + "environments: {for e in [\"a\", \"b\"] {(e): cluster: name: e}}", map[string]string{"a": "a", "b": "b"}},
		{"quoted", good + "environments: {\"eu-west-1.prod\": {}}", map[string]string{"eu-west-1.prod": "demo"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			envs, _ := environments(t, tt.files)
			got := map[string]string{}
			for _, env := range envs {
				got[env.Name] = strings.Trim(get(env.Value, "cluster.name"), `"`)
			}
			if len(got) != len(tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			for name, want := range tt.want {
				if got[name] != want {
					t.Errorf("got %v, want %v", got, tt.want)
				}
			}
		})
	}
}

// The spec's own references follow an environment and see the schema's
// defaults, and what the spec says beats them, a default of its own included.
func TestValues(t *testing.T) {
	const more = `
workloads: nginx: {
	image:     "nginx:1.29"
	replicas:  *2 | int
	namespace: string
	labels: host: "\(cluster.name).example.com"
	env: DISK:    "\(cluster.nodeGroups.general.volume.type)"
}
if cluster.endpoint.public {
	cluster: nodeGroups: public: {instanceTypes: ["t3.small"], scaling: {min: 0, max: 1}, volume: size: 30}
}
cluster: authenticationMode: "API" | *"CONFIG_MAP"
kubernetes: manifests: map: {apiVersion: "v1", kind: "ConfigMap", metadata: name: "map", data: a: [1, 2.5, null]}
environments: {
	dev: {}
	prod: {
		cluster: {name: "live", nodeGroups: general: scaling: max: 9}
		workloads: nginx: replicas: 5
	}
}
`
	envs, base := environments(t, good+more)
	tests := []struct{ path, base, dev, prod string }{
		{"workloads.nginx.replicas", "2", "2", "5"},
		{"workloads.nginx.namespace", `"default"`, `"default"`, `"default"`},
		{"workloads.nginx.labels.host", `"demo.example.com"`, `"demo.example.com"`, `"live.example.com"`},
		{"workloads.nginx.env.DISK", `"gp3"`, `"gp3"`, `"gp3"`},
		{"cluster.nodeGroups.general.scaling.max", "3", "3", "9"},
		{"cluster.nodeGroups.public.volume", `{"encrypted":true,"size":30,"type":"gp3"}`, `{"encrypted":true,"size":30,"type":"gp3"}`, `{"encrypted":true,"size":30,"type":"gp3"}`},
		{"cluster.authenticationMode", `"CONFIG_MAP"`, `"CONFIG_MAP"`, `"CONFIG_MAP"`},
		{"cluster.endpoint", `{"private":true,"public":true}`, `{"private":true,"public":true}`, `{"private":true,"public":true}`},
		{"cluster.nodeGroups.general.role", "{}", "{}", "{}"},
		{"kubernetes.manifests.map.data.a", "[1,2.5,null]", "[1,2.5,null]", "[1,2.5,null]"},
		{"cluster.vpcCNI", "", "", ""},
	}
	for _, tt := range tests {
		if got := get(base, tt.path); got != tt.base {
			t.Errorf("base: %s is %s, want %s", tt.path, got, tt.base)
		}
		if got := get(envs[0].Value, tt.path); got != tt.dev {
			t.Errorf("dev: %s is %s, want %s", tt.path, got, tt.dev)
		}
		if got := get(envs[1].Value, tt.path); got != tt.prod {
			t.Errorf("prod: %s is %s, want %s", tt.path, got, tt.prod)
		}
	}
}

func TestLocate(t *testing.T) {
	const more = `
environments: {
	dev: {}
	prod: cluster: {
		nodeGroups: general: scaling: max: 9
		nodeGroups: extra: {instanceTypes: ["t3.small"], scaling: {min: 0, max: 1}}
	}
}
---
cluster: tags: team: "core"
for e in ["a"] {cluster: tags: "\(e)-x": "y"}
`
	envs, _ := environments(t, good+more)
	pos := func(file string, line, column int) diag.Pos {
		return diag.Pos{File: file, Line: line, Column: column}
	}
	tests := []struct {
		path      string
		dev, prod diag.Pos
	}{
		{"cluster.region", pos("a.cue", 5, 2), pos("a.cue", 5, 2)},
		{"cluster.nodeGroups.general.scaling.max", pos("a.cue", 11, 21), pos("a.cue", 18, 33)},
		{"cluster.nodeGroups.general.scaling.desired", pos("a.cue", 11, 3), pos("a.cue", 11, 3)},
		{"cluster.nodeGroups.general.volume.size", pos("a.cue", 9, 14), pos("a.cue", 9, 14)},
		{"cluster.nodeGroups.general.instanceTypes.0", pos("a.cue", 10, 19), pos("a.cue", 10, 19)},
		{"cluster.nodeGroups.extra.volume", pos("a.cue", 9, 2), pos("a.cue", 19, 15)},
		{"cluster.tags.team", pos("b.cue", 2, 16), pos("b.cue", 2, 16)},
		{"cluster.tags.a-x", pos("b.cue", 3, 32), pos("b.cue", 3, 32)},
		{"kubernetes.namespaces", pos("a.cue", 1, 1), pos("a.cue", 1, 1)},
	}
	for _, tt := range tests {
		if got := envs[0].Locate(strings.Split(tt.path, ".")); got != tt.dev {
			t.Errorf("dev: %s is at %v, want %v", tt.path, got, tt.dev)
		}
		if got := envs[1].Locate(strings.Split(tt.path, ".")); got != tt.prod {
			t.Errorf("prod: %s is at %v, want %v", tt.path, got, tt.prod)
		}
	}
}

func TestTrusts(t *testing.T) {
	envs, _, _ := validate.Validate(source(t, `cluster: {
	name: "demo", netwrok: {}, region: 3, account: "111122223333", version: "1.35"
	bootstrapClusterCreatorAdminPermissions: "yes"
	nodeGroups: a: scaling: {min: 1, max: 2}
	nodeGroups: b: {instanceTypes: [], scaling: {min: "1", max: 2}, capacityType: "spot"}
}`))
	for path, want := range map[string]bool{
		"cluster.region":                      false, // reported
		"cluster":                             false, // around it
		"cluster.version":                     true,
		"cluster.network":                     false, // what netwrok was meant to be
		"cluster.network.vpc.cidr":            false,
		"cluster.netwrok":                     false,
		"cluster.nodeGroups.a":                false, // holds a missing field
		"cluster.nodeGroups.a.scaling":        true,
		"cluster.nodeGroups.a.scaling.min":    true,
		"cluster.nodeGroups.b.scaling.max":    false, // beside an unknown number
		"cluster.nodeGroups.b.capacityType":   false,
		"cluster.nodeGroups.b.maxUnavailable": true, // beside an unknown string
		"cluster.nodeGroups.b.instanceTypes":  true,
		"workloads":                           true,
	} {
		if got := envs[0].Trusts(strings.Split(path, ".")); got != want {
			t.Errorf("Trusts(%s) = %v", path, got)
		}
	}
	envs, _, _ = validate.Validate(source(t, `workloads: a: image: "nginx:1.29"`))
	if envs[0].Trusts([]string{"workloads", "a", "image"}) {
		t.Error("something is trusted without a cluster")
	}
}

// Neither the order of fields nor their distribution over files makes a
// difference to the values, or to what is reported.
func TestOrder(t *testing.T) {
	parts := []string{
		"cluster: region: \"eu-west-1\"\n", "cluster: {name: \"x\", account: 1}\n", "cluster: version: \"1.35\"\n",
		"cluster: version: \"1.34\"\n", "cluster: nodeGroup: a: {}\n", "workloads: w: {}\n", "environments: {b: {}, a: workloads: w: image: 3}\n",
	}
	messages := func(files string) []string {
		_, _, diags := validate.Validate(source(t, files))
		var list []string
		for _, d := range diags {
			list = append(list, diag.FormatPath(d.Path)+": "+string(d.Code)+" "+d.Hint+strings.Join(d.Environments, ","))
		}
		slices.Sort(list)
		return list
	}
	want := messages(strings.Join(parts, ""))
	if len(want) != 8 {
		t.Errorf("got %q", want)
	}
	slices.Reverse(parts)
	for _, separator := range []string{"", "---\n"} {
		if got := messages(strings.Join(parts, separator)); !slices.Equal(got, want) {
			t.Errorf("separated by %q: got %q, want %q", separator, got, want)
		}
	}
}

func BenchmarkLoadValidateDecode(b *testing.B) {
	source(b, good+"environments: {dev: {}, qa: {}, prod: cluster: nodeGroups: general: scaling: max: 5}")
	for b.Loop() {
		src, _, err := load.Load(".", nil)
		if err != nil {
			b.Fatal(err)
		}
		envs, base, diags := validate.Validate(src)
		if len(diags) > 0 || len(envs) != 3 {
			b.Fatal(diags)
		}
		for _, env := range envs {
			if _, err := spec.Decode(env.Value); err != nil {
				b.Fatal(err)
			}
		}
		spec.DecodePartial(base)
	}
}
