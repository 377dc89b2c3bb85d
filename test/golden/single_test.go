package golden_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// TestSingle puts every example and golden case that is a CUE package and says
// nothing of stacks into one template, which must be as sound as the many.
func TestSingle(t *testing.T) {
	tried := 0
	for _, dir := range specs(t) {
		pkg := packageOf(t, dir)
		if name := filepath.Base(dir); pkg == "" || name == "raw-resources" || name == "single-template" {
			continue
		}
		tried++
		t.Run(filepath.Base(dir), func(t *testing.T) {
			model, set := compiled(t, withExtra(t, dir, pkg, `cluster: layout: "single"`))
			for _, environment := range model.Environments {
				file := "cloudformation/" + environment.Name + "/cluster.yaml"
				for _, problem := range catalog.CheckTemplate(template(t, set[file])) {
					t.Errorf("%s: %v", file, problem)
				}
				if strings.Contains(string(set[file]), "!ImportValue") || len(environment.Stacks) != 1 {
					t.Errorf("%s: something is left in another of %d stacks", file, len(environment.Stacks))
				}
			}
		})
	}
	if tried < 5 {
		t.Errorf("tried %d specs only", tried)
	}
}

var packageClause = regexp.MustCompile(`(?m)^package (\w+)`)

// packageOf is the name of the CUE package in dir, or empty.
func packageOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.cue"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if clause := packageClause.FindStringSubmatch(read(t, file)); clause != nil {
			return clause[1]
		}
	}
	return ""
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
