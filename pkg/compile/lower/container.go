package lower

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// container is a container that goes on running.
func container(name string, c spec.Container, level string) corev1.Container {
	k := program(name, c.Program, level)
	k.Ports = containerPorts(c)
	k.LivenessProbe = probe(c.LivenessProbe, c)
	k.ReadinessProbe = probe(c.ReadinessProbe, c)
	k.StartupProbe = probe(c.StartupProbe, c)
	k.Lifecycle = lifecycle(c.Lifecycle)
	return k
}

// program is what every container has. Level is the Pod Security Standard of
// the pod.
func program(name string, p spec.Program, level string) corev1.Container {
	return corev1.Container{
		Name:            name,
		Image:           p.Image,
		ImagePullPolicy: corev1.PullPolicy(p.ImagePullPolicy),
		Command:         p.Command,
		Args:            p.Args,
		WorkingDir:      p.WorkingDir,
		Env:             variables(p),
		EnvFrom:         envFrom(p.EnvFrom),
		Resources:       resources(p.Resources),
		VolumeMounts:    volumeMounts(p.VolumeMounts),
		SecurityContext: securityContext(p.SecurityContext, level),
	}
}

// containerPorts are ordered by number. TCP is Kubernetes' default.
func containerPorts(c spec.Container) []corev1.ContainerPort {
	var all []corev1.ContainerPort
	for _, port := range byNumber(c.Ports) {
		all = append(all, corev1.ContainerPort{Name: port.name, ContainerPort: int32(port.value)})
	}
	for _, port := range byNumber(c.UDPPorts) {
		all = append(all, corev1.ContainerPort{Name: port.name, ContainerPort: int32(port.value), Protocol: corev1.ProtocolUDP})
	}
	return all
}

// byNumber orders ports by number, then name.
func byNumber(ports map[string]int) []entry[int] {
	list := sorted(ports)
	slices.SortStableFunc(list, func(a, b entry[int]) int { return cmp.Compare(a.value, b.value) })
	return list
}

// resources are what a container asks for. Kubernetes takes the limit of a
// device's resource for its request.
func resources(r spec.Resources) corev1.ResourceRequirements {
	limits := resourceList(r.Limits)
	for name, amount := range r.Extended {
		setQuantity(&limits, corev1.ResourceName(name), amount)
	}
	return corev1.ResourceRequirements{Requests: resourceList(r.Requests), Limits: limits}
}

func resourceList(q spec.ResourceQuantities) corev1.ResourceList {
	var list corev1.ResourceList
	setQuantity(&list, corev1.ResourceCPU, q.CPU)
	setQuantity(&list, corev1.ResourceMemory, q.Memory)
	setQuantity(&list, corev1.ResourceEphemeralStorage, q.EphemeralStorage)
	return list
}

// setQuantity notes a quantity that is given.
func setQuantity(list *corev1.ResourceList, name corev1.ResourceName, text string) {
	q, err := resource.ParseQuantity(text)
	if err != nil {
		return // it is empty: resolve has read the others
	}
	if *list == nil {
		*list = corev1.ResourceList{}
	}
	(*list)[name] = q
}
