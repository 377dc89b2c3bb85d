package resolve

import (
	"cmp"
	"math"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

func (r *resolver) checkProbes(at path, c spec.Container) {
	probes := map[string]*spec.Probe{"livenessProbe": c.LivenessProbe, "readinessProbe": c.ReadinessProbe, "startupProbe": c.StartupProbe}
	for _, name := range sortedKeys(probes) {
		if probe := probes[name]; probe != nil {
			r.checkProbe(at.at(name), *probe, c)
			r.checkProbeKind(at.at(name), name, *probe)
		}
	}
}

func (r *resolver) checkProbe(at path, p spec.Probe, c spec.Container) {
	r.checkChoice(diag.InvalidProbe, at, "the probe",
		choice{"httpGet", p.HTTPGet != nil}, choice{"tcpSocket", p.TCPSocket != nil}, choice{"grpc", p.GRPC != nil}, choice{"exec", p.Exec != nil})
	r.checkHTTPGet(at.at("httpGet"), p.HTTPGet, c)
	r.checkExec(at.at("exec"), p.Exec)
	if p.TCPSocket != nil {
		r.checkNamedPort(at.at("tcpSocket", "port"), p.TCPSocket.Port, c)
	}
	if p.GRPC != nil {
		r.checkNamedPort(at.at("grpc", "port"), p.GRPC.Port, c)
	}
	r.checkNumbers(diag.InvalidProbe, at,
		bounds{"initialDelaySeconds", p.InitialDelaySeconds, 0, math.MaxInt32},
		bounds{"periodSeconds", p.PeriodSeconds, 1, math.MaxInt32},
		bounds{"timeoutSeconds", p.TimeoutSeconds, 1, math.MaxInt32},
		bounds{"successThreshold", p.SuccessThreshold, 1, math.MaxInt32},
		bounds{"failureThreshold", p.FailureThreshold, 1, math.MaxInt32},
		bounds{"terminationGracePeriodSeconds", p.TerminationGracePeriodSeconds, 1, math.MaxInt32})
}

// checkProbeKind checks what only some probes may say,
// https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes.
func (r *resolver) checkProbeKind(at path, name string, p spec.Probe) {
	ready := name == "readinessProbe"
	if p.SuccessThreshold != nil && *p.SuccessThreshold > 1 && !ready {
		r.report(diag.InvalidProbe, at.at("successThreshold"), "leave it out", "a %s succeeds with the first yes", name)
	}
	if p.TerminationGracePeriodSeconds != nil && ready {
		r.report(diag.InvalidProbe, at.at("terminationGracePeriodSeconds"), "leave it out", "a readinessProbe ends no container")
	}
}

func (r *resolver) checkHTTPGet(at path, get *spec.HTTPGet, c spec.Container) {
	if get == nil {
		return
	}
	r.checkNamedPort(at.at("port"), get.Port, c)
	if get.Path != "" && !strings.HasPrefix(get.Path, "/") {
		r.report(diag.InvalidProbe, at.at("path"), "begin it with a slash", "%q is not the path of a URL", get.Path)
	}
	for _, name := range sortedKeys(get.HTTPHeaders) {
		if len(validation.IsHTTPHeaderName(name)) > 0 {
			r.report(diag.InvalidProbe, at.at("httpHeaders", name), "", "%q is not the name of an HTTP header", name)
		}
	}
}

func (r *resolver) checkExec(at path, exec *spec.Exec) {
	if exec != nil && len(exec.Command) == 0 {
		r.report(diag.InvalidProbe, at.at("command"), "name the program to run", "the command is empty")
	}
}

// checkNamedPort checks that a container has a TCP port of that name.
func (r *resolver) checkNamedPort(at path, port string, c spec.Container) {
	if _, ok := c.Ports[port]; ok {
		return
	}
	hint := cmp.Or(catalog.DidYouMean(port, sortedKeys(c.Ports)), "add it to the container's ports")
	r.report(diag.UnknownPort, at, hint, "the container has no port %q", port)
}

func (r *resolver) checkLifecycle(at path, c spec.Container, graceSeconds int) {
	hooks := map[string]*spec.LifecycleHandler{"postStart": c.Lifecycle.PostStart, "preStop": c.Lifecycle.PreStop}
	for _, name := range sortedKeys(hooks) {
		h, at := hooks[name], at.at("lifecycle", name)
		if h == nil {
			continue
		}
		r.checkChoice(diag.InvalidProbe, at, "the hook",
			choice{"exec", h.Exec != nil}, choice{"httpGet", h.HTTPGet != nil}, choice{"sleepSeconds", h.SleepSeconds != nil})
		r.checkHTTPGet(at.at("httpGet"), h.HTTPGet, c)
		r.checkExec(at.at("exec"), h.Exec)
		r.checkSleep(at.at("sleepSeconds"), h.SleepSeconds, graceSeconds)
	}
}

// checkSleep checks the time that a hook sleeps, which is part of the time that
// a pod has to end.
func (r *resolver) checkSleep(at path, seconds *int, graceSeconds int) {
	if seconds != nil && (*seconds < 1 || *seconds >= graceSeconds) {
		r.report(diag.InvalidProbe, at, "sleep for less, or raise terminationGracePeriodSeconds", "a hook sleeps for at least 1 s and less than the pod has to end, %d s, not for %d s", graceSeconds, *seconds)
	}
}
