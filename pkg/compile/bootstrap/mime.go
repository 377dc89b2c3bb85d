package bootstrap

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// message is a MIME message of parts, as cloud-init takes it; see
// https://cloudinit.readthedocs.io/en/latest/explanation/format.html. Without
// parts it is empty.
func message(parts []spec.UserDataPart) string {
	if len(parts) == 0 {
		return ""
	}
	mark := boundary(parts)
	var text strings.Builder
	text.WriteString("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" + mark + "\"\n\n")
	for _, part := range parts {
		text.WriteString("--" + mark + "\nContent-Type: " + contentType(part) + "\n\n" + strings.TrimSuffix(part.Content, "\n") + "\n\n")
	}
	text.WriteString("--" + mark + "--\n")
	return text.String()
}

// contentType is the type of a part. What is not a NodeConfig may hold any
// character.
func contentType(part spec.UserDataPart) string {
	t := cmp.Or(part.ContentType, spec.ShellScript)
	if t == spec.NodeConfigPart {
		return t
	}
	return t + `; charset="utf-8"`
}

// boundary is a boundary that no part holds.
func boundary(parts []spec.UserDataPart) string {
	mark := "NODECONFIG"
	for n := 1; holds(parts, "--"+mark); n++ {
		mark = fmt.Sprintf("NODECONFIG-%d", n)
	}
	return mark
}

func holds(parts []spec.UserDataPart, text string) bool {
	for _, part := range parts {
		if strings.Contains(part.Content, text) {
			return true
		}
	}
	return false
}
