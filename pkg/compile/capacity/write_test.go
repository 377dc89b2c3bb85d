package capacity

import (
	"strings"
	"testing"
)

func written(t *testing.T, format string, reports []Report) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, format, reports); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A cell that Markdown would read as two stays one.
func TestMarkdownCells(t *testing.T) {
	r := Report{Groups: []Group{{Name: "a|b", Because: "x"}}}
	if got := written(t, "markdown", []Report{r}); !strings.Contains(got, `| a\|b`) {
		t.Errorf("a name with a bar:\n%s", got)
	}
}

func TestEmptyJSON(t *testing.T) {
	const want = "{\n  \"version\": 1,\n  \"clusters\": []\n}\n"
	if got := written(t, "json", nil); got != want {
		t.Errorf("no cluster: %q, want %q", got, want)
	}
}

// A number that is not known is no 0.
func TestUnknownNumbers(t *testing.T) {
	r := Report{
		Groups:    []Group{{Name: "new", Unknown: []string{"m9zz.large"}}},
		Subnets:   []Subnet{{Tier: "private", Name: "a", Result: Unknown}},
		Workloads: []Workload{{Name: "web", Replicas: 3}},
	}
	got := written(t, "text", []Report{r})
	for _, want := range []string{"not known: m9zz.large", "unknown", "web          3       ?"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if !r.Fits() {
		t.Error("what is not known does not fit")
	}
}
