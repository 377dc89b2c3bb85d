package lower

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

func service(name string, w spec.Workload) corev1.Service {
	s := corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: w.Namespace, Labels: labels(name, w.Pod), Annotations: loadBalancerAnnotations(w.Service)},
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
