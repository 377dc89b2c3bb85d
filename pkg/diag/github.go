package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// WriteGitHub writes a GitHub Actions workflow command for each diagnostic,
// which GitHub shows as an annotation of the line in question:
//
//	::error file=infra/cluster.cue,line=12,col=3,title=E0002::cluster.network: unknown field
//
// The escapes are those of the @actions/core package, command.ts.
func WriteGitHub(w io.Writer, l List) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b bytes.Buffer
	for _, d := range l {
		fmt.Fprintf(&b, "::%s ", d.Severity())
		if d.Pos.IsValid() {
			fmt.Fprintf(&b, "file=%s,", property.Replace(d.Pos.File))
		}
		if d.Pos.Line > 0 {
			fmt.Fprintf(&b, "line=%d,", d.Pos.Line)
		}
		if d.Pos.Column > 0 {
			fmt.Fprintf(&b, "col=%d,", d.Pos.Column)
		}
		fmt.Fprintf(&b, "title=%s::%s\n", property.Replace(string(d.Code)), data.Replace(d.sentence(false)))
	}
	_, err := w.Write(b.Bytes())
	return err
}
