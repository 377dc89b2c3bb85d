package validate

import (
	"strings"
	"testing"
)

func TestSuggest(t *testing.T) {
	known := []string{"network", "natGateways", "id"}
	for name, want := range map[string]string{
		"netwrok":          "network",     // spelt much alike
		"networkInterface": "network",     // begins with it
		"nat":              "natGateways", // is its beginning
		"na":               "",            // too short for that
		"workloads":        "",
	} {
		if got := suggest(name, known); got != want {
			t.Errorf("suggest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestOwner(t *testing.T) {
	for _, tt := range []struct{ part, name, want string }{
		{"cluster", "natGateways", "cluster.network"},
		{"workloads", "natGateways", "cluster.network"},
		{"workloads", "crossZone", "workloads.<name>.service.loadBalancer.nlb"},
		{"cluster", "crossZone", ""}, // in workloads of several kinds
		{"cluster", "scaling", ""},   // in both kinds of node group
		{"cluster", "cluster", ""},   // at the top: nothing owns it
		{"cluster", "none", ""},
	} {
		if got := owner(tt.part, tt.name); got != tt.want {
			t.Errorf("owner(%q, %q) = %q, want %q", tt.part, tt.name, got, tt.want)
		}
	}
}

func TestBrief(t *testing.T) {
	for sentence, want := range map[string]string{
		"The AWS region.":             "the AWS region",
		"ARN of the key.":             "ARN of the key",
		"Who.":                        "who",
		"":                            "",
		strings.Repeat("a", 90) + ".": strings.Repeat("a", 90),
		strings.Repeat("a", 91) + ".": "",
	} {
		if got := brief(sentence); got != want {
			t.Errorf("brief(%q) = %q, want %q", sentence, got, want)
		}
	}
}
