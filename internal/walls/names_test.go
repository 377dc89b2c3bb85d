package walls

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

// vague are words that say nothing about what a package or a file is about.
var vague = []string{"util", "utils", "helper", "helpers", "common", "manager", "misc", "shared", "stuff"}

func TestNames(t *testing.T) {
	holds(t, names)
}

func TestDocumented(t *testing.T) {
	holds(t, documented)
}

func TestNamesSeesViolations(t *testing.T) {
	sees(t, names, []planted{
		{"pkg/util/x.go", "package util\n", "util"},
		{"pkg/x/helpers_test.go", "package x\n", "helpers"},
		{"pkg/x/node_manager.go", "package x\n", "manager"},
		{"pkg/x/utility.go", "package x\n", ""},
		{"pkg/x/network.go", "package x\n", ""},
	})
}

func TestDocumentedSeesViolations(t *testing.T) {
	sees(t, documented, []planted{
		{"pkg/x/x.go", "package x\nfunc F() {}\n", "x.go:2: F has no doc comment"},
		{"pkg/x/x.go", "package x\ntype T int\n", "T has no doc comment"},
		{"pkg/x/x.go", "package x\n// T is.\ntype T int\nfunc (t *T) M() {}\n", "M has no doc comment"},
		{"pkg/x/x.go", "package x\nconst (\n\tA = 1\n)\n", "A has no doc comment"},
		{"pkg/x/x.go", "package x\n// Letters.\nconst (\n\tA = 1\n)\n", ""},
		{"pkg/x/x.go", "package x\nconst A = 1 // the first\n", ""},
		{"pkg/x/x.go", "package x\ntype t int\nfunc (t t) M() {}\nfunc f() {}\n", ""},
		{"cmd/ekscc/x.go", "package main\nfunc F() {}\n", ""},
	})
}

// names reports packages and files named after nothing in particular.
func names(f file) []string {
	var violations []string
	words := append(strings.Split(f.dir(), "/"), f.syntax.Name.Name)
	words = append(words, strings.Split(strings.TrimSuffix(path.Base(f.path), ".go"), "_")...)
	for _, word := range words {
		if slices.Contains(vague, word) {
			violations = append(violations, fmt.Sprintf("%s: %q says nothing about what is in it", f.path, word))
		}
	}
	return violations
}

// documented reports exported names of packages, not of programs, that have
// no doc comment.
func documented(f file) []string {
	if f.isTest() || f.generated() || f.syntax.Name.Name == "main" {
		return nil
	}
	var violations []string
	missing := func(id *ast.Ident, docs ...*ast.CommentGroup) {
		written := slices.ContainsFunc(docs, func(doc *ast.CommentGroup) bool { return doc != nil })
		if id.IsExported() && !written {
			violations = append(violations, fmt.Sprintf("%s: %s has no doc comment", f.at(id), id.Name))
		}
	}
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil || token.IsExported(receiver(decl)) {
				missing(decl.Name, decl.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					missing(spec.Name, decl.Doc, spec.Doc, spec.Comment)
				case *ast.ValueSpec:
					for _, id := range spec.Names {
						missing(id, decl.Doc, spec.Doc, spec.Comment)
					}
				}
			}
		}
	}
	return violations
}
