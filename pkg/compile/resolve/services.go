package resolve

import (
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkService checks the service of the workload of that name.
func (r *resolver) checkService(at path, name string, w spec.Workload) {
	s := w.Service
	if len(validation.IsDNS1123Label(name)) == 0 && len(validation.IsDNS1035Label(name)) > 0 {
		r.report(diag.KubernetesName, at[:len(at)-1], "let the name begin with a letter", "the service would have the name %q, and Kubernetes does not allow that", name)
	}
	if name == "kubernetes" && w.Namespace == "default" {
		r.report(diag.DuplicateObject, at, "rename the workload", "the cluster has the service %q in the default namespace already", name)
	}
	if s.LoadBalancer != nil && s.Type != "LoadBalancer" {
		r.report(diag.LoadBalancerType, at.at("loadBalancer"), `set type to "LoadBalancer", or leave loadBalancer out`, "a service of the type %s has no load balancer", s.Type)
	}
	if len(w.Ports) == 0 {
		r.report(diag.ServicePorts, at, "add ports to the workload, such as ports: http: 80", "the service has no ports, because the workload has none")
		return
	}
	if s.Ports != nil {
		r.checkServicePorts(at.at("ports"), s.Ports, w.Ports)
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
