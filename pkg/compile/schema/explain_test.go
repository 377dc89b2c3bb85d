package schema

import (
	"slices"
	"strings"
	"testing"
)

func TestExplainPaths(t *testing.T) {
	tests := []struct {
		path string
		want string // the first line of the page
	}{
		{"cluster", "cluster"},
		{"cluster.nodeGroups.scaling", "cluster.nodeGroups.<name>.scaling"},
		{"cluster.nodeGroups.general.scaling.min", "cluster.nodeGroups.<name>.scaling.min"},
		{"cluster.nodeGroups.*.scaling", "cluster.nodeGroups.<name>.scaling"},
		{"cluster.nodeGroups.general", "cluster.nodeGroups.<name>"},
		// A group that is called as a field of groups is.
		{"cluster.nodeGroups.labels.scaling.min", "cluster.nodeGroups.<name>.scaling.min"},
		{`cluster.nodeGroups."my.group".scaling`, "cluster.nodeGroups.<name>.scaling"},
		{"cluster.tags.team", "cluster.tags.<name>"},
		{"cluster.addons.coredns.configuration.replicaCount", "cluster.addons.coredns.configuration.replicaCount"},
		{"cluster.addons.coredns.version", "cluster.addons.coredns.version"},
		{"cluster.addons.seller_product.version", "cluster.addons.<name>.version"},
		{"cluster.addons.version", "cluster.addons.<name>.version"},
		{"cluster.addons.*", "cluster.addons.<name>"},
		{"lint.suppress.code", "lint.suppress[].code"},
		{"lint.suppress[0].code", "lint.suppress[].code"},
		{"lint.suppress.0.code", "lint.suppress[].code"},
		{"cluster.network.availabilityZones[1]", "cluster.network.availabilityZones[]"},
		{"kubernetes.manifests.settings.data.key", "kubernetes.manifests.<name>.data.key"},
		{"environments.prod.cluster.version", "environments.<name>.cluster.version"},
		{"environments.cluster.version", "environments.<name>.cluster.version"},
	}
	for _, tt := range tests {
		page, err := Explain(tt.path)
		if err != nil {
			t.Errorf("Explain(%q): %v", tt.path, err)
			continue
		}
		if got, _, _ := strings.Cut(page, "\n"); got != tt.want {
			t.Errorf("Explain(%q) is about %s, want %s", tt.path, got, tt.want)
		}
		if strings.Contains(page, "\n\n\n") {
			t.Errorf("Explain(%q) has a gap where documentation should be:\n%s", tt.path, page)
		}
	}
}

func TestExplainErrors(t *testing.T) {
	tests := map[string]string{
		"clster":                        `the spec has no field "clster"; did you mean "cluster"?`,
		"cluster.zzz":                   `cluster has no field "zzz"`,
		"cluster.nodeGroups.scalng.min": `cluster.nodeGroups.<name> has no field "scalng"; did you mean "scaling"?`,
		"cluster.nodeGroups.a.scaling.mn": `cluster.nodeGroups.<name>.scaling has no field "mn"; ` +
			`did you mean "min"?`,
		"cluster.addons.corends.configuraton": `cluster.addons.<name> has no field "configuraton"; did you mean "configuration"?`,
		"cluster.name.first":                  `cluster.name is a string and has no field "first"`,
		"lint.suppress.cod":                   `lint.suppress[] has no field "cod"; did you mean "code"?`,
		"environments.a.environments.b":       `environments.<name> has no field "environments"`,
		`cluster."name`:                       `path cluster."name has a quotation mark without its match`,
	}
	for path, want := range tests {
		if _, err := Explain(path); err == nil || err.Error() != want {
			t.Errorf("Explain(%q) = %v, want %s", path, err, want)
		}
	}
}

func TestExplainFacts(t *testing.T) {
	tests := map[string][]string{
		"cluster.nodeGroups.capacityType": {"type      string", `allowed   "ON_DEMAND", "SPOT", "CAPACITY_BLOCK"`, `default   "ON_DEMAND"`},
		"cluster.account":                 {"matches   ^[0-9]{12}$", "required  yes"},
		"cluster.logging.types":           {"type      list of string", `allowed   "api", "audit", `, "required  yes"},
		"cluster.network.subnets.public":  {"type      map of object", "fields of each:"},
		"cluster.addons.configuration":    {"type      map of any"},
		"cluster.addons":                  {"  coredns  ", "  <name>  "},
		"cluster.endpoint.public":         {"type      bool", "default   true"},
		"cluster.secretsEncryption.key.pendingWindowDays": {
			"type      int", "default   30",
		},
	}
	for path, want := range tests {
		page, err := Explain(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if !strings.Contains(page, line) {
				t.Errorf("Explain(%q) lacks %q:\n%s", path, line, page)
			}
		}
	}
}

// In an environment a field need not be said, because the base says it.
func TestExplainEnvironmentRequiresNothing(t *testing.T) {
	for _, path := range []string{"environments", "environments.cluster", "environments.prod.cluster.account"} {
		page, err := Explain(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(page, "required") {
			t.Errorf("Explain(%q) says that something is required:\n%s", path, page)
		}
	}
}

// Every path that completion offers is one that explain knows, and has
// documentation.
func TestPathsAreExplained(t *testing.T) {
	paths := Paths()
	if !slices.Contains(paths, "cluster.nodeGroups.scaling.min") || slices.Contains(paths, "environments.cluster") {
		t.Errorf("unexpected paths %q", paths)
	}
	for _, path := range paths {
		names, err := split(path)
		if err != nil {
			t.Fatal(err)
		}
		topic, err := find(whole(), names)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if topic.doc == "" {
			t.Errorf("%s has no documentation", path)
		}
	}
}

func TestWrap(t *testing.T) {
	got := wrap("one two three\n\nabcdefghijkl m", 8)
	if want := "one two\nthree\n\nabcdefghijkl\nm"; got != want {
		t.Errorf("wrap = %q, want %q", got, want)
	}
}

func FuzzExplain(f *testing.F) {
	for _, path := range []string{"cluster.nodeGroups.a", `a."b.c".d`, "lint.suppress[0]", "..", "environments.environments.environments"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		names, err := split(path)
		if err != nil {
			return
		}
		if topic, err := find(whole(), names); err == nil && topic.page() == "" {
			t.Errorf("nothing to say about %q", path)
		}
	})
}
