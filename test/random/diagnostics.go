package random

import (
	"bytes"
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
)

// placed checks that each diagnostic says something, and that its position is
// inside the spec.
func (w written) placed(diags diag.List) *Problem {
	for _, d := range diags {
		if d.Message == "" || d.Code == "" || strings.Contains(d.Message, "failed inside") || strings.Contains(d.Message, "within 10 seconds") {
			return problemf("diagnostic", "%+v", d)
		}
		content, ok := w.files[d.Pos.File]
		if !ok {
			return problemf("position", "no such file: %+v", d)
		}
		lines := bytes.Split(content, []byte("\n"))
		if d.Pos.Line < 1 || d.Pos.Line > len(lines) || d.Pos.Column < 1 || d.Pos.Column > len(lines[d.Pos.Line-1])+1 {
			return problemf("position", "no such place: %+v", d)
		}
	}
	return nil
}
