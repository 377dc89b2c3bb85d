package resolve

import (
	"math"
	"net/netip"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkPodPlacement checks on which nodes the pods of a program run.
func (r *resolver) checkPodPlacement(p program) {
	at, pod := p.at, p.pod
	r.checkLabels(at.at("nodeSelector"), pod.NodeSelector)
	for _, key := range sortedKeys(pod.Tolerations) {
		r.checkToleration(at.at("tolerations", key), key, pod.Tolerations[key])
	}
	r.checkAffinity(at.at("nodeAffinity", "required"), pod.NodeAffinity.Required)
	r.checkAffinity(at.at("nodeAffinity", "preferred"), pod.NodeAffinity.Preferred)
	for _, over := range []struct {
		name string
		over *spec.SpreadOver
	}{{"zones", pod.Spread.Zones}, {"nodes", pod.Spread.Nodes}} {
		if over.over != nil {
			r.checkNumbers(diag.PodPlacement, at.at("spread", over.name), bounds{"maxSkew", &over.over.MaxSkew, 1, math.MaxInt32})
		}
	}
	if pod.PriorityClassName != "" {
		r.checkReferredName(at.at("priorityClassName"), "PriorityClass", pod.PriorityClassName)
	}
	if pod.RuntimeClassName != "" {
		r.checkReferredName(at.at("runtimeClassName"), "RuntimeClass", pod.RuntimeClassName)
	}
	if p.kind == "DaemonSet" && (pod.Spread.Zones != nil || pod.Spread.Nodes != nil) {
		r.report(diag.PodPlacement, at.at("spread"), "leave it out", "a DaemonSet has a pod on each node anyway")
	}
}

func (r *resolver) checkToleration(at path, key string, t spec.Toleration) {
	switch {
	case key != spec.AllTaints:
		r.checkLabelKey(at, "taint", key)
	case t.Value != "":
		r.report(diag.PodPlacement, at.at("value"), "leave it out", "taints of all keys have no value in common")
	}
	if len(validation.IsValidLabelValue(t.Value)) > 0 {
		r.report(diag.InvalidLabel, at.at("value"), labelHint, "Kubernetes does not allow the taint value %q", t.Value)
	}
	if t.TolerationSeconds != nil && t.Effect != "NoExecute" {
		r.report(diag.PodPlacement, at.at("tolerationSeconds"), `set effect: "NoExecute"`, "only the effect NoExecute ends pods that run")
	}
}

func (r *resolver) checkAffinity(at path, labels map[string][]string) {
	for _, key := range sortedKeys(labels) {
		r.checkLabelKey(at.at(key), "label", key)
		if len(labels[key]) == 0 {
			r.report(diag.PodPlacement, at.at(key), "name the values that will do", "no node has a label with none of all values")
		}
		for i, value := range labels[key] {
			if len(validation.IsValidLabelValue(value)) > 0 {
				r.report(diag.InvalidLabel, at.at(key).index(i), labelHint, "Kubernetes does not allow the label value %q", value)
			}
		}
	}
}

// Limits of a pod's DNS settings,
// https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/.
const (
	maxNameservers = 3
	maxSearches    = 32
)

// checkPodNetwork checks how the pods of a program find others.
func (r *resolver) checkPodNetwork(p program) {
	at, pod := p.at, p.pod
	r.refuse(p, spec.PodSecurityBaseline, at.at("hostNetwork"), isTrue(pod.HostNetwork), "have the addresses of the node")
	if pod.DNSPolicy == "None" && len(pod.DNSConfig.Nameservers) == 0 {
		r.report(diag.PodSetting, at.at("dnsPolicy"), "add dnsConfig.nameservers", "nobody would answer DNS questions")
	}
	if pod.DNSPolicy == "ClusterFirstWithHostNet" && !isTrue(pod.HostNetwork) {
		r.report(diag.PodSetting, at.at("dnsPolicy"), `leave it out`, "ClusterFirstWithHostNet is for pods with hostNetwork")
	}
	r.checkDNSConfig(at.at("dnsConfig"), pod.DNSConfig)
	for _, address := range sortedKeys(pod.HostAliases) {
		at := at.at("hostAliases", address)
		r.checkAddress(at, address)
		for i, name := range pod.HostAliases[address] {
			r.checkReferredName(at.index(i), "host", name)
		}
	}
}

func (r *resolver) checkAddress(at path, text string) {
	if _, err := netip.ParseAddr(text); err != nil {
		r.report(diag.PodSetting, at, `such as "10.0.0.2"`, "%q is not an IP address", text)
	}
}

func (r *resolver) checkDNSConfig(at path, c spec.DNSConfig) {
	for i, server := range c.Nameservers {
		r.checkAddress(at.at("nameservers").index(i), server)
	}
	if n := len(c.Nameservers); n > maxNameservers {
		r.report(diag.PodSetting, at.at("nameservers"), "", "%d name servers; a pod has at most %d", n, maxNameservers)
	}
	if n := len(c.Searches); n > maxSearches {
		r.report(diag.PodSetting, at.at("searches"), "", "%d search domains; a pod has at most %d", n, maxSearches)
	}
	for i, domain := range c.Searches {
		r.checkReferredName(at.at("searches").index(i), "search domain", domain)
	}
}
