package lower

import (
	"cmp"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// probe asks a container. gRPC probes know ports by number only.
func probe(p *spec.Probe, c spec.Container) *corev1.Probe {
	if p == nil {
		return nil
	}
	k := &corev1.Probe{
		InitialDelaySeconds:           int32Of(p.InitialDelaySeconds),
		PeriodSeconds:                 int32Of(p.PeriodSeconds),
		TimeoutSeconds:                int32Of(p.TimeoutSeconds),
		SuccessThreshold:              int32Of(p.SuccessThreshold),
		FailureThreshold:              int32Of(p.FailureThreshold),
		TerminationGracePeriodSeconds: int64s(p.TerminationGracePeriodSeconds),
	}
	switch {
	case p.HTTPGet != nil:
		k.HTTPGet = httpGet(*p.HTTPGet)
	case p.TCPSocket != nil:
		k.TCPSocket = &corev1.TCPSocketAction{Port: intstr.FromString(p.TCPSocket.Port)}
	case p.GRPC != nil:
		k.GRPC = &corev1.GRPCAction{Port: int32(c.Ports[p.GRPC.Port])}
		if p.GRPC.Service != "" {
			k.GRPC.Service = &p.GRPC.Service
		}
	case p.Exec != nil:
		k.Exec = &corev1.ExecAction{Command: p.Exec.Command}
	}
	return k
}

func httpGet(g spec.HTTPGet) *corev1.HTTPGetAction {
	action := &corev1.HTTPGetAction{Port: intstr.FromString(g.Port), Path: cmp.Or(g.Path, "/"), Scheme: corev1.URIScheme(g.Scheme)}
	for _, header := range sorted(g.HTTPHeaders) {
		action.HTTPHeaders = append(action.HTTPHeaders, corev1.HTTPHeader{Name: header.name, Value: header.value})
	}
	return action
}

func lifecycle(l spec.Lifecycle) *corev1.Lifecycle {
	if l.PostStart == nil && l.PreStop == nil {
		return nil
	}
	return &corev1.Lifecycle{PostStart: lifecycleHandler(l.PostStart), PreStop: lifecycleHandler(l.PreStop)}
}

func lifecycleHandler(h *spec.LifecycleHandler) *corev1.LifecycleHandler {
	switch {
	case h == nil:
		return nil
	case h.Exec != nil:
		return &corev1.LifecycleHandler{Exec: &corev1.ExecAction{Command: h.Exec.Command}}
	case h.HTTPGet != nil:
		return &corev1.LifecycleHandler{HTTPGet: httpGet(*h.HTTPGet)}
	}
	return &corev1.LifecycleHandler{Sleep: &corev1.SleepAction{Seconds: int64(int32Of(h.SleepSeconds))}}
}
