package peer

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// docFile is the document; all after mark is made.
const (
	docFile = "../../docs/beside-eksctl.md"
	mark    = "<!-- made by go test ./test/peer -update -->\n"
)

// section is what the document says of a wish.
type section struct {
	wish wish
	// ours is how many resources ekscc's templates have.
	ours int
	// same are the keys in which both agree.
	same []string
	rows []row
}

// row is a difference.
type row struct{ key, theirs, ours, because string }

// total is how many resources an inventory's templates hold.
func total(counts map[string]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// document is the made part of the document.
func document(facts peer, sections []section) string {
	var doc strings.Builder
	fmt.Fprintf(&doc, "\neksctl as of %s, <%s>.\n", facts.Date, facts.Source)
	for _, s := range sections {
		fmt.Fprintf(&doc, "\n### %s\n\n", s.wish.Says)
		fmt.Fprintf(&doc, "eksctl creates %s", plural(total(s.wish.Resources), "resource", "resources"))
		if calls := total(s.wish.Calls); calls > 0 {
			fmt.Fprintf(&doc, " and %d by API calls", calls)
		}
		fmt.Fprintf(&doc, ", ekscc %d. %s.\n\n", s.ours, plural(len(s.same), "fact is the same", "facts are the same"))
		doc.WriteString("| What | eksctl | ekscc | Why |\n|---|---|---|---|\n")
		for _, r := range s.rows {
			fmt.Fprintf(&doc, "| %s | %s | %s | %s |\n", r.key, r.theirs, r.ours, strings.TrimSpace(r.because))
		}
	}
	return doc.String()
}

// checkDoc compares the document with what it should be, or writes it.
func checkDoc(t *testing.T, made string) {
	t.Helper()
	data, err := os.ReadFile(docFile)
	if err != nil {
		t.Fatal(err)
	}
	head, tail, found := strings.Cut(string(data), mark)
	if !found {
		t.Fatalf("%s lacks the line %s", docFile, mark)
	}
	if tail == made {
		return
	}
	if !*update {
		t.Fatalf("%s is not what the comparison says; go test ./test/peer -update writes it anew", docFile)
	}
	if err := os.WriteFile(docFile, []byte(head+mark+made), 0o644); err != nil {
		t.Fatal(err)
	}
}
