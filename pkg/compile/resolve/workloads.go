package resolve

import (
	"math"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkWorkloads checks and completes what the workloads of each kind have of
// their own.
func (r *resolver) checkWorkloads() {
	for _, name := range sortedKeys(r.spec.Workloads) {
		w := r.spec.Workloads[name]
		w.Replicas = orOne(w.Replicas, w.Autoscaling)
		r.spec.Workloads[name] = w
		r.checkDeployment(path{"workloads", name}, w)
	}
	for _, name := range sortedKeys(r.spec.StatefulSets) {
		w := r.spec.StatefulSets[name]
		w.Replicas = orOne(w.Replicas, w.Autoscaling)
		r.spec.StatefulSets[name] = w
		r.checkStatefulSet(path{"statefulSets", name}, name, w)
	}
	for _, name := range sortedKeys(r.spec.DaemonSets) {
		r.checkDaemonSet(path{"daemonSets", name}, r.spec.DaemonSets[name])
	}
	for _, name := range sortedKeys(r.spec.Jobs) {
		r.checkRun(path{"jobs", name}, r.spec.Jobs[name].Run)
	}
	for _, name := range sortedKeys(r.spec.CronJobs) {
		r.checkCronJob(path{"cronJobs", name}, name, r.spec.CronJobs[name])
	}
	for _, p := range r.programs() {
		if p.service != nil {
			r.checkService(p)
		} else if p.kind == "StatefulSet" {
			r.checkServiceObjectName(p)
		}
	}
	r.checkPodScaling()
	r.checkNamesakes()
}

// orOne is replicas, or 1 where nothing else says how many there are.
func orOne(replicas *int, autoscaling *spec.Autoscaling) *int {
	if replicas == nil && autoscaling == nil {
		replicas = new(int)
		*replicas = 1
	}
	return replicas
}

// checkNamesakes checks that no two workloads of a namespace have one name:
// the pods of both would have one label, and each would take the other's for
// its own.
func (r *resolver) checkNamesakes() {
	taken := map[[2]string]path{}
	for _, p := range r.programs() {
		key := [2]string{p.pod.Namespace, p.name}
		if other, ok := taken[key]; ok {
			r.report(diag.Namesake, p.at, "rename one of them", "the name is taken in the namespace %q, by %s", p.pod.Namespace, strings.Join(other, "."))
			continue
		}
		taken[key] = p.at
		if p.kind == "StatefulSet" {
			taken[[2]string{p.pod.Namespace, spec.HeadlessName(p.name)}] = p.at
		}
	}
}

func (r *resolver) checkReplicas(at path, replicas *int) {
	if replicas != nil && *replicas < 0 {
		r.report(diag.InvalidReplicas, at.at("replicas"), "", "there cannot be %d replicas", *replicas)
	}
}

// checkHistory checks the numbers that Deployments, StatefulSets and
// DaemonSets share.
func (r *resolver) checkHistory(at path, minReady, history *int) {
	r.checkNumbers(diag.UpdateSetting, at,
		bounds{"minReadySeconds", minReady, 0, math.MaxInt32}, bounds{"revisionHistoryLimit", history, 0, math.MaxInt32})
}

// defaultDeadline is Kubernetes' own progressDeadlineSeconds.
const defaultDeadline = 600

func (r *resolver) checkDeployment(at path, w spec.Workload) {
	r.checkReplicas(at, w.Replicas)
	r.checkHistory(at, w.MinReadySeconds, w.RevisionHistoryLimit)
	r.checkNumbers(diag.UpdateSetting, at, bounds{"progressDeadlineSeconds", w.ProgressDeadlineSeconds, 1, math.MaxInt32})
	deadline := defaultDeadline
	if w.ProgressDeadlineSeconds != nil {
		deadline = *w.ProgressDeadlineSeconds
	}
	if w.MinReadySeconds != nil && *w.MinReadySeconds >= deadline {
		r.report(diag.UpdateSetting, at.at("minReadySeconds"), "raise progressDeadlineSeconds", "a change fails after %d seconds, before its first pod is available", deadline)
	}
	s, at := w.Strategy, at.at("strategy")
	if s.Type == spec.ReplaceAllAtOnce {
		r.checkUnused(at, "Recreate ends all pods first", s.MaxSurge, s.MaxUnavailable)
	}
	if isNone(s.MaxSurge) && isNone(s.MaxUnavailable) {
		r.report(diag.UpdateSetting, at, "raise one of them", "no pod could be replaced: none may be missing, and none be too many")
	}
	r.checkShare(at.at("maxUnavailable"), s.MaxUnavailable)
}

func (r *resolver) checkDaemonSet(at path, w spec.DaemonSet) {
	r.checkHistory(at, w.MinReadySeconds, w.RevisionHistoryLimit)
	u, at := w.UpdateStrategy, at.at("updateStrategy")
	surges := u.MaxSurge != "" && !isNone(u.MaxSurge)
	switch {
	case u.Type == spec.ReplaceOnDeletion:
		r.checkUnused(at, "OnDelete replaces nothing by itself", u.MaxSurge, u.MaxUnavailable)
	case isNone(u.MaxUnavailable) && !surges:
		r.report(diag.UpdateSetting, at.at("maxUnavailable"), "raise it, or maxSurge", "no pod could be replaced: none may be missing, and none be too many")
	case surges && !isNone(u.MaxUnavailable):
		r.report(diag.UpdateSetting, at.at("maxSurge"), `set maxUnavailable: "0"`, "a DaemonSet has either too many pods or too few meanwhile")
	}
	r.checkShare(at.at("maxUnavailable"), u.MaxUnavailable)
}

// checkUnused reports settings of rolling updates where there are none.
func (r *resolver) checkUnused(at path, why, surge, unavailable string) {
	if surge != "" {
		r.report(diag.UpdateSetting, at.at("maxSurge"), "leave it out", "%s", why)
	}
	if unavailable != "" {
		r.report(diag.UpdateSetting, at.at("maxUnavailable"), "leave it out", "%s", why)
	}
}

// checkShare checks that a share is one.
func (r *resolver) checkShare(at path, text string) {
	if n, percent := number(text); percent && n > 100 {
		r.report(diag.UpdateSetting, at, "", "%s is more than all pods", text)
	}
}
