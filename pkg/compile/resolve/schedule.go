package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// scheduleMacros stand for schedules,
// https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax.
var scheduleMacros = []string{"@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"}

// scheduleFields are the fields of a schedule, and the least and most of each.
// The controller does not know 7 for Sunday.
var scheduleFields = []struct {
	name      string
	low, high int
	words     []string // words for low, low+1, ...
}{
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day", 1, 31, nil},
	{"month", 1, 12, []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{"weekday", 0, 6, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

// daysOf is how many days each month has at most.
var daysOf = []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// schedule says what is wrong with a schedule of cron.
func schedule(text string) error {
	if slices.Contains(scheduleMacros, text) {
		return nil
	}
	fields := strings.Fields(text)
	if len(fields) != len(scheduleFields) {
		return fmt.Errorf("it has %d fields, not minute, hour, day, month and weekday", len(fields))
	}
	for i, field := range fields {
		for item := range strings.SplitSeq(field, ",") {
			if err := scheduleItem(i, item); err != nil {
				return err
			}
		}
	}
	return impossible(fields)
}

// scheduleItem reads *, n, n-m, and each of them with a step.
func scheduleItem(i int, item string) error {
	f := scheduleFields[i]
	span, step, stepped := strings.Cut(item, "/")
	if n, err := strconv.Atoi(step); stepped && (err != nil || n < 1 || n > f.high) {
		return fmt.Errorf("the %s %q has a step that is not 1 to %d", f.name, item, f.high)
	}
	if span == "*" || span == "?" {
		return nil
	}
	from, to, ranged := strings.Cut(span, "-")
	low, ok := scheduleNumber(i, from)
	high, alsoOK := low, true
	if ranged {
		high, alsoOK = scheduleNumber(i, to)
	}
	if !ok || !alsoOK {
		return fmt.Errorf("the %s %q is not in %d to %d", f.name, item, f.low, f.high)
	}
	if low > high {
		return fmt.Errorf("the %s %q ends before it begins", f.name, item)
	}
	return nil
}

func scheduleNumber(i int, text string) (int, bool) {
	f := scheduleFields[i]
	if at := slices.Index(f.words, strings.ToLower(text)); at >= 0 {
		return f.low + at, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= f.low && n <= f.high
}

// impossible reports a day that its month does not have, such as February 30.
func impossible(fields []string) error {
	day, dayErr := strconv.Atoi(fields[2])
	month, monthOK := scheduleNumber(3, fields[3])
	if dayErr == nil && monthOK && fields[4] == "*" && day > daysOf[month-1] {
		return fmt.Errorf("the month %s never has a day %d", fields[3], day)
	}
	return nil
}
