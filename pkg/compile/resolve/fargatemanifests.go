package resolve

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/ekscc/ekscc/pkg/compile/kinds"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkFargateManifest checks the pods of a manifest. What is no valid manifest
// has been reported.
func (r *resolver) checkFargateManifest(at path, m spec.Manifest) {
	typed, namespace := typedManifest(m), objectOf(m).namespace
	if _, ok := typed.(*appsv1.DaemonSet); ok {
		if r.cluster.OnlyFargate() {
			r.report(diag.FargateIdle, at, "run it as a sidecar of the pods that need it, or add a node group", "a DaemonSet runs on nodes, and there are none")
		}
		return
	}
	if service, ok := typed.(*corev1.Service); ok {
		r.checkFargateServiceManifest(at, namespace, *service)
	}
	template, below, ok := podsOf(typed)
	if !ok {
		return
	}
	if !r.landsOnFargate(namespace, template.Labels) {
		r.checkOffFargate(at, namespace)
		return
	}
	if set, ok := typed.(*appsv1.StatefulSet); ok && len(set.Spec.VolumeClaimTemplates) > 0 {
		r.reportOffFargate(at.at("spec", "volumeClaimTemplates"), "volumes that are made for the pod")
	}
	r.checkFargatePodSpec(at.at(below...), template.Spec)
}

// typedManifest is a manifest as its Go type, or nil where there is none or the
// manifest is none of it.
func typedManifest(m spec.Manifest) any {
	object, ok := kinds.New(text(m["apiVersion"]), text(m["kind"]))
	if !ok {
		return nil
	}
	data, err := json.Marshal(m)
	if err != nil || json.Unmarshal(data, object) != nil {
		return nil
	}
	return object
}

// podsOf returns the pods that an object makes, and where it says so.
func podsOf(object any) (template corev1.PodTemplateSpec, below path, ok bool) {
	inTemplate := path{"spec", "template", "spec"}
	switch o := object.(type) {
	case *corev1.Pod:
		return corev1.PodTemplateSpec{ObjectMeta: o.ObjectMeta, Spec: o.Spec}, path{"spec"}, true
	case *appsv1.Deployment:
		return o.Spec.Template, inTemplate, true
	case *appsv1.ReplicaSet:
		return o.Spec.Template, inTemplate, true
	case *appsv1.StatefulSet:
		return o.Spec.Template, inTemplate, true
	case *batchv1.Job:
		return o.Spec.Template, inTemplate, true
	case *batchv1.CronJob:
		return o.Spec.JobTemplate.Spec.Template, path{"spec", "jobTemplate", "spec", "template", "spec"}, true
	}
	return corev1.PodTemplateSpec{}, nil, false
}

// reportOffFargate reports what pods want and Fargate does not have; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate.html.
func (r *resolver) reportOffFargate(at path, what string) {
	r.report(diag.FargatePod, at, offFargate, "Fargate has no %s", what)
}

func (r *resolver) checkFargatePodSpec(at path, pod corev1.PodSpec) {
	if pod.HostNetwork {
		r.reportOffFargate(at.at("hostNetwork"), "network of a host")
	}
	if pod.NodeSelector["kubernetes.io/arch"] == "arm64" {
		r.reportOffFargate(at.at("nodeSelector", "kubernetes.io/arch"), "ARM processors")
	}
	if pod.NodeSelector["kubernetes.io/os"] == "windows" {
		r.reportOffFargate(at.at("nodeSelector", "kubernetes.io/os"), "Windows")
	}
	for i, volume := range pod.Volumes {
		switch at := at.at("volumes").index(i); {
		case volume.HostPath != nil:
			r.reportOffFargate(at.at("hostPath"), "directories of a host")
		case volume.AWSElasticBlockStore != nil:
			r.reportOffFargate(at.at("awsElasticBlockStore"), "volumes in Amazon EBS")
		case volume.Ephemeral != nil:
			r.reportOffFargate(at.at("ephemeral"), "volumes that are made for the pod")
		}
	}
	var cpu, memory resource.Quantity
	for i, container := range pod.Containers {
		r.checkFargateContainer(at.at("containers").index(i), container)
		cpu.Add(asked(container, corev1.ResourceCPU))
		memory.Add(asked(container, corev1.ResourceMemory))
	}
	for i, container := range pod.InitContainers {
		r.checkFargateContainer(at.at("initContainers").index(i), container)
	}
	r.checkFargateSize(at.at("containers"), cpu, memory)
}

// asked is what a container requests, or without that its limit.
func asked(c corev1.Container, name corev1.ResourceName) resource.Quantity {
	if q, ok := c.Resources.Requests[name]; ok {
		return q
	}
	return c.Resources.Limits[name]
}

func (r *resolver) checkFargateContainer(at path, c corev1.Container) {
	if c.SecurityContext != nil && c.SecurityContext.Privileged != nil && *c.SecurityContext.Privileged {
		r.reportOffFargate(at.at("securityContext", "privileged"), "privileged containers")
	}
	for i, port := range c.Ports {
		if port.HostPort != 0 {
			r.reportOffFargate(at.at("ports").index(i).at("hostPort"), "ports of a host")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Resources.Limits)) {
		if isAccelerator(string(name)) {
			r.reportOffFargate(at.at("resources", "limits", string(name)), "GPUs and other accelerators")
		}
	}
}

// isAccelerator reports whether a resource is hardware that a device plugin
// gives to containers.
func isAccelerator(name string) bool {
	domain, _, _ := strings.Cut(name, "/")
	return domain == "nvidia.com" || domain == "amd.com" || strings.HasPrefix(name, "aws.amazon.com/neuron")
}

// ipTargetAnnotations are by which a Service asks the AWS Load Balancer
// Controller for a load balancer that sends to pods; see
// https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html.
var ipTargetAnnotations = map[string]string{
	"service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
	"service.beta.kubernetes.io/aws-load-balancer-type":            "nlb-ip",
}

// checkFargateServiceManifest checks that a load balancer whose pods are on
// Fargate sends to pods.
func (r *resolver) checkFargateServiceManifest(at path, namespace string, s corev1.Service) {
	if s.Spec.Type != corev1.ServiceTypeLoadBalancer || len(s.Spec.Selector) == 0 || !r.landsOnFargate(namespace, s.Spec.Selector) {
		return
	}
	for annotation, value := range ipTargetAnnotations {
		if s.Annotations[annotation] == value {
			return
		}
	}
	r.report(diag.FargatePod, at.at("spec", "type"), `let the AWS Load Balancer Controller make it, with the annotation service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: "ip"`,
		"the load balancer sends to instances, and pods on Fargate are reached by their addresses only")
}
