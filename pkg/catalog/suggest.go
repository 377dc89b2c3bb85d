package catalog

import (
	"fmt"
	"strings"
)

// Suggest returns the known name that is nearest to name, or "" if none is
// near enough to be what somebody meant: a third of the letters may differ, at
// most four, and a swap of two neighbours counts as one difference. Of names
// equally near the first wins. A name that differs only in case is the nearest.
func Suggest(name string, known []string) string {
	if name == "" {
		return ""
	}
	limit := min(max(1, len(name)/3), 4)
	best := ""
	for _, candidate := range known {
		if strings.EqualFold(candidate, name) {
			return candidate
		}
		if len(candidate) > len(name)+limit || len(name) > len(candidate)+limit {
			continue // the lengths alone differ too much
		}
		if d := distance(name, candidate); d <= limit {
			best, limit = candidate, d-1
		}
	}
	return best
}

// DidYouMean is the hint for a name that is none of those known: which of them
// may have been meant, or "" where none is near.
func DidYouMean(name string, known []string) string {
	if near := Suggest(name, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// distance is the optimal string alignment distance of a and b: how many
// letters to insert, delete, replace or swap with their neighbour.
func distance(a, b string) int {
	// Row i holds the distances between the first i letters of a and each
	// prefix of b; a swap looks back two rows.
	row, last, before := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		row, last, before = before, row, last
		row[0] = i + 1
		for j := range len(b) {
			replace := last[j]
			if a[i] != b[j] {
				replace++
			}
			row[j+1] = min(replace, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
