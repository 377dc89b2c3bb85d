package lower

import (
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

func jobObjects(name string, j spec.Job) []ir.Object {
	run := jobSpec(name, j.Pod, j.Run)
	run.Suspend = j.Suspend
	return []ir.Object{podObject("job", batchv1.Job{
		TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"},
		ObjectMeta: objectMeta(name, j.Pod),
		Spec:       run,
	}, j.Patch)}
}

func cronJobObjects(name string, c spec.CronJob) []ir.Object {
	k := batchv1.CronJob{
		TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "CronJob"},
		ObjectMeta: objectMeta(name, c.Pod),
		Spec: batchv1.CronJobSpec{
			Schedule:                   c.Schedule,
			ConcurrencyPolicy:          batchv1.ConcurrencyPolicy(c.ConcurrencyPolicy),
			StartingDeadlineSeconds:    int64s(c.StartingDeadlineSeconds),
			SuccessfulJobsHistoryLimit: int32s(c.SuccessfulJobsHistoryLimit),
			FailedJobsHistoryLimit:     int32s(c.FailedJobsHistoryLimit),
			JobTemplate: batchv1.JobTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels(name, c.Pod)},
				Spec:       jobSpec(name, c.Pod, c.Run),
			},
		},
	}
	if c.TimeZone != "" {
		k.Spec.TimeZone = &c.TimeZone
	}
	if c.Suspend {
		k.Spec.Suspend = &c.Suspend
	}
	return []ir.Object{podObject("cronjob", k, c.Patch)}
}

// jobSpec leaves the selector to Kubernetes, which makes one for each Job.
func jobSpec(name string, p spec.Pod, run spec.Run) batchv1.JobSpec {
	k := batchv1.JobSpec{
		Completions:             int32s(run.Completions),
		Parallelism:             int32s(run.Parallelism),
		BackoffLimit:            int32s(run.BackoffLimit),
		ActiveDeadlineSeconds:   int64s(run.ActiveDeadlineSeconds),
		TTLSecondsAfterFinished: int32s(run.TTLSecondsAfterFinished),
		Template:                podTemplate(name, p),
	}
	if run.CompletionMode == spec.Indexed {
		mode := batchv1.IndexedCompletion
		k.CompletionMode = &mode
	}
	k.Template.Spec.RestartPolicy = corev1.RestartPolicy(run.RestartPolicy)
	return k
}
