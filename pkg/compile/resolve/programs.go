package resolve

import "github.com/ekscc/ekscc/pkg/compile/spec"

// program is a workload of whatever kind.
type program struct {
	at   path
	name string
	// kind is the kind of its object, and group the API group of that kind.
	kind, group string
	pod         *spec.Pod
	service     *spec.Service
	// claims are the volumes of which each pod has its own.
	claims map[string]spec.Claim
}

// programs are the workloads of all kinds, in order.
func (r *resolver) programs() []program {
	var all []program
	add := func(field, name, group, kind string, pod *spec.Pod, service *spec.Service) {
		all = append(all, program{at: path{field, name}, name: name, group: group, kind: kind, pod: pod, service: service})
	}
	for _, name := range sortedKeys(r.spec.Workloads) {
		w := r.spec.Workloads[name]
		add("workloads", name, "apps", "Deployment", &w.Pod, w.Service)
	}
	for _, name := range sortedKeys(r.spec.StatefulSets) {
		w := r.spec.StatefulSets[name]
		add("statefulSets", name, "apps", "StatefulSet", &w.Pod, w.Service)
		all[len(all)-1].claims = w.VolumeClaimTemplates
	}
	for _, name := range sortedKeys(r.spec.DaemonSets) {
		w := r.spec.DaemonSets[name]
		add("daemonSets", name, "apps", "DaemonSet", &w.Pod, w.Service)
	}
	for _, name := range sortedKeys(r.spec.Jobs) {
		w := r.spec.Jobs[name]
		add("jobs", name, "batch", "Job", &w.Pod, nil)
	}
	for _, name := range sortedKeys(r.spec.CronJobs) {
		w := r.spec.CronJobs[name]
		add("cronJobs", name, "batch", "CronJob", &w.Pod, nil)
	}
	return all
}

// container is one of the containers of a program.
type container struct {
	at   path
	name string
	*spec.Program
	// served is nil for containers that run to their end, which have neither
	// ports nor probes.
	served *spec.Container
}

// containers are the main container, those that run before it, and those that
// run beside it.
func (p program) containers() []container {
	all := []container{{p.at, p.name, &p.pod.Program, &p.pod.Container}}
	for i := range p.pod.InitContainers {
		c := &p.pod.InitContainers[i]
		all = append(all, container{p.at.at("initContainers").index(i), c.Name, &c.Program, nil})
	}
	for _, name := range sortedKeys(p.pod.Sidecars) {
		c := p.pod.Sidecars[name]
		all = append(all, container{p.at.at("sidecars", name), name, &c.Program, &c})
	}
	return all
}

// addWorkloadObjects adds the objects of all workloads.
func (r *resolver) addWorkloadObjects(own map[object]path) {
	for _, p := range r.programs() {
		own[object{p.group, p.kind, p.pod.Namespace, p.name}] = p.at
		if p.service != nil {
			own[object{"", "Service", p.pod.Namespace, p.name}] = p.at.at("service")
		}
		if p.kind == "StatefulSet" {
			own[object{"", "Service", p.pod.Namespace, spec.HeadlessName(p.name)}] = p.at
		}
	}
	for _, p := range r.scaledPrograms() {
		if p.autoscaling != nil {
			own[object{"autoscaling", "HorizontalPodAutoscaler", p.pod.Namespace, p.name}] = p.at.at("autoscaling")
		}
		if p.budget != nil {
			own[object{"policy", "PodDisruptionBudget", p.pod.Namespace, p.name}] = p.at.at("podDisruptionBudget")
		}
	}
}
