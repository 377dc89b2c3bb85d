package lower

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// serviceObjects are the Service in front of the pods, if there is one.
func serviceObjects(name string, p spec.Pod, s *spec.Service) []ir.Object {
	if s == nil {
		return nil
	}
	o := object(service(name, p, *s))
	o.File = "service"
	return []ir.Object{o}
}

func service(name string, p spec.Pod, s spec.Service) corev1.Service {
	return corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: p.Namespace, Labels: labels(name, p), Annotations: loadBalancerAnnotations(s)},
		Spec: corev1.ServiceSpec{
			Type:     corev1.ServiceType(s.Type),
			Selector: selector(name).MatchLabels,
			Ports:    append(servicePorts(p.Ports, s.Ports, corev1.ProtocolTCP), servicePorts(p.UDPPorts, s.Ports, corev1.ProtocolUDP)...),
		},
	}
}

// servicePorts are a Service's ports for those of a container by one protocol:
// all of them with their own numbers where the Service says nothing.
func servicePorts(container, chosen map[string]int, protocol corev1.Protocol) []corev1.ServicePort {
	ports := container
	if len(chosen) > 0 {
		ports = map[string]int{}
		for name, number := range chosen {
			if _, ok := container[name]; ok {
				ports[name] = number
			}
		}
	}
	var all []corev1.ServicePort
	for _, port := range byNumber(ports) {
		all = append(all, corev1.ServicePort{Name: port.name, Protocol: protocol, Port: int32(port.value), TargetPort: intstr.FromString(port.name)})
	}
	return all
}

// loadBalancerAnnotations are what the AWS cloud controller reads; see
// https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer.
func loadBalancerAnnotations(s spec.Service) map[string]string {
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
