package resolve

import (
	"github.com/ekscc/ekscc/internal/lazyregexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Forms that the NodePool object wants.
var (
	nodeDuration   = lazyregexp.New(`^([0-9]+[smh])+$`)
	budgetDuration = lazyregexp.New(`^([0-9]+h([0-9]+m)?|[0-9]+m)(0s)?$`)
	budgetNodes    = lazyregexp.New(`^((100|[0-9]{1,2})%|[0-9]+)$`)
)

// never is the duration of what does not happen.
const never = "Never"

// autoModeLifetime is how old nodes of Auto Mode get at most, with the time that
// they take to drain; see
// https://docs.aws.amazon.com/eks/latest/userguide/automode-learn-instances.html.
const autoModeLifetime = 21 * 24 * time.Hour

// checkPoolDisruption checks how long nodes live, and when they are removed.
func (r *resolver) checkPoolDisruption(at path, family poolFamily, pool spec.NodePool) {
	d := pool.Disruption
	expires := r.checkNodeDuration(at.at("expireAfter"), pool.ExpireAfter, true)
	drains := r.checkNodeDuration(at.at("terminationGracePeriod"), pool.TerminationGracePeriod, false)
	r.checkNodeDuration(at.at("disruption", "consolidateAfter"), d.ConsolidateAfter, true)
	if family.auto && (pool.ExpireAfter == never || expires+drains > autoModeLifetime) {
		r.report(diag.NodeDisruption, at.at("expireAfter"), `let it and terminationGracePeriod be "504h" at most together`, "nodes of Auto Mode live for 21 days at most")
	}
	if d.ConsolidationPolicy == "Balanced" {
		r.checkKarpenterKnows(at.at("disruption", "consolidationPolicy"), 14, `no consolidationPolicy "Balanced"`)
	}
	if pool.Replicas != nil && (d.ConsolidateAfter != "0s" || d.ConsolidationPolicy != "WhenEmptyOrUnderutilized") {
		r.report(diag.NodeDisruption, at.at("disruption"), "leave consolidationPolicy and consolidateAfter out", "a pool with replicas is not consolidated")
	}
	if n := len(d.Budgets); n > maxBudgets {
		r.report(diag.NodeDisruption, at.at("disruption", "budgets"), "", "%d budgets; a node pool takes %d", n, maxBudgets)
	}
	for _, name := range sortedKeys(d.Budgets) {
		r.checkBudget(at.at("disruption", "budgets", name), d.Budgets[name])
	}
}

// checkNodeDuration checks a duration in the words of Karpenter, and returns it. An
// empty one says nothing.
func (r *resolver) checkNodeDuration(at path, text string, orNever bool) time.Duration {
	hint := `such as "90m" or "1h30m"; the units are h, m and s`
	if orNever {
		hint = `such as "90m", "1h30m" or "Never"; the units are h, m and s`
	}
	if text == "" || orNever && text == never {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil || !nodeDuration.MatchString(text) {
		r.report(diag.NodeDisruption, at, hint, "%q is not a duration", text)
	}
	return d
}

func (r *resolver) checkBudget(at path, b spec.DisruptionBudget) {
	if !budgetNodes.MatchString(b.Nodes) {
		r.report(diag.NodeDisruption, at.at("nodes"), `such as "5" or "10%"`, "%q is neither a number of nodes nor a share of them", b.Nodes)
	}
	if b.Duration != "" && !budgetDuration.MatchString(b.Duration) {
		r.report(diag.NodeDisruption, at.at("duration"), `such as "8h" or "1h30m"; the units are h and m`, "%q is not a duration of a budget", b.Duration)
	}
	if fault := scheduleFault(b.Schedule); fault != "" {
		r.report(diag.NodeDisruption, at.at("schedule"), `write minute, hour, day, month and weekday, such as "0 9 * * mon-fri", or "@daily"`, "%s", fault)
	}
	if (b.Schedule == "") != (b.Duration == "") {
		r.report(diag.NodeDisruption, at, "write both, or none for a budget that is always in force", "a budget has a schedule and a duration together")
	}
	for i, reason := range b.Reasons {
		if slices.Contains(b.Reasons[:i], reason) {
			r.report(diag.NodeDisruption, at.at("reasons").index(i), "", "the reason %s is listed twice", reason)
		}
	}
	if b.Reasons != nil && len(b.Reasons) == 0 {
		r.report(diag.NodeDisruption, at.at("reasons"), "leave it out, so that the budget is about all reasons", "there is no reason")
	}
}

// scheduleNames are schedules that have a name.
var scheduleNames = []string{"", "@annually", "@daily", "@hourly", "@midnight", "@monthly", "@weekly", "@yearly"}

// scheduleFault says in a clause what is wrong with a schedule as Kubernetes
// reads it, or nothing; see
// https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax.
func scheduleFault(text string) string {
	if slices.Contains(scheduleNames, text) {
		return ""
	}
	if fault := cronFault(text); fault != "" {
		return fault
	}
	if weekday := strings.Fields(text)[4]; strings.Contains(weekday, "7") {
		return strconv.Quote(weekday) + " is no day of the week: Sunday is 0"
	}
	return ""
}
