package resolve

import (
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/diag"
)

// checkContainerPorts checks the ports that a container listens on by one
// protocol.
func (r *resolver) checkContainerPorts(at path, ports map[string]int) {
	taken := map[int]string{}
	for _, name := range sortedKeys(ports) {
		at, port := at.at(name), ports[name]
		if len(validation.IsValidPortName(name)) > 0 {
			r.report(diag.KubernetesName, at, "use 1 to 15 lower-case letters, digits and single hyphens, with a letter among them", "Kubernetes does not allow the port name %q", name)
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
