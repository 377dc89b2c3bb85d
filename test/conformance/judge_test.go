package main

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// asked is a judge that says what findings returns for the inputs.
func asked(findings func([]input) []finding) judge {
	return judge{
		name:    "fake 1.0",
		inputs:  func(t tree) []input { return t.templates },
		planted: []plant{{input{name: "planted.yaml"}, "E1"}},
		install: func(context.Context) error { return nil },
		judge: func(_ context.Context, inputs []input) ([]finding, error) {
			return findings(inputs), nil
		},
	}
}

func TestRunRefusesAJudgeThatMissesThePlantedFault(t *testing.T) {
	tests := map[string]func(planted input) []finding{
		"accepts it":          func(input) []finding { return nil },
		"only warns":          func(in input) []finding { return []finding{{input: in, rule: "E1", warning: true}} },
		"names another rule":  func(in input) []finding { return []finding{{input: in, rule: "E2"}} },
		"names another input": func(input) []finding { return []finding{{input: input{name: "other"}, rule: "E1"}} },
	}
	for name, says := range tests {
		t.Run(name, func(t *testing.T) {
			j := asked(func(inputs []input) []finding { return says(inputs[0]) })
			_, err := j.run(t.Context(), nil)
			if err == nil || !strings.Contains(err.Error(), "planted.yaml") {
				t.Errorf("got error %v, which does not name the planted fault", err)
			}
		})
	}
}

func TestRunReportsWhatTheJudgeFinds(t *testing.T) {
	j := asked(func(inputs []input) []finding {
		return []finding{{input: inputs[0], rule: "E1", line: 3}, {input: inputs[0], rule: "W1", warning: true}}
	})
	r, err := j.run(t.Context(), []tree{{templates: []input{{name: "a.yaml"}, {name: "b.yaml"}}}})
	if err != nil {
		t.Fatal(err)
	}
	refused, unjudged := r.count()
	if len(r.inputs) != 2 || len(r.findings) != 2 || refused != 1 || unjudged != 0 {
		t.Errorf("got %d inputs, %d findings, %d refused and %d not judged, want 2, 2, 1 and 0", len(r.inputs), len(r.findings), refused, unjudged)
	}
}

func TestRunTellsThatTheJudgeBroke(t *testing.T) {
	j := asked(nil)
	j.judge = func(context.Context, []input) ([]finding, error) { return nil, errors.New("out of memory") }
	if _, err := j.run(t.Context(), nil); err == nil {
		t.Error("a judge that broke passed")
	}
}

func TestPrintResults(t *testing.T) {
	in := input{name: "a.yaml"}
	judged := result{judge: judge{name: "j 1"}, inputs: []input{in}}
	tests := map[string]struct {
		result result
		clean  bool
		print  string
	}{
		"accepted":         {judged, true, "j 1"},
		"refused":          {result{judged.judge, judged.inputs, []finding{{in, 7, "E1", "no", false}}, 0}, false, "a.yaml:7: E1: no [j 1]"},
		"not judged":       {result{judged.judge, judged.inputs, []finding{{in, 0, notJudged, "kind X", true}}, 0}, true, "not judged by j 1: 1 × kind X"},
		"nothing to judge": {result{judge: judged.judge}, false, "j 1"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			if got := printResults(&out, nil, []result{tc.result}); got != tc.clean {
				t.Errorf("got %v, want %v", got, tc.clean)
			}
			if !strings.Contains(out.String(), tc.print) {
				t.Errorf("%q is not in:\n%s", tc.print, out.String())
			}
		})
	}
}
