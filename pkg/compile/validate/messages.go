package validate

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue/errors"

	"github.com/ekscc/ekscc/pkg/diag"
)

// kinds tells what CUE reports by the beginning of its message, the only
// place where CUE says so. The rest is a failed evaluation.
var kinds = []struct {
	prefix string
	code   diag.Code
}{
	{"conflicting values", diag.Conflict},
	{"invalid value", diag.InvalidValue},
	{"field not allowed", diag.UnknownField},
	{"field is required", diag.MissingField},
	{"incomplete value", diag.Incomplete},
	{"non-concrete value", diag.Incomplete},
}

// explain says on one line what err is about. The errors that follow it in
// CUE's list say more about a disjunction.
func explain(err errors.Error, following []errors.Error) (diag.Code, string) {
	format, args := err.Msg()
	if strings.Contains(format, "empty disjunction") {
		return diag.InvalidValue, noAlternative(err.Path(), following)
	}
	message := line(format, args)
	if format == "invalid interpolation" {
		if cause, ok := errors.Unwrap(err).(errors.Error); ok {
			return explain(cause, nil)
		}
	}
	if name, ok := strings.CutPrefix(message, "undefined field: "); ok {
		return diag.Evaluation, undefined(name)
	}
	for _, kind := range kinds {
		if strings.HasPrefix(format, kind.prefix) {
			return kind.code, message
		}
	}
	return diag.Evaluation, message
}

func undefined(name string) string {
	return fmt.Sprintf("refers to a field %s that does not exist", name)
}

// noAlternative says that a value is none of a disjunction's. CUE lists each
// alternative as a conflict with the value.
func noAlternative(path []string, conflicts []errors.Error) string {
	const message = "fits none of the alternatives"
	var alternatives []string
	value := ""
	for _, err := range conflicts {
		format, args := err.Msg()
		if !slices.Equal(err.Path(), path) || !strings.HasPrefix(format, "conflicting values") || len(args) < 2 {
			break
		}
		a, b := fmt.Sprint(args[0]), fmt.Sprint(args[1])
		if value == "" || value == b {
			alternatives, value = append(alternatives, a), b
		}
	}
	if len(alternatives) == 0 {
		return message
	}
	return fmt.Sprintf("%s %s: %s", value, message, strings.Join(alternatives, ", "))
}

// line is a message of CUE's on one line.
func line(format string, args []any) string {
	return strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
}
