package diag

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

// object reads what WriteSARIF wrote without the types that wrote it.
type object = map[string]any

func sarif(t *testing.T, l List) (log, run object) {
	t.Helper()
	if err := json.Unmarshal([]byte(written(t, "sarif", l)), &log); err != nil {
		t.Fatal(err)
	}
	runs := log["runs"].([]any)
	if len(runs) != 1 {
		t.Fatalf("got %d runs, want 1", len(runs))
	}
	return log, runs[0].(object)
}

// TestSARIFRequired holds what the SARIF 2.1.0 schema requires, and what code
// scanning services require beyond it.
func TestSARIFRequired(t *testing.T) {
	for _, l := range []List{nil, sample} {
		log, run := sarif(t, l)
		if log["version"] != "2.1.0" || !strings.HasSuffix(log["$schema"].(string), "sarif-2.1.0.json") {
			t.Errorf("got version %v and schema %v", log["version"], log["$schema"])
		}
		driver := run["tool"].(object)["driver"].(object)
		if driver["name"] != "ekscc" {
			t.Errorf("got driver %v", driver["name"])
		}
		rules := driver["rules"].([]any)
		results := run["results"].([]any)
		if len(results) != len(l) {
			t.Fatalf("got %d results, want %d", len(results), len(l))
		}
		for _, r := range results {
			result := r.(object)
			rule := rules[int(result["ruleIndex"].(float64))].(object)
			if rule["id"] != result["ruleId"] {
				t.Errorf("ruleIndex of %v leads to %v", result["ruleId"], rule["id"])
			}
			if result["message"].(object)["text"] == "" {
				t.Errorf("result without text: %v", result)
			}
			if level := result["level"]; level != "error" && level != "warning" {
				t.Errorf("got level %v", level)
			}
		}
		for _, r := range rules {
			rule := r.(object)
			help, err := url.Parse(rule["helpUri"].(string))
			if err != nil || !help.IsAbs() || !strings.HasSuffix(help.Path, "/docs/rules.md") || help.Fragment != strings.ToLower(rule["id"].(string)) {
				t.Errorf("got help URI %v of %v", rule["helpUri"], rule["id"])
			}
			if rule["shortDescription"].(object)["text"] == "" {
				t.Errorf("rule %v without text", rule["id"])
			}
		}
	}
}

func TestSARIFResult(t *testing.T) {
	_, run := sarif(t, sample)
	results := run["results"].([]any)

	want := object{
		"ruleId": "E0002", "ruleIndex": 0.0, "level": "error",
		"message": object{"text": `cluster.network.natGateway: unknown field; did you mean "natGateways"?`},
		"locations": []any{object{
			"physicalLocation": object{
				"artifactLocation": object{"uri": "infra/cluster.cue"},
				"region":           object{"startLine": 12.0, "startColumn": 3.0},
			},
			"logicalLocations": []any{object{"fullyQualifiedName": "cluster.network.natGateway"}},
		}},
	}
	if got := results[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := results[4].(object)["locations"]; got != nil {
		t.Errorf("a diagnostic without a place has the locations %v", got)
	}
	// Zero is no line and no column in SARIF.
	if text := written(t, "sarif", sample); strings.Contains(text, `"startLine": 0`) || strings.Contains(text, `"startColumn": 0`) {
		t.Errorf("a region begins at zero:\n%s", text)
	}
}

func TestSARIFRulesAreThoseThatOccur(t *testing.T) {
	_, run := sarif(t, List{{Code: Load}, {Code: Syntax}, {Code: Load}})
	rules := run["tool"].(object)["driver"].(object)["rules"].([]any)
	if len(rules) != 2 || rules[0].(object)["id"] != "E0001" || rules[1].(object)["id"] != "E0008" {
		t.Errorf("got rules %v", rules)
	}
}

func TestFileURI(t *testing.T) {
	for file, want := range map[string]string{
		"infra/cluster.cue":   "infra/cluster.cue",
		"./infra/cluster.cue": "infra/cluster.cue",
		"../a b/c%.cue":       "../a%20b/c%25.cue",
		"a:b.cue":             "./a:b.cue",
		"/srv/größe.cue":      "file:///srv/gr%C3%B6%C3%9Fe.cue",
		"what?#.cue":          "what%3F%23.cue",
	} {
		if got := fileURI(file); got != want {
			t.Errorf("fileURI(%q) = %q, want %q", file, got, want)
		}
	}
}
