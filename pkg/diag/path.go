package diag

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// FormatPath writes a path as CUE does: identifiers joined by dots, other
// names quoted, list indices in brackets. A name that is a decimal number
// counts as an index.
//
//	cluster.nodeGroups."my.group".instanceTypes[0]
func FormatPath(path []string) string {
	var b strings.Builder
	for i, name := range path {
		switch {
		case isIndex(name):
			b.WriteString("[" + name + "]")
			continue
		case i > 0:
			b.WriteByte('.')
		}
		if isIdentifier(name) {
			b.WriteString(name)
		} else {
			b.WriteString(quote(name))
		}
	}
	return b.String()
}

// ParsePath reads a path as FormatPath writes it. It also takes names without
// quotes that FormatPath would quote, such as my-group, as long as they hold
// no dot, bracket or quote. The result is false if path is malformed.
func ParsePath(path string) ([]string, bool) {
	var names []string
	for rest := path; rest != ""; {
		name, after, ok := cutName(rest)
		if !ok {
			return nil, false
		}
		names = append(names, name)
		rest = after
		if next, dotted := strings.CutPrefix(rest, "."); dotted {
			// A dot promises a name.
			if rest = next; rest == "" || rest[0] == '[' {
				return nil, false
			}
		} else if rest != "" && rest[0] != '[' {
			return nil, false
		}
	}
	return names, true
}

// IsBelow reports whether a path is that of a field or of one below it.
func IsBelow(path, field []string) bool {
	return len(path) >= len(field) && slices.Equal(path[:len(field)], field)
}

// cutName splits the first name or index off a path.
func cutName(s string) (name, after string, ok bool) {
	switch s[0] {
	case '[':
		name, after, ok = strings.Cut(s[1:], "]")
		return name, after, ok && isIndex(name)
	case '"':
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", "", false
		}
		name, err = strconv.Unquote(quoted)
		return name, s[len(quoted):], err == nil
	}
	end := strings.IndexAny(s, `.["]`)
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:], end > 0
}

// isIndex reports whether s is a decimal number without leading zeros.
func isIndex(s string) bool {
	if s == "" || len(s) > 1 && s[0] == '0' {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}

// isIdentifier reports whether CUE takes s as the name of a field without
// quotes. Names that begin with an underscore or a number sign mean something
// else in CUE unless they are quoted.
func isIdentifier(s string) bool {
	for i, r := range s {
		switch {
		case r == '$', unicode.IsLetter(r):
		case i > 0 && (r == '_' || unicode.IsDigit(r)):
		default:
			return false
		}
	}
	return s != ""
}

// quote writes s as a CUE string literal on one line. CUE has no \x escapes,
// and no way to write a byte that is not UTF-8: it becomes U+FFFD.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(escapeRune(r))
		}
	}
	b.WriteByte('"')
	return b.String()
}
