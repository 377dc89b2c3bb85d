package lower

import (
	"cmp"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// nameLabel is the label by which a workload's Deployment and Service find
// its pods. It never changes, because a Deployment's selector cannot.
const nameLabel = "app.kubernetes.io/name"

func workloadObjects(name string, w spec.Workload) []ir.Object {
	deployment := object(deployment(name, w))
	deployment.File = "deployment"
	dropEmpty(deployment.Body, "strategy", "resources")
	objects := []ir.Object{deployment}
	if w.Service != nil {
		service := object(service(name, w))
		service.File = "service"
		objects = append(objects, service)
	}
	return objects
}

func deployment(name string, w spec.Workload) appsv1.Deployment {
	replicas := int32(w.Replicas)
	labels := merged(w.Labels, map[string]string{nameLabel: name})
	return appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.Namespace, Labels: labels},
		Spec: appsv1.DeploymentSpec{
			Replicas: &replicas,
			Selector: &metav1.LabelSelector{MatchLabels: map[string]string{nameLabel: name}},
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels},
				Spec: corev1.PodSpec{
					ServiceAccountName: w.ServiceAccount,
					Containers:         []corev1.Container{container(name, w)},
				},
			},
		},
	}
}

func container(name string, w spec.Workload) corev1.Container {
	c := corev1.Container{
		Name:    name,
		Image:   w.Image,
		Command: w.Command,
		Args:    w.Args,
		Resources: corev1.ResourceRequirements{
			Requests: resourceList(w.Resources.Requests),
			Limits:   resourceList(w.Resources.Limits),
		},
	}
	for _, variable := range sorted(w.Env) {
		c.Env = append(c.Env, corev1.EnvVar{Name: variable.name, Value: variable.value})
	}
	for _, port := range byNumber(w.Ports) {
		c.Ports = append(c.Ports, corev1.ContainerPort{Name: port.name, ContainerPort: int32(port.value)})
	}
	return c
}

func resourceList(q spec.ResourceQuantities) corev1.ResourceList {
	list := corev1.ResourceList{}
	for name, quantity := range map[corev1.ResourceName]string{corev1.ResourceCPU: q.CPU, corev1.ResourceMemory: q.Memory} {
		if parsed, err := resource.ParseQuantity(quantity); err == nil {
			list[name] = parsed
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// dropEmpty deletes fields of these names that hold an empty object, which
// the Go types write although nobody has set them.
func dropEmpty(v any, names ...string) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if m, ok := value.(map[string]any); ok && len(m) == 0 && slices.Contains(names, name) {
				delete(v, name)
			} else {
				dropEmpty(value, names...)
			}
		}
	case []any:
		for _, item := range v {
			dropEmpty(item, names...)
		}
	}
}

// byNumber orders ports by number, then name.
func byNumber(ports map[string]int) []entry[int] {
	list := sorted(ports)
	slices.SortStableFunc(list, func(a, b entry[int]) int { return cmp.Compare(a.value, b.value) })
	return list
}

func service(name string, w spec.Workload) corev1.Service {
	s := corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.Namespace, Labels: merged(w.Labels, map[string]string{nameLabel: name}), Annotations: loadBalancerAnnotations(w.Service)},
		Spec: corev1.ServiceSpec{
			Type:     corev1.ServiceType(w.Service.Type),
			Selector: map[string]string{nameLabel: name},
		},
	}
	ports := w.Service.Ports
	if len(ports) == 0 {
		ports = w.Ports
	}
	for _, port := range byNumber(ports) {
		s.Spec.Ports = append(s.Spec.Ports, corev1.ServicePort{
			Name:       port.name,
			Protocol:   corev1.ProtocolTCP,
			Port:       int32(port.value),
			TargetPort: intstr.FromString(port.name),
		})
	}
	return s
}

// loadBalancerAnnotations are what the AWS cloud controller reads; see
// https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer.
func loadBalancerAnnotations(s *spec.Service) map[string]string {
	const prefix = "service.beta.kubernetes.io/aws-load-balancer-"
	if s.LoadBalancer == nil {
		return nil
	}
	annotations := map[string]string{}
	if s.LoadBalancer.Internal {
		annotations[prefix+"internal"] = "true"
	}
	if nlb := s.LoadBalancer.NLB; nlb != nil {
		annotations[prefix+"type"] = "nlb"
		if nlb.CrossZone {
			annotations[prefix+"cross-zone-load-balancing-enabled"] = "true"
		}
	}
	return annotations
}
