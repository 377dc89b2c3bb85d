package lower

import (
	"cmp"

	corev1 "k8s.io/api/core/v1"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// podSecurityContext is what the Pod Security Standard of the pods asks of a
// pod, and what the spec says besides,
// https://kubernetes.io/docs/concepts/security/pod-security-standards/.
// Baseline pods get what no program notices: the system calls that the runtime
// takes for sane, and, in securityContext, no way to gain privileges.
func podSecurityContext(p spec.Pod) *corev1.PodSecurityContext {
	c := p.PodSecurityContext
	k := &corev1.PodSecurityContext{
		RunAsUser:    int64s(c.RunAsUser),
		RunAsGroup:   int64s(c.RunAsGroup),
		RunAsNonRoot: c.RunAsNonRoot,
		FSGroup:      int64s(c.FSGroup),
	}
	if c.FSGroupChangePolicy != "" {
		policy := corev1.PodFSGroupChangePolicy(c.FSGroupChangePolicy)
		k.FSGroupChangePolicy = &policy
	}
	for _, group := range c.SupplementalGroups {
		k.SupplementalGroups = append(k.SupplementalGroups, int64(group))
	}
	profile := c.SeccompProfile
	if isStrict(p.PodSecurity) {
		profile = cmp.Or(profile, string(corev1.SeccompProfileTypeRuntimeDefault))
	}
	if profile != "" {
		k.SeccompProfile = &corev1.SeccompProfile{Type: corev1.SeccompProfileType(profile)}
	}
	if p.PodSecurity == spec.PodSecurityRestricted {
		yes := true
		k.RunAsNonRoot = &yes
	}
	return k
}

// isStrict reports whether pods of the level may not gain privileges.
func isStrict(level string) bool {
	return level == spec.PodSecurityBaseline || level == spec.PodSecurityRestricted
}

func securityContext(c spec.SecurityContext, level string) *corev1.SecurityContext {
	k := &corev1.SecurityContext{
		RunAsUser:                int64s(c.RunAsUser),
		RunAsGroup:               int64s(c.RunAsGroup),
		RunAsNonRoot:             c.RunAsNonRoot,
		ReadOnlyRootFilesystem:   c.ReadOnlyRootFilesystem,
		AllowPrivilegeEscalation: c.AllowPrivilegeEscalation,
		Privileged:               c.Privileged,
		Capabilities:             capabilities(c.Capabilities, level),
	}
	if no := false; isStrict(level) && k.AllowPrivilegeEscalation == nil {
		k.AllowPrivilegeEscalation = &no
	}
	return k
}

func capabilities(c spec.LinuxCapabilities, level string) *corev1.Capabilities {
	if level == spec.PodSecurityRestricted {
		c.Drop = []string{"ALL"}
	}
	if len(c.Add)+len(c.Drop) == 0 {
		return nil
	}
	k := &corev1.Capabilities{}
	for _, name := range c.Add {
		k.Add = append(k.Add, corev1.Capability(name))
	}
	for _, name := range c.Drop {
		k.Drop = append(k.Drop, corev1.Capability(name))
	}
	return k
}
