package lower

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// namespaces are the namespaces, each with what holds in it.
func namespaces(declared map[string]spec.Namespace) []ir.Object {
	var objects []ir.Object
	for _, namespace := range sorted(declared) {
		name, ns := namespace.name, namespace.value
		o := object(corev1.Namespace{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
			ObjectMeta: metav1.ObjectMeta{Name: name, Labels: merged(ns.Labels, podSecurityLabels(ns.PodSecurity)), Annotations: ns.Annotations},
		})
		o.File = name
		dropEmpty(o.Body, "spec")
		objects = append(objects, o)
		objects = append(objects, limits(name, ns)...)
		objects = append(objects, networkPolicies(name, ns)...)
	}
	return objects
}

// podSecurityLabels are what the API server reads,
// https://kubernetes.io/docs/concepts/security/pod-security-admission/.
func podSecurityLabels(s spec.NamespacePodSecurity) map[string]string {
	labels := map[string]string{}
	for mode, level := range map[string]string{"enforce": s.Enforce, "warn": s.Warn, "audit": s.Audit} {
		if level != "" {
			labels["pod-security.kubernetes.io/"+mode] = level
		}
	}
	return labels
}

// inNamespace names an object that a namespace has at most one of.
func inNamespace(namespace string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: "default", Namespace: namespace}
}

func limits(name string, ns spec.Namespace) []ir.Object {
	var objects []ir.Object
	if len(ns.ResourceQuota) > 0 {
		k := corev1.ResourceQuota{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ResourceQuota"}, ObjectMeta: inNamespace(name)}
		for resource, most := range ns.ResourceQuota {
			setQuantity(&k.Spec.Hard, corev1.ResourceName(resource), most)
		}
		objects = append(objects, fileOf(name, "resourcequota", k))
	}
	if r := ns.LimitRange; r != nil {
		objects = append(objects, fileOf(name, "limitrange", corev1.LimitRange{
			TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "LimitRange"}, ObjectMeta: inNamespace(name),
			Spec: corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{{
				Type: corev1.LimitTypeContainer, Default: resourceList(r.Default), DefaultRequest: resourceList(r.DefaultRequest),
				Min: resourceList(r.Min), Max: resourceList(r.Max),
			}}},
		}))
	}
	return objects
}

// fileOf is an object of a namespace, in a file below the namespace's name.
func fileOf(namespace, file string, typed any) ir.Object {
	o := object(typed)
	o.File = namespace + "/" + file
	dropEmpty(o.Body, "spec")
	return o
}

func networkPolicies(name string, ns spec.Namespace) []ir.Object {
	var objects []ir.Object
	if ns.DefaultDeny != "" {
		objects = append(objects, networkPolicyObject(name, "default-deny", defaultDeny(ns.DefaultDeny)))
	}
	for _, policy := range sorted(ns.NetworkPolicies) {
		objects = append(objects, networkPolicyObject(name, policy.name, networkPolicy(policy.value)))
	}
	return objects
}

func networkPolicyObject(namespace, name string, s networkingv1.NetworkPolicySpec) ir.Object {
	o := object(networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace},
		Spec:       s,
	})
	o.File = namespace + "/networkpolicy-" + name
	return o
}

// defaultDeny lets nobody connect to pods, and, if they may connect to nobody
// either, still lets them ask the cluster's DNS.
func defaultDeny(what string) networkingv1.NetworkPolicySpec {
	k := networkingv1.NetworkPolicySpec{PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}}
	if what == spec.DenyAll {
		dns := spec.NetworkPeers{Namespaces: []string{"kube-system"}, Ports: []int{53}, UDPPorts: []int{53}}
		k.PolicyTypes = append(k.PolicyTypes, networkingv1.PolicyTypeEgress)
		k.Egress = []networkingv1.NetworkPolicyEgressRule{{To: peers(dns), Ports: policyPorts(dns)}}
	}
	return k
}

func networkPolicy(p spec.NetworkPolicy) networkingv1.NetworkPolicySpec {
	k := networkingv1.NetworkPolicySpec{}
	if p.Workload != "" {
		k.PodSelector = *selector(p.Workload)
	}
	if p.Ingress != nil {
		k.PolicyTypes = append(k.PolicyTypes, networkingv1.PolicyTypeIngress)
	}
	if p.Egress != nil {
		k.PolicyTypes = append(k.PolicyTypes, networkingv1.PolicyTypeEgress)
	}
	for _, rule := range sorted(p.Ingress) {
		k.Ingress = append(k.Ingress, networkingv1.NetworkPolicyIngressRule{From: peers(rule.value), Ports: policyPorts(rule.value)})
	}
	for _, rule := range sorted(p.Egress) {
		k.Egress = append(k.Egress, networkingv1.NetworkPolicyEgressRule{To: peers(rule.value), Ports: policyPorts(rule.value)})
	}
	return k
}

func peers(p spec.NetworkPeers) []networkingv1.NetworkPolicyPeer {
	var all []networkingv1.NetworkPolicyPeer
	for _, name := range slices.Sorted(slices.Values(p.Workloads)) {
		all = append(all, networkingv1.NetworkPolicyPeer{PodSelector: selector(name)})
	}
	for _, name := range slices.Sorted(slices.Values(p.Namespaces)) {
		all = append(all, networkingv1.NetworkPolicyPeer{NamespaceSelector: &metav1.LabelSelector{MatchLabels: map[string]string{corev1.LabelMetadataName: name}}})
	}
	for _, block := range slices.Sorted(slices.Values(p.CIDRs)) {
		all = append(all, networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: block}})
	}
	return all
}

func policyPorts(p spec.NetworkPeers) []networkingv1.NetworkPolicyPort {
	var all []networkingv1.NetworkPolicyPort
	add := func(numbers []int, protocol corev1.Protocol) {
		for _, number := range slices.Sorted(slices.Values(numbers)) {
			port := intstr.FromInt32(int32(number))
			all = append(all, networkingv1.NetworkPolicyPort{Protocol: &protocol, Port: &port})
		}
	}
	add(p.Ports, corev1.ProtocolTCP)
	add(p.UDPPorts, corev1.ProtocolUDP)
	return all
}
