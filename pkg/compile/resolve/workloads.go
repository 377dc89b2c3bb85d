package resolve

import "github.com/ekscc/ekscc/pkg/diag"

// checkWorkloads checks and completes what only Deployments have.
func (r *resolver) checkWorkloads() {
	for _, name := range sortedKeys(r.spec.Workloads) {
		at, w := path{"workloads", name}, r.spec.Workloads[name]
		if w.Replicas == nil {
			w.Replicas = new(int)
			*w.Replicas = 1
		}
		r.spec.Workloads[name] = w
		if *w.Replicas < 0 {
			r.report(diag.InvalidReplicas, at.at("replicas"), "", "there cannot be %d replicas", *w.Replicas)
		}
		if w.Service != nil {
			r.checkService(at.at("service"), name, w)
		}
	}
}
