package resolve

import (
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func TestScheduledActions(t *testing.T) {
	action := func(a spec.ScheduledAction) func(*spec.Spec) {
		return workers(func(g *spec.SelfManagedNodeGroup) { g.ScheduledActions = map[string]spec.ScheduledAction{"a": a} })
	}
	cron := func(text string) func(*spec.Spec) {
		return action(spec.ScheduledAction{Recurrence: text, Min: ptr(1)})
	}
	const at = workersAt + " scheduledActions a"
	runRules(t, oldVPC, []ruleTest{
		{"every day", cron("0 7 * * *"), nil},
		{"all that cron knows", cron("*/5 0-23/2 1,15,31 JAN-mar,12 sun,MON-5"), nil},
		{"six fields", cron("0 0 7 * * *"), []want{{diag.ScheduledAction, at + " recurrence", "has 6 fields"}}},
		{"minute 60", cron("60 7 * * *"), []want{{diag.ScheduledAction, at + " recurrence", `"60" is no minute`}}},
		{"no day of the month", cron("0 7 0 * *"), []want{{diag.ScheduledAction, at + " recurrence", "day of the month"}}},
		{"question mark", cron("0 7 ? * MON"), []want{{diag.ScheduledAction, at + " recurrence", `"?" is no day of the month`}}},
		{"month by another name", cron("0 7 * JUNE *"), []want{{diag.ScheduledAction, at + " recurrence", `"JUNE" is no month`}}},
		{"range backwards", cron("0 17-9 * * *"), []want{{diag.ScheduledAction, at + " recurrence", "hour"}}},
		{"step of nothing", cron("*/0 * * * *"), []want{{diag.ScheduledAction, at + " recurrence", "minute"}}},
		{"sign", cron("+1 * * * *"), []want{{diag.ScheduledAction, at + " recurrence", "minute"}}},
		{"empty part", cron("1, * * * *"), []want{{diag.ScheduledAction, at + " recurrence", `"" is no minute`}}},

		{"once", action(spec.ScheduledAction{StartTime: "2027-01-04T07:00:00Z", Desired: ptr(2)}), nil},
		{"never", action(spec.ScheduledAction{Min: ptr(1)}), []want{{diag.ScheduledAction, at, "when"}}},
		{"nothing", action(spec.ScheduledAction{Recurrence: "0 7 * * *"}), []want{{diag.ScheduledAction, at, "no size"}}},
		{"once with what repeats", action(spec.ScheduledAction{StartTime: "2027-01-04T07:00:00Z", EndTime: "2027-01-05T07:00:00Z", TimeZone: "UTC", Min: ptr(1)}), []want{
			{diag.ScheduledAction, at + " endTime", "happens once"}, {diag.ScheduledAction, at + " timeZone", "happens once"}}},
		{"ends before", action(spec.ScheduledAction{Recurrence: "0 7 * * *", StartTime: "2027-01-05T07:00:00Z", EndTime: "2027-01-05T07:00:00Z", Min: ptr(1)}), []want{
			{diag.ScheduledAction, at + " endTime", "not after"}}},
		{"local time", action(spec.ScheduledAction{StartTime: "2027-01-04T07:00:00+01:00", Min: ptr(1)}), []want{{diag.ScheduledAction, at + " startTime", "no time in UTC"}}},
		{"time zones", action(spec.ScheduledAction{Recurrence: "0 7 * * *", TimeZone: "America/Argentina/Buenos_Aires", Min: ptr(1)}), nil},
		{"time zone with an offset", action(spec.ScheduledAction{Recurrence: "0 7 * * *", TimeZone: "Etc/GMT+9", Min: ptr(1)}), nil},
		{"no time zone", action(spec.ScheduledAction{Recurrence: "0 7 * * *", TimeZone: "+09:00", Min: ptr(1)}), []want{{diag.ScheduledAction, at + " timeZone", "not the name"}}},

		{"sizes out of order", action(spec.ScheduledAction{Recurrence: "0 7 * * *", Min: ptr(3), Desired: ptr(2), Max: ptr(1)}), []want{
			{diag.ScheduledAction, at + " desired", "less than min, 3"}, {diag.ScheduledAction, at + " max", "less than min, 3"}}},
		{"size below nothing", action(spec.ScheduledAction{Recurrence: "0 7 * * *", Max: ptr(-1)}), []want{{diag.ScheduledAction, at + " max", "-1"}}},
		{"names that make one id", workers(func(g *spec.SelfManagedNodeGroup) {
			a := spec.ScheduledAction{Recurrence: "0 7 * * *", Min: ptr(1)}
			g.ScheduledActions = map[string]spec.ScheduledAction{"a-b": a, "aB": a}
		}), []want{{diag.NameClash, workersAt + " scheduledActions aB", "same logical id"}}},
	})
}
