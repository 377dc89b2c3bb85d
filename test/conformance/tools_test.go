package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseCfnLint(t *testing.T) {
	in := input{name: "a.yaml", path: "/tree/a.yaml"}
	asked := map[string]input{in.path: in}
	const out = `[
		{"Filename": "/tree/a.yaml", "Level": "Error", "Location": {"Start": {"LineNumber": 6}}, "Message": "no", "Rule": {"Id": "E3002"}},
		{"Filename": "/tree/a.yaml", "Level": "Warning", "Location": {"Start": {"LineNumber": 9}}, "Message": "hm", "Rule": {"Id": "W1"}},
		{"Filename": "/tree/a.yaml", "Level": "Informational", "Rule": {"Id": "I1"}}]`
	got, err := parseCfnLint([]byte(out), asked)
	if err != nil || len(got) != 2 || got[0] != (finding{in, 6, "E3002", "no", false}) || got[1] != (finding{in, 9, "W1", "hm", true}) {
		t.Errorf("got %v and error %v", got, err)
	}
	for _, out := range []string{"", "Traceback", `[{"Filename": "/other", "Rule": {"Id": "E1"}}]`, `[{"Filename": "/tree/a.yaml"}]`} {
		if _, err := parseCfnLint([]byte(out), asked); err == nil {
			t.Errorf("%q passed for output of cfn-lint", out)
		}
	}
}

func TestParseCfnValidate(t *testing.T) {
	in := input{name: "a.yaml"}
	report := func(status, version, diagnostics string) string {
		return `[{"status": "` + status + `", "version": "` + version + `", "diagnostics": [` + diagnostics + `]}]`
	}
	const fatal = `{"ruleId": "F3002", "severity": "FATAL", "message": "no", "startLine": 6}`
	got, err := parseCfnValidate([]byte(report("OK", cfnValidateVersion, fatal+`,{"ruleId": "I9001", "severity": "INFO"}`)), []input{in})
	if err != nil || len(got) != 1 || got[0] != (finding{in, 6, "F3002", "no", false}) {
		t.Errorf("got %v and error %v", got, err)
	}
	got, err = parseCfnValidate([]byte(report("ANALYSIS_INCOMPLETE", cfnValidateVersion, "")), []input{in})
	if err != nil || len(got) != 1 {
		t.Errorf("an incomplete analysis passed: %v and error %v", got, err)
	}
	for _, out := range []string{"", "[]", report("OK", "1.0.0", "")} {
		if _, err := parseCfnValidate([]byte(out), []input{in}); err == nil {
			t.Errorf("%q passed for reports on one template", out)
		}
	}
}

func TestInstalled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tool")
	installations := 0
	install := func(want string, result error) error {
		return installed(dir, want, func() error {
			installations++
			if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
				t.Errorf("found %v and error %v in place of an empty folder", entries, err)
			}
			if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o644); err != nil {
				t.Error(err)
			}
			return result
		})
	}
	steps := []struct {
		want    string
		result  error
		runs    int
		purpose string
	}{
		{"v1", errors.New("offline"), 1, "a failure"},
		{"v1", nil, 2, "another try after it"},
		{"v1", nil, 2, "what is there already"},
		{"v2", nil, 3, "another version"},
	}
	for _, step := range steps {
		if err := install(step.want, step.result); !errors.Is(err, step.result) {
			t.Errorf("%s: got error %v", step.purpose, err)
		}
		if installations != step.runs {
			t.Errorf("%s: %d installations, want %d", step.purpose, installations, step.runs)
		}
	}
}

func TestComplaint(t *testing.T) {
	tests := map[string]string{
		"":                                      "exit status 1",
		"\n one \n two \n\n":                    "two",
		"ERROR: no such version\nnotice: hello": "ERROR: no such version",
	}
	for s, want := range tests {
		if got := complaint(s, "exit status 1"); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestUnpackReportsADamagedArchive(t *testing.T) {
	if err := unpack([]byte("not gzip"), "", t.TempDir()); err == nil || strings.TrimSpace(err.Error()) == "" {
		t.Errorf("got error %v", err)
	}
}
