package resolve

import "github.com/ekscc/ekscc/pkg/compile/spec"

// program is a workload of whatever kind.
type program struct {
	at   path
	name string
	// kind is the kind of its object, and group the API group of that kind.
	kind, group string
	pod         *spec.Pod
}

// programs are the workloads of all kinds, in order.
func (r *resolver) programs() []program {
	var all []program
	for _, name := range sortedKeys(r.spec.Workloads) {
		w := r.spec.Workloads[name]
		all = append(all, program{path{"workloads", name}, name, "Deployment", "apps", &w.Pod})
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
