package diag

import (
	"encoding/json"
	"io"
)

// Report is what WriteJSON writes. Its shape is stable: fields may be added,
// but none is renamed, removed or given another meaning without a new Version.
type Report struct {
	// Version is the version of this shape: 1.
	Version int `json:"version"`
	// Diagnostics is never null.
	Diagnostics []Entry `json:"diagnostics"`
}

// Entry is one diagnostic of a Report. Every field is always present.
type Entry struct {
	// File is empty, and Line and Column are zero, where the place is unknown.
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Path is the field in question as FormatPath writes it, or empty.
	Path string `json:"path"`
	// Environments is empty where the problem does not depend on the
	// environment. It is never null.
	Environments []string `json:"environments"`
	Code         Code     `json:"code"`
	// Severity is "error" or "warning".
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	// Hint says what to do about it, or is empty.
	Hint string `json:"hint"`
}

// WriteJSON writes the list as one JSON object, a Report.
func WriteJSON(w io.Writer, l List) error {
	r := Report{Version: 1, Diagnostics: make([]Entry, len(l))}
	for i, d := range l {
		r.Diagnostics[i] = Entry{
			File:         d.Pos.File,
			Line:         d.Pos.Line,
			Column:       d.Pos.Column,
			Path:         FormatPath(d.Path),
			Environments: append([]string{}, d.Environments...),
			Code:         d.Code,
			Severity:     d.Severity(),
			Message:      d.Message,
			Hint:         d.Hint,
		}
	}
	return encode(w, r)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
