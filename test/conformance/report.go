package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// printResults writes every finding and then the table of what was judged. It
// reports whether all judges accepted everything, and had something to judge.
func printResults(w io.Writer, trees []tree, results []result) bool {
	clean := true
	for _, r := range results {
		for _, f := range r.findings {
			fmt.Fprintf(w, "%s [%s]\n", f, r.judge.name)
			clean = false
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "JUDGE\tINPUTS\tACCEPTED\tREFUSED\tEXPLAINED WARNINGS\tPLANTED FAULTS REFUSED")
	for _, r := range results {
		refused := r.refused()
		fmt.Fprintf(table, "%s\t%d %s\t%d\t%d\t%d\t%d of %d\n", r.judge.name,
			len(r.inputs), r.judge.subject, len(r.inputs)-refused, refused, r.explained, len(r.judge.planted), len(r.judge.planted))
		if len(r.inputs) == 0 {
			clean = false
		}
	}
	table.Flush()
	printUnjudged(w, trees)
	return clean
}

// printUnjudged says what the trees hold that no judge looks at, and why.
func printUnjudged(w io.Writer, trees []tree) {
	unjudged := make(map[string]int)
	for _, t := range trees {
		for why, n := range t.unjudged {
			unjudged[why] += n
		}
	}
	for _, why := range slices.Sorted(maps.Keys(unjudged)) {
		fmt.Fprintf(w, "not judged: %d × %s\n", unjudged[why], why)
	}
}
