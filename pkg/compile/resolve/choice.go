package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
)

// choice is one of the fields of which a struct has exactly one.
type choice struct {
	name  string
	given bool
}

// checkChoice checks that exactly one of the fields is there.
func (r *resolver) checkChoice(code diag.Code, at path, what string, choices ...choice) bool {
	var names, given []string
	for _, c := range choices {
		names = append(names, c.name)
		if c.given {
			given = append(given, c.name)
		}
	}
	last := len(names) - 1
	hint := "write exactly one of " + strings.Join(names[:last], ", ") + " and " + names[last]
	switch len(given) {
	case 0:
		r.report(code, at, hint, "%s says nothing", what)
	case 1:
		return true
	default:
		r.report(code, at, hint, "%s cannot be both %s and %s", what, given[0], given[1])
	}
	return false
}

// bounds is a field with a number, and the least and most that it may be.
// Numbers that math.MaxInt32 bounds have no other bound than their size.
type bounds struct {
	field     string
	value     *int
	low, high int
}

// checkNumbers checks the numbers that are given.
func (r *resolver) checkNumbers(code diag.Code, at path, all ...bounds) {
	for _, b := range all {
		switch {
		case b.value == nil:
		case *b.value < b.low:
			r.report(code, at.at(b.field), "", "%d is too low: at least %d", *b.value, b.low)
		case *b.value > b.high:
			r.report(code, at.at(b.field), "", "%d is too high: at most %d", *b.value, b.high)
		}
	}
}
