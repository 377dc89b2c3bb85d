package walls

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// allowed lists, for each part of the repository, which packages of ours its
// code may import besides those below itself: cmd knows the stages, the stages
// know the model, the model knows nobody. Tests may look anywhere.
var allowed = []part{
	{"cmd/ekscc", []string{"pkg/compile", "pkg/emit", "pkg/diff", "pkg/ir", "pkg/diag", "pkg/catalog", "schemas"}},
	{"pkg/compile", []string{"pkg/ir", "pkg/diag", "pkg/catalog", "pkg/canon", "schemas", "internal/lazyregexp"}},
	{"pkg/emit", []string{"pkg/ir", "pkg/diag", "pkg/catalog", "pkg/canon", "internal/lazyregexp"}},
	{"pkg/diff", []string{"pkg/ir", "pkg/diag", "pkg/catalog"}},
	{"pkg/canon", nil},
	{"pkg/catalog", nil},
	{"pkg/ir", nil},
	{"pkg/diag", nil},
	{"schemas", nil},
	{"internal", nil},
}

// part is a part of the repository: a folder, and what of ours it may import.
type part struct {
	dir  string
	ours []string
}

// confined lists modules that only some parts may import, tests included:
// beyond them nobody depends on how they represent a value.
var confined = []struct {
	module string
	within []string
}{
	{"cuelang.org/go", []string{"pkg/compile", "schemas"}},
	{"github.com/awslabs/goformation", []string{"pkg/emit/cfn"}},
	{"sigs.k8s.io/kustomize", []string{"pkg/emit/kustomize"}},
	{"github.com/urfave/cli", []string{"cmd/ekscc"}},
}

func TestImports(t *testing.T) {
	holds(t, ownImports)
	holds(t, confinedImports)
}

func TestImportsSeesViolations(t *testing.T) {
	importing := func(path string) string { return "package x\nimport _ \"" + path + "\"\n" }
	sees(t, ownImports, []planted{
		{"pkg/ir/x.go", importing(module + "/pkg/diag"), "pkg/ir may not import pkg/diag"},
		{"pkg/diag/x.go", importing(module + "/pkg/ir"), "pkg/diag may not import pkg/ir"},
		{"pkg/diff/x.go", importing(module + "/pkg/emit"), "pkg/diff may not import pkg/emit"},
		{"pkg/emit/cfn/x.go", importing(module + "/pkg/compile/spec"), "may not import pkg/compile/spec"},
		{"pkg/compile/load/x.go", importing(module + "/pkg/emit"), "may not import pkg/emit"},
		{"pkg/emit/x.go", importing(module + "/schemas"), "may not import schemas"},
		{"pkg/irrelevant/x.go", importing(module + "/pkg/ir"), "pkg/irrelevant is in no part"},
		{"cmd/ekscc/x.go", importing(module + "/pkg/compile"), ""},
		{"pkg/compile/x.go", importing(module + "/pkg/compile/load"), ""},
		{"pkg/diff/x_test.go", importing(module + "/pkg/emit"), ""},
		{"test/bench/x.go", importing(module + "/pkg/emit"), ""},
	})
	sees(t, confinedImports, []planted{
		{"pkg/emit/x.go", importing("cuelang.org/go/cue"), "cuelang.org/go/cue belongs"},
		{"pkg/emit/x_test.go", importing("cuelang.org/go/cue"), "cuelang.org/go/cue belongs"},
		{"pkg/ir/x.go", importing("github.com/awslabs/goformation/v7/cloudformation"), "belongs in pkg/emit/cfn"},
		{"pkg/emit/cfn/x.go", importing("sigs.k8s.io/kustomize/kyaml/yaml"), "belongs in pkg/emit/kustomize"},
		{"pkg/compile/load/x.go", importing("cuelang.org/go/cue"), ""},
		{"pkg/emit/cfn/x.go", importing("sigs.k8s.io/yaml"), ""},
	})
}

// ownImports reports imports against the direction that allowed lays down.
// What judges and measures the compiler from outside may import all of it.
func ownImports(f file) []string {
	if f.isTest() || below(f.dir(), "test") || f.dir() == "." {
		return nil
	}
	i := slices.IndexFunc(allowed, func(p part) bool { return below(f.dir(), p.dir) })
	if i < 0 {
		return []string{f.path + ": " + f.dir() + " is in no part that internal/walls knows; say there what it may import"}
	}
	var violations []string
	for _, importPath := range slices.Sorted(maps.Keys(f.imports())) {
		ours, isOurs := strings.CutPrefix(importPath, module+"/")
		if isOurs && !below(ours, allowed[i].dir) && !below(ours, allowed[i].ours...) {
			violations = append(violations, f.path+": "+allowed[i].dir+" may not import "+ours)
		}
	}
	return violations
}

// confinedImports reports imports of a module outside the parts it is for.
func confinedImports(f file) []string {
	if f.dir() == "." {
		return nil
	}
	var violations []string
	for _, importPath := range slices.Sorted(maps.Keys(f.imports())) {
		for _, c := range confined {
			if below(importPath, c.module) && !below(f.dir(), c.within...) {
				violations = append(violations, f.path+": "+importPath+" belongs in "+strings.Join(c.within, ", "))
			}
		}
	}
	return violations
}
