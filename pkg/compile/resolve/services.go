package resolve

import (
	"maps"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkService checks the service of a program.
func (r *resolver) checkService(p program) {
	s, at, name := p.service, p.at.at("service"), p.name
	r.checkServiceObjectName(p)
	if name == "kubernetes" && p.pod.Namespace == "default" {
		r.report(diag.DuplicateObject, at, "rename the workload", "the cluster has the service %q in the default namespace already", name)
	}
	if s.LoadBalancer != nil && s.Type != "LoadBalancer" {
		r.report(diag.LoadBalancerType, at.at("loadBalancer"), `set type to "LoadBalancer", or leave loadBalancer out`, "a service of the type %s has no load balancer", s.Type)
	}
	if ports := allPorts(p.pod.Container); len(ports) == 0 {
		r.report(diag.ServicePorts, at, "add ports to the workload, such as ports: http: 80", "the service has no ports, because the workload has none")
	} else if s.Ports != nil {
		r.checkServicePorts(at.at("ports"), s.Ports, ports)
	}
	if s.Type == "LoadBalancer" && (s.LoadBalancer == nil || s.LoadBalancer.NLB == nil) && serves(s.Ports, p.pod.UDPPorts) {
		r.report(diag.ServicePorts, at, "add loadBalancer: nlb: {}, or name the TCP ports", "a Classic Load Balancer does not pass UDP on")
	}
}

// serves reports whether a service has one of these ports: without ports of its
// own, it has all.
func serves(own, ports map[string]int) bool {
	return len(own) == 0 && len(ports) > 0 ||
		slices.ContainsFunc(sortedKeys(own), func(name string) bool { _, ok := ports[name]; return ok })
}

// allPorts are the ports of a container of both protocols.
func allPorts(c spec.Container) map[string]int {
	ports := maps.Clone(c.Ports)
	if ports == nil {
		ports = map[string]int{}
	}
	maps.Copy(ports, c.UDPPorts)
	return ports
}

// checkServiceObjectName checks a name that becomes that of a Service.
func (r *resolver) checkServiceObjectName(p program) {
	if len(validation.IsDNS1123Label(p.name)) == 0 && len(validation.IsDNS1035Label(p.name)) > 0 {
		r.report(diag.KubernetesName, p.at, "let the name begin with a letter", "the service would have the name %q, and Kubernetes does not allow that", p.name)
	}
}

func (r *resolver) checkServicePorts(at path, ports, workload map[string]int) {
	if len(ports) == 0 {
		r.report(diag.ServicePorts, at, "leave it out for all ports of the workload", "the service has no ports")
	}
	taken := map[int]string{}
	for _, name := range sortedKeys(ports) {
		at, port := at.at(name), ports[name]
		if _, ok := workload[name]; !ok {
			hint := catalog.DidYouMean(name, sortedKeys(workload))
			r.report(diag.ServicePorts, at, hint, "the workload has no port %q", name)
			continue
		}
		if !r.checkPort(at, port, 1) {
			continue
		}
		if other, ok := taken[port]; ok {
			r.report(diag.DuplicatePort, at, "", "the port %q is %d already", other, port)
			continue
		}
		taken[port] = name
	}
}
