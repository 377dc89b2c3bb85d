package resolve

import (
	"slices"
	"time"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of update policies; see
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html.
const (
	maxPause         = time.Hour
	maxRefreshPause  = 48 * 60 * 60 // seconds
	maxRefreshAlarms = 10
)

// isoDuration is the part of ISO 8601 that CloudFormation reads, in the letters
// that time.ParseDuration reads in lower case.
var isoDuration = lazyregexp.New(`^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$`)

// checkGroupUpdate checks how a changed launch template reaches the nodes.
func (r *resolver) checkGroupUpdate(at path, g spec.SelfManagedNodeGroup) {
	if g.RollingUpdate != nil && g.InstanceRefresh != nil {
		r.report(diag.GroupUpdate, at.at("instanceRefresh"), "leave one of them out", "rollingUpdate says already how nodes are replaced")
	}
	if u := g.RollingUpdate; u != nil {
		r.checkRollingUpdate(at.at("rollingUpdate"), *u, g.Scaling)
	}
	if i := g.InstanceRefresh; i != nil {
		r.checkInstanceRefresh(at.at("instanceRefresh"), *i)
	}
}

func (r *resolver) checkRollingUpdate(at path, u spec.RollingUpdate, s spec.Scaling) {
	if n := u.MaxBatchSize; n < 1 {
		r.report(diag.GroupUpdate, at.at("maxBatchSize"), "", "maxBatchSize is %d, but one node at least is replaced at a time", n)
	}
	switch n := u.MinInstancesInService; {
	case n == nil:
	case *n < 0:
		r.report(diag.GroupUpdate, at.at("minInstancesInService"), "", "minInstancesInService is %d, but there cannot be fewer than 0 nodes", *n)
	case *n >= s.Max && s.Max >= 1:
		r.report(diag.GroupUpdate, at.at("minInstancesInService"), "let it be less, or max more", "minInstancesInService is %d, and max %d, which leaves no node to replace", *n, s.Max)
	}
	r.checkPauseTime(at.at("pauseTime"), u.PauseTime)
	checkOnce(r, diag.GroupUpdate, at.at("suspendProcesses"), u.SuspendProcesses)
}

func (r *resolver) checkPauseTime(at path, text string) {
	if text == "" {
		return
	}
	m := isoDuration.FindStringSubmatch(text)
	if m == nil || text == "PT" {
		r.report(diag.GroupUpdate, at, `such as "PT5M"`, "%q is no duration as ISO 8601 writes hours, minutes and seconds", text)
		return
	}
	var pause time.Duration
	for i, part := range m[1:] {
		if part != "" {
			n, err := time.ParseDuration(part[:len(part)-1] + []string{"h", "m", "s"}[i])
			if err != nil {
				n = maxPause + 1 // too many to count
			}
			pause += n
		}
	}
	if pause > maxPause {
		r.report(diag.GroupUpdate, at, "", "CloudFormation pauses for an hour at most, and not for %s", text)
	}
}

func (r *resolver) checkInstanceRefresh(at path, i spec.InstanceRefresh) {
	r.checkHealthyPercentages(diag.GroupUpdate, at, i.MinHealthyPercentage, i.MaxHealthyPercentage)
	r.checkSeconds(at.at("instanceWarmup"), i.InstanceWarmup)
	r.checkRefreshPause(at.at("checkpointDelay"), i.CheckpointDelay)
	r.checkRefreshPause(at.at("bakeTime"), i.BakeTime)
	for n, percentage := range i.CheckpointPercentages {
		if percentage < 1 || percentage > 100 || n > 0 && percentage <= i.CheckpointPercentages[n-1] {
			r.report(diag.GroupUpdate, at.at("checkpointPercentages").index(n), "", "checkpoints are percentages from 1 to 100 in ascending order, and %d is not the next", percentage)
		}
	}
	if i.CheckpointDelay != nil && len(i.CheckpointPercentages) == 0 {
		r.report(diag.GroupUpdate, at.at("checkpointDelay"), "add checkpointPercentages, or leave it out", "there is no checkpoint to pause at")
	}
	if n := len(i.Alarms); n > maxRefreshAlarms {
		r.report(diag.GroupUpdate, at.at("alarms"), "", "%d alarms; an instance refresh watches %d", n, maxRefreshAlarms)
	}
	checkOnce(r, diag.GroupUpdate, at.at("alarms"), i.Alarms)
	if n := slices.Index(i.Alarms, ""); n >= 0 {
		r.report(diag.GroupUpdate, at.at("alarms").index(n), "", "the name of an alarm is empty")
	}
}

func (r *resolver) checkRefreshPause(at path, seconds *int) {
	if seconds != nil && (*seconds < 0 || *seconds > maxRefreshPause) {
		r.report(diag.GroupUpdate, at, "", "%d seconds; an instance refresh pauses 0 to %d", *seconds, maxRefreshPause)
	}
}
