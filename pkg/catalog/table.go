package catalog

import (
	"strconv"
	"strings"
)

// A table is an embedded text: comment lines that begin with "#", then one
// line per entry, sorted by its first column. Tabs separate the columns, and
// "-" stands for an empty one. The text is searched as it lies there, so a
// program that looks nothing up pays nothing for it.
type table string

// find returns the columns of the entry named key.
func (t table) find(key string) ([]string, bool) {
	rows := t.body()
	for len(rows) > 0 {
		start := strings.LastIndexByte(rows[:len(rows)/2], '\n') + 1
		row, after, _ := strings.Cut(rows[start:], "\n")
		name, _, _ := strings.Cut(row, "\t")
		switch {
		case name == key:
			return columns(row), true
		case name < key:
			rows = after
		default:
			rows = rows[:start]
		}
	}
	return nil, false
}

// keys returns the first column of every entry, in the order of the table.
func (t table) keys() []string {
	rows := t.body()
	keys := make([]string, 0, strings.Count(rows, "\n"))
	for row := range strings.Lines(rows) {
		keys = append(keys, columns(row)[0])
	}
	return keys
}

// body is the table without the comments at its head.
func (t table) body() string {
	rows := string(t)
	for strings.HasPrefix(rows, "#") {
		_, rows, _ = strings.Cut(rows, "\n")
	}
	return rows
}

func columns(row string) []string {
	split := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
	for i, column := range split {
		if column == "-" {
			split[i] = ""
		}
	}
	return split
}

// number reads a count; an empty column, which means unknown, is zero.
func number(column string) int {
	n, _ := strconv.Atoi(column)
	return n
}
