package resolve

import (
	"math"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkContainers checks all containers of a program, and that they differ in
// their names.
func (r *resolver) checkContainers(p program) {
	taken := map[string]bool{}
	for i, c := range p.containers() {
		if i > 0 && r.checkDNSLabel(c.at, "container", c.name) && taken[c.name] {
			r.report(diag.KubernetesName, c.at, "rename it", "another container of the pod has the name %q", c.name)
		}
		taken[c.name] = true
		r.checkImageReference(c.at.at("image"), c.Image)
		r.checkVariables(p, c)
		r.checkResources(c.at.at("resources"), c.Resources)
		r.checkMounts(p, c)
		if c.WorkingDir != "" && !strings.HasPrefix(c.WorkingDir, "/") {
			r.report(diag.PodSetting, c.at.at("workingDir"), "begin it with a slash", "%q is not an absolute path", c.WorkingDir)
		}
		r.checkUserIDs(c)
		if c.served != nil {
			r.checkServed(c.at, *c.served, p.pod.GraceSeconds())
		}
	}
	r.checkPortsOnce(p)
}

func (r *resolver) checkUserIDs(c container) {
	r.checkNumbers(diag.PodSetting, c.at.at("securityContext"),
		bounds{"runAsUser", c.SecurityContext.RunAsUser, 0, math.MaxInt32},
		bounds{"runAsGroup", c.SecurityContext.RunAsGroup, 0, math.MaxInt32})
}

// checkServed checks what a container has that goes on running.
func (r *resolver) checkServed(at path, c spec.Container, graceSeconds int) {
	r.checkContainerPorts(at.at("ports"), c.Ports)
	r.checkContainerPorts(at.at("udpPorts"), c.UDPPorts)
	for _, name := range sortedKeys(c.UDPPorts) {
		if _, ok := c.Ports[name]; ok {
			r.report(diag.KubernetesName, at.at("udpPorts", name), "rename it, such as to "+name+"-udp", "ports has a port %q too", name)
		}
	}
	r.checkProbes(at, c)
	r.checkLifecycle(at, c, graceSeconds)
}

// checkPortsOnce checks ports between the containers of a pod, which share its
// address. Services and probes find a port by its name in whatever container.
func (r *resolver) checkPortsOnce(p program) {
	names, tcp, udp := map[string]string{}, map[int]string{}, map[int]string{}
	for _, c := range p.containers() {
		if c.served != nil {
			r.checkPortsOf(c, "ports", c.served.Ports, names, tcp)
			r.checkPortsOf(c, "udpPorts", c.served.UDPPorts, names, udp)
		}
	}
}

// checkPortsOf checks the ports of one protocol against those of the containers
// before, by name and number.
func (r *resolver) checkPortsOf(c container, field string, ports map[string]int, names map[string]string, numbers map[int]string) {
	for _, name := range sortedKeys(ports) {
		at, number := c.at.at(field, name), ports[name]
		if other, ok := names[name]; ok && other != c.name {
			r.report(diag.DuplicatePort, at, "rename it", "the container %q of the pod has a port %q too", other, name)
		} else if other, ok := numbers[number]; ok && other != c.name {
			r.report(diag.DuplicatePort, at, "", "the container %q of the pod listens on %d already", other, number)
		}
		names[name], numbers[number] = c.name, c.name
	}
}

// checkReferredName checks the name of an object that is somewhere else.
func (r *resolver) checkReferredName(at path, kind, name string) bool {
	if len(validation.IsDNS1123Subdomain(name)) == 0 {
		return true
	}
	r.report(diag.KubernetesName, at, "use lower-case letters, digits, hyphens and dots, the first and last a letter or digit", "Kubernetes does not allow the name %q of a %s", name, kind)
	return false
}

// isInside reports whether a path is relative and stays below where it begins.
func isInside(text string) bool { return filepath.IsLocal(text) }
