// Package diag holds what ekscc has to say about a spec: diagnostics with a
// position, a path and a stable code, and the printers for them.
//
// It knows nothing of CUE, of AWS or of the other packages of ekscc.
package diag

import (
	"cmp"
	"slices"
)

// Severity says whether a diagnostic stops a compilation.
type Severity string

// An error stops a compilation; a warning is reported and can be suppressed.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Pos is a place in a source file. Line and Column count from 1; Column
// counts bytes. The zero Pos means that the place is unknown.
type Pos struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// IsValid reports whether p names a place.
func (p Pos) IsValid() bool { return p.File != "" }

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Diagnostic is one thing to say about a spec.
type Diagnostic struct {
	Pos Pos
	// Path is the field in question, outermost name first. It may be empty.
	Path []string
	// Environments names the environments in which the problem shows. It is
	// empty where the problem does not depend on the environment.
	Environments []string
	Code         Code
	// Message is one clause: lower case, no full stop.
	Message string
	// Hint says what to do about it. It may be empty.
	Hint string
}

// Severity is the severity that the diagnostic's code stands for.
func (d Diagnostic) Severity() Severity { return d.Code.Severity() }

// List is a list of diagnostics.
type List []Diagnostic

// HasErrors reports whether any of the diagnostics is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity() == Error })
}

// Sort orders the list by position, then path, then code, and drops repeats.
func (l List) Sort() List {
	slices.SortStableFunc(l, compare)
	return slices.CompactFunc(l, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		a.Pos.Compare(b.Pos),
		slices.Compare(a.Path, b.Path),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Hint, b.Hint),
		slices.Compare(a.Environments, b.Environments),
	)
}
