package diff

import (
	"bytes"
	"slices"
)

// change says that the lines old[x0:x1] became the lines new[y0:y1].
type change struct{ x0, x1, y0, y1 int }

// changes compares two files line by line. The result is in order, no two
// changes touch, and for up to maxEdits changed lines it is as short as can
// be. Libraries were tried: matching only lines that are unique rewrites whole
// lists of alike entries, of which templates are full, and the diff of
// golang.org/x/tools stops looking for the shortest script at 100 edits.
func changes(old, new []string) []change {
	a, b := number(old, new)
	kept := matches(a, b)
	var list []change
	x, y := 0, 0
	for _, m := range append(kept, run{len(a), len(b), 0}) {
		if m.x > x || m.y > y {
			list = append(list, change{x, m.x, y, m.y})
		}
		x, y = m.x+m.n, m.y+m.n
	}
	return list
}

// lines splits a file after each newline. Only the last line can lack one.
func lines(data []byte) []string {
	var list []string
	for line := range bytes.Lines(data) {
		list = append(list, string(line))
	}
	return list
}

// number gives equal lines equal numbers, which are faster to compare.
func number(old, new []string) (a, b []int) {
	ids := make(map[string]int, len(old))
	of := func(text []string) []int {
		list := make([]int, len(text))
		for i, line := range text {
			id, ok := ids[line]
			if !ok {
				id = len(ids)
				ids[line] = id
			}
			list[i] = id
		}
		return list
	}
	return of(old), of(new)
}

// run says that a[x:x+n] equals b[y:y+n].
type run struct{ x, y, n int }

// matches returns a longest common subsequence of a and b as runs in order.
// Where it takes more than maxEdits edits to get from a to b, it is found in
// stretches, and only each stretch is best.
func matches(a, b []int) []run {
	var runs []run
	for x, y := 0, 0; x < len(a) && y < len(b); {
		found, dx, dy := stretch(a[x:], b[y:])
		for _, r := range found {
			runs = append(runs, run{x + r.x, y + r.y, r.n})
		}
		x, y = x+dx, y+dy
	}
	return runs
}

// maxEdits bounds the time and memory of a stretch, which grow with its square.
const maxEdits = 1024

// stretch is the greedy algorithm of Eugene W. Myers, "An O(ND) Difference
// Algorithm and Its Variations", 1986: after d edits, how far can each
// diagonal k = x-y of the edit graph be followed? It returns the matches on
// the way to the end of a and b, or on the way to the furthest point that
// maxEdits edits lead to, and that point.
func stretch(a, b []int) (found []run, x, y int) {
	var reached [][]int // reached[d][i] is the x on diagonal 2*i-d
	for d := 0; ; d++ {
		row := make([]int, d+1)
		reached = append(reached, row)
		best, bestSum := -1, -1
		for i := range row {
			k := 2*i - d
			x := 0
			if d > 0 {
				x, _ = step(reached[d-1], i)
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			row[i] = x
			// Paths that leave the graph are followed, but never taken.
			if inside := x <= len(a) && x-k <= len(b); inside && 2*x-k > bestSum {
				best, bestSum = i, 2*x-k
			}
		}
		if bestSum == len(a)+len(b) || d == maxEdits {
			x = row[best]
			return retrace(reached, best), x, x - (2*best - d)
		}
	}
}

// step returns where the next edit leads on the i-th diagonal: from the one
// above by inserting a line, or from the one below by deleting one. from is
// the index of the diagonal that it came from.
func step(row []int, i int) (x, from int) {
	if i == 0 || i < len(row) && row[i-1] < row[i] {
		return row[i], i
	}
	return row[i-1] + 1, i - 1
}

// retrace collects the matches on the way to the last row's i-th diagonal.
func retrace(reached [][]int, i int) []run {
	var runs []run
	for d := len(reached) - 1; d >= 0; d-- {
		x, from := 0, 0
		if d > 0 {
			x, from = step(reached[d-1], i)
		}
		if end := reached[d][i]; end > x {
			runs = append(runs, run{x, x - (2*i - d), end - x})
		}
		i = from
	}
	slices.Reverse(runs)
	return runs
}
