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
			if f.rule == notJudged {
				continue
			}
			fmt.Fprintf(w, "%s [%s]\n", f, r.judge.name)
			clean = false
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "JUDGE\tINPUTS\tACCEPTED\tREFUSED\tNOT OR PARTLY JUDGED\tEXPLAINED WARNINGS\tPLANTED FAULTS REFUSED")
	for _, r := range results {
		refused, unjudged := r.count()
		fmt.Fprintf(table, "%s\t%d %s\t%d\t%d\t%d\t%d\t%d of %d\n", r.judge.name,
			len(r.inputs), r.judge.subject, len(r.inputs)-refused-unjudged, refused, unjudged, r.explained, len(r.judge.planted), len(r.judge.planted))
		if len(r.inputs) == 0 {
			clean = false
		}
	}
	table.Flush()
	printUnjudged(w, trees, results)
	return clean
}

// printUnjudged says what the trees hold that no judge looks at, or that one
// judge did not, and why.
func printUnjudged(w io.Writer, trees []tree, results []result) {
	unjudged := make(map[string]int)
	for _, t := range trees {
		for why, n := range t.unjudged {
			unjudged[why] += n
		}
	}
	printCounts(w, "not judged", unjudged)
	for _, r := range results {
		unjudged := make(map[string]int)
		for _, f := range r.findings {
			if f.rule == notJudged {
				unjudged[f.message]++
			}
		}
		printCounts(w, "not judged by "+r.judge.name, unjudged)
	}
}

func printCounts(w io.Writer, what string, counts map[string]int) {
	for _, why := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "%s: %d × %s\n", what, counts[why], why)
	}
}
