package resolve

import (
	"math"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxCronJobName leaves room for the time that Kubernetes adds to the names of
// the Jobs, https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/.
const maxCronJobName = 52

// maxIndexed is the most completions and pods at a time of an indexed Job,
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/.
const maxIndexed = 100000

// zonePattern is how the names of time zones look. "Local" is none.
var zonePattern = lazyregexp.New(`^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$`)

func (r *resolver) checkRun(at path, run spec.Run) {
	most := math.MaxInt32
	if run.CompletionMode == spec.Indexed {
		most = maxIndexed
		if run.Completions == nil {
			r.report(diag.JobSetting, at.at("completionMode"), "set completions", "nothing says how many numbers there are")
		}
	}
	r.checkNumbers(diag.JobSetting, at,
		bounds{"completions", run.Completions, 1, most},
		bounds{"parallelism", run.Parallelism, 1, most},
		bounds{"backoffLimit", run.BackoffLimit, 0, math.MaxInt32},
		bounds{"activeDeadlineSeconds", run.ActiveDeadlineSeconds, 1, math.MaxInt32},
		bounds{"ttlSecondsAfterFinished", run.TTLSecondsAfterFinished, 0, math.MaxInt32})
	if p, c := run.Parallelism, run.Completions; p != nil && c != nil && *p > *c {
		r.report(diag.JobSetting, at.at("parallelism"), "", "%d pods at a time for %d that have to succeed", *p, *c)
	}
}

func (r *resolver) checkCronJob(at path, name string, c spec.CronJob) {
	r.checkRun(at, c.Run)
	if len(name) > maxCronJobName {
		r.report(diag.KubernetesName, at, "", "the name has %d characters; %d leave room for what Kubernetes adds", len(name), maxCronJobName)
	}
	if err := schedule(c.Schedule); err != nil {
		r.report(diag.Schedule, at.at("schedule"), `such as "30 2 * * *" or "@daily"`, "%q is not a schedule: %v", c.Schedule, err)
	}
	if c.TimeZone != "" && (c.TimeZone == "Local" || !zonePattern.MatchString(c.TimeZone)) {
		r.report(diag.Schedule, at.at("timeZone"), `such as "Europe/Berlin" or "Etc/UTC"`, "%q is not the name of a time zone", c.TimeZone)
	}
	r.checkNumbers(diag.JobSetting, at,
		bounds{"startingDeadlineSeconds", c.StartingDeadlineSeconds, 10, math.MaxInt32},
		bounds{"successfulJobsHistoryLimit", c.SuccessfulJobsHistoryLimit, 0, math.MaxInt32},
		bounds{"failedJobsHistoryLimit", c.FailedJobsHistoryLimit, 0, math.MaxInt32})
}
