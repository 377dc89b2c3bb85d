package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
)

func TestAllow(t *testing.T) {
	network := input{name: "x/network.yaml", within: "cloudformation/dev/network.yaml"}
	tests := map[string]struct {
		finding finding
		kept    bool
	}{
		"the warning":       {finding{input: network, rule: "W1", warning: true}, false},
		"an error":          {finding{input: network, rule: "W1"}, true},
		"another rule":      {finding{input: network, rule: "W2", warning: true}, true},
		"another template":  {finding{input: input{within: "cloudformation/dev/cluster.yaml"}, rule: "W1", warning: true}, true},
		"without a warning": {finding{}, true},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			allowed := []exception{{Judge: "fake", Rule: "W1", Input: "cloudformation/*/network.yaml", Reason: "Because."}}
			r := result{judge: judge{name: "fake 1.0"}, findings: []finding{tc.finding}}
			r.allow(allowed)
			if kept := len(r.findings) == 1; kept != tc.kept {
				t.Errorf("kept is %v, want %v", kept, tc.kept)
			}
			if unused := printUnused(io.Discard, allowed); unused != tc.kept {
				t.Errorf("unused is %v, want %v", unused, tc.kept)
			}
		})
	}
}

func TestAllowOtherJudge(t *testing.T) {
	r := result{judge: judge{name: "other 1.0"}, findings: []finding{{rule: "W1", warning: true}}}
	r.allow([]exception{{Judge: "fake", Rule: "W1", Input: "*"}})
	if len(r.findings) != 1 {
		t.Error("an exception for one judge silenced another")
	}
}

func TestReadAllowed(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"committed list": {"[]", ""},
		"no reason":      {"[{judge: j, rule: r, input: i}]", "entry 1 needs"},
		"bad pattern":    {"[{judge: j, rule: r, input: '[', reason: Because.}]", "entry 1: input"},
		"unknown key":    {"[{judge: j, rule: r, input: i, reason: Because., level: E}]", "level"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{"allowed.yaml": tc.content})
			_, err := readAllowed(filepath.Join(dir, "allowed.yaml"))
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("got error %v, want %q", err, tc.want)
			}
		})
	}
	if _, err := readAllowed("allowed.yaml"); err != nil {
		t.Errorf("the committed list: %v", err)
	}
}
