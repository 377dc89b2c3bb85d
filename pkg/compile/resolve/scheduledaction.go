package resolve

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// timeZoneForm is what names of the IANA time zone database look like. Which
// there are depends on its edition.
var timeZoneForm = lazyregexp.New(`^[A-Z][A-Za-z]*([/_+-][A-Za-z0-9]+)*$`)

func (r *resolver) checkScheduledActions(at path, actions map[string]spec.ScheduledAction) {
	checkChosenNames(r, at, actions)
	for _, name := range sortedKeys(actions) {
		r.checkScheduledSizes(at.at(name), actions[name])
		r.checkSchedule(at.at(name), actions[name])
	}
}

func (r *resolver) checkScheduledSizes(at path, a spec.ScheduledAction) {
	if a.Min == nil && a.Max == nil && a.Desired == nil {
		r.report(diag.ScheduledAction, at, "add min, max or desired", "the action changes no size")
	}
	sizes := []struct {
		field string
		n     *int
	}{{"min", a.Min}, {"desired", a.Desired}, {"max", a.Max}}
	for i, s := range sizes {
		if s.n == nil {
			continue
		}
		if *s.n < 0 {
			r.report(diag.ScheduledAction, at.at(s.field), "", "%s is %d, but there cannot be fewer than 0 nodes", s.field, *s.n)
			continue
		}
		for _, smaller := range sizes[:i] {
			if smaller.n != nil && *smaller.n > *s.n {
				r.report(diag.ScheduledAction, at.at(s.field), "", "%s is %d, which is less than %s, %d", s.field, *s.n, smaller.field, *smaller.n)
				break
			}
		}
	}
}

// checkSchedule checks when an action happens.
func (r *resolver) checkSchedule(at path, a spec.ScheduledAction) {
	if a.Recurrence == "" {
		if a.StartTime == "" {
			r.report(diag.ScheduledAction, at, "add recurrence or startTime", "nothing says when the action happens")
		}
		for _, said := range []struct{ field, text string }{{"timeZone", a.TimeZone}, {"endTime", a.EndTime}} {
			if said.text != "" {
				r.report(diag.ScheduledAction, at.at(said.field), "add recurrence, or leave it out", "an action that happens once has no %s", said.field)
			}
		}
	} else if fault := cronFault(a.Recurrence); fault != "" {
		r.report(diag.ScheduledAction, at.at("recurrence"), `such as "0 7 * * MON-FRI"`, "%s", fault)
	}
	if a.TimeZone != "" && !timeZoneForm.MatchString(a.TimeZone) {
		r.report(diag.ScheduledAction, at.at("timeZone"), `such as "Europe/Berlin"`, "%q is not the name of a time zone", a.TimeZone)
	}
	start, startOK := r.checkTime(at.at("startTime"), a.StartTime)
	end, endOK := r.checkTime(at.at("endTime"), a.EndTime)
	if startOK && endOK && !end.After(start) {
		r.report(diag.ScheduledAction, at.at("endTime"), "", "endTime %s is not after startTime %s", a.EndTime, a.StartTime)
	}
}

// checkTime returns a time that is given and well formed.
func (r *resolver) checkTime(at path, text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, false
	}
	t, err := time.Parse("2006-01-02T15:04:05Z", text)
	if err != nil {
		r.report(diag.ScheduledAction, at, `such as "2027-01-04T07:00:00Z"`, "%q is no time in UTC", text)
	}
	return t, err == nil
}

// cronField is one of the five fields of a cron expression; names stand for the
// numbers from low on.
type cronField struct {
	what      string
	low, high int
	names     []string
}

var cronFields = []cronField{
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day of the month", 1, 31, nil},
	{"month", 1, 12, []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}},
	{"day of the week", 0, 7, []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}},
}

// cronFault says in a clause what is wrong with a cron expression, or nothing.
func cronFault(text string) string {
	fields := strings.Fields(text)
	if len(fields) != len(cronFields) {
		return strconv.Quote(text) + " has " + strconv.Itoa(len(fields)) + " fields; cron has 5"
	}
	for i, f := range cronFields {
		for part := range strings.SplitSeq(fields[i], ",") {
			if !f.holds(part) {
				return strconv.Quote(part) + " is no " + f.what
			}
		}
	}
	return ""
}

// holds reports whether part is *, a number or name, or a range, with a step or
// without.
func (f cronField) holds(part string) bool {
	span, step, stepped := strings.Cut(part, "/")
	if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1 || n > f.high) {
		return false
	}
	if span == "*" {
		return true
	}
	first, last, isRange := strings.Cut(span, "-")
	low, ok := f.number(first)
	if !isRange {
		return ok
	}
	high, okHigh := f.number(last)
	return ok && okHigh && low <= high
}

func (f cronField) number(text string) (int, bool) {
	if i := slices.Index(f.names, strings.ToUpper(text)); i >= 0 {
		return f.low + i, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= f.low && n <= f.high && text[0] != '+'
}
