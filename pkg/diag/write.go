package diag

import (
	"fmt"
	"io"
	"strings"
)

// Formats lists the formats that Write knows, the default first.
func Formats() []string { return []string{"text", "json", "sarif", "github"} }

// Write writes the list in one of Formats, in the order that it has.
func Write(w io.Writer, format string, l List) error {
	switch format {
	case "text":
		return WriteText(w, l)
	case "json":
		return WriteJSON(w, l)
	case "sarif":
		return WriteSARIF(w, l)
	case "github":
		return WriteGitHub(w, l)
	}
	return fmt.Errorf("unknown format %q; known are %s", format, strings.Join(Formats(), ", "))
}
