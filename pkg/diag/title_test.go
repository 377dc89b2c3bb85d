package diag

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// constants reads the codes and their comments from code.go.
func constants(t *testing.T) []title {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var found []title
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, title{Code(code), strings.TrimSpace(spec.Comment.Text())})
		return false
	})
	return found
}

func TestTitles(t *testing.T) {
	want := constants(t)
	for i := range max(len(want), len(titles)) {
		switch {
		case i >= len(titles), i < len(want) && titles[i] != want[i]:
			t.Fatalf("titles[%d] should be {%s, %q}, as in code.go", i, want[i].code, want[i].text)
		case i >= len(want):
			t.Fatalf("titles[%d] is not in code.go: %s", i, titles[i].code)
		}
	}
}

func TestCodes(t *testing.T) {
	codes := Codes()
	form := regexp.MustCompile(`^[EW][0-9]{4}$`)
	for _, c := range codes {
		if !form.MatchString(string(c)) || c.Title() == "" {
			t.Errorf("code %q with title %q", c, c.Title())
		}
	}
	// A number is used once, whatever the letter, and numbers ascend.
	if !slices.IsSortedFunc(codes, func(a, b Code) int { return cmp.Compare(a[1:], b[1:]) }) {
		t.Errorf("codes out of order: %v", codes)
	}
	if n := len(slices.CompactFunc(slices.Clone(codes), func(a, b Code) bool { return a[1:] == b[1:] })); n != len(codes) {
		t.Errorf("%d codes share a number with another", len(codes)-n)
	}
	if got := Code("E9999").Title(); got != "" {
		t.Errorf("a code that does not exist has the title %q", got)
	}
}

// TestRulesDocumented holds that docs/rules.md has a section for each code, in
// order, which begins with the code's title, and none for anything else.
func TestRulesDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := regexp.MustCompile(`(?m)^### (.*)$`).FindAllSubmatchIndex(doc, -1)
	var got []Code
	for i, s := range sections {
		code := Code(doc[s[2]:s[3]])
		got = append(got, code)
		end := len(doc)
		if i+1 < len(sections) {
			end = sections[i+1][0]
		}
		text := strings.ReplaceAll(strings.Join(strings.Fields(string(doc[s[1]:end])), " "), "`", "")
		title, rest, _ := strings.Cut(strings.TrimPrefix(text, "**"), ".** ")
		if !strings.EqualFold(title, code.Title()) {
			t.Errorf("docs/rules.md: %s begins with %q, want its title, %q", code, title, code.Title())
		}
		if len(rest) < 80 {
			t.Errorf("docs/rules.md says too little about %s: %q", code, rest)
		}
	}
	for i, c := range Codes() {
		if i >= len(got) || got[i] != c {
			t.Fatalf("docs/rules.md lacks a section ### %s, %s, in its place", c, c.Title())
		}
	}
	if len(got) > len(Codes()) {
		t.Errorf("docs/rules.md explains codes that do not exist: %v", got[len(Codes()):])
	}
}
