package resolve

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// baselineCapabilities are those that baseline pods may add, and netBind the
// one that restricted pods may,
// https://kubernetes.io/docs/concepts/security/pod-security-standards/.
var baselineCapabilities = []string{
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

const netBind = "NET_BIND_SERVICE"

// strictness orders the Pod Security Standards.
var strictness = map[string]int{spec.PodSecurityPrivileged: 0, spec.PodSecurityBaseline: 1, spec.PodSecurityRestricted: 2}

// checkPodSecurity checks that the pods keep to their Pod Security Standard,
// https://kubernetes.io/docs/concepts/security/pod-security-standards/.
func (r *resolver) checkPodSecurity(p program) {
	pod := p.pod
	if strictness[pod.PodSecurity] >= strictness[spec.PodSecurityBaseline] {
		for _, name := range sortedKeys(pod.Volumes) {
			r.refuse(p, spec.PodSecurityBaseline, p.at.at("volumes", name, "hostPath"), pod.Volumes[name].HostPath != nil, "mount files of the node")
		}
		r.refuse(p, spec.PodSecurityBaseline, p.at.at("podSecurityContext", "seccompProfile"), pod.PodSecurityContext.SeccompProfile == "Unconfined", "make every system call")
	}
	at := p.at.at("podSecurityContext")
	r.refuseRoot(p, at, pod.PodSecurityContext.RunAsUser, pod.PodSecurityContext.RunAsNonRoot)
	for _, c := range p.containers() {
		at := c.at.at("securityContext")
		r.refuseRoot(p, at, c.SecurityContext.RunAsUser, c.SecurityContext.RunAsNonRoot)
		r.checkContainerSecurity(p, at, c.SecurityContext)
	}
}

func (r *resolver) checkContainerSecurity(p program, at path, c spec.SecurityContext) {
	r.refuse(p, spec.PodSecurityBaseline, at.at("privileged"), isTrue(c.Privileged), "have all rights of the node")
	r.refuse(p, spec.PodSecurityRestricted, at.at("allowPrivilegeEscalation"), isTrue(c.AllowPrivilegeEscalation), "gain privileges")
	for i, name := range c.Capabilities.Add {
		at := at.at("capabilities", "add").index(i)
		r.refuse(p, spec.PodSecurityBaseline, at, !slices.Contains(baselineCapabilities, name), "have the capability "+name)
		if slices.Contains(baselineCapabilities, name) {
			r.refuse(p, spec.PodSecurityRestricted, at, name != netBind, "have the capability "+name)
		}
	}
	if no := c.AllowPrivilegeEscalation; isTrue(c.Privileged) && no != nil && !*no {
		r.report(diag.PodSecurityLevel, at.at("allowPrivilegeEscalation"), "leave it out", "a privileged container has all privileges")
	}
}

func (r *resolver) refuseRoot(p program, at path, user *int, nonRoot *bool) {
	r.refuse(p, spec.PodSecurityRestricted, at.at("runAsUser"), user != nil && *user == 0, "run as root")
	r.refuse(p, spec.PodSecurityRestricted, at.at("runAsNonRoot"), nonRoot != nil && !*nonRoot, "run as root")
}

// refuse reports what pods of a level, and of a stricter one, may not do.
func (r *resolver) refuse(p program, level string, at path, does bool, what string) {
	if does && strictness[p.pod.PodSecurity] >= strictness[level] {
		looser := spec.PodSecurityPrivileged
		if level == spec.PodSecurityRestricted {
			looser = spec.PodSecurityBaseline
		}
		r.report(diag.PodSecurityLevel, at, `remove it, or set podSecurity: "`+looser+`"`, "%s pods may not %s", p.pod.PodSecurity, what)
	}
}
