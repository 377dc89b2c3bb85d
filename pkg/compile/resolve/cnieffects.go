package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// idleSetting is a setting of the CNI plugin with what may make it idle.
type idleSetting struct {
	field       path
	isSet, idle bool
	because     string
}

// checkCNIEffects reports settings that another one overrides, or that the
// cluster has no use for.
func (r *resolver) checkCNIEffects(v spec.VPCCNI) {
	settings := append(r.podSettings(v), windowsSettings(v.Windows)...)
	settings = append(settings, idleSetting{path{"windows"}, v.Windows != nil, !r.mayHaveWindows(), "there are no nodes with Windows, and no access lets any in"})
	if r.cluster.IPFamily == spec.IPv6 {
		r.checkIPv6CNI(v)
	} else {
		settings = append(settings, r.addressSettings(v)...)
		r.checkWarmAddresses(v)
	}
	for _, s := range settings {
		if s.isSet && s.idle {
			r.report(diag.CNINoEffect, cniPath.at(s.field...), "leave it out", "it has no effect: %s", s.because)
		}
	}
}

// checkWarmAddresses warns of nodes that have addresses for a number of pods
// and none for one more.
func (r *resolver) checkWarmAddresses(v spec.VPCCNI) {
	if v.MinimumIPTarget != nil && v.WarmIPTarget == nil {
		r.report(diag.NoWarmAddresses, cniPath.at("minimumIPTarget"), "set warmIPTarget, too",
			"once pods use these addresses, a node keeps no free ones, and each new pod waits for EC2")
	}
}

// addressSettings are those about which addresses pods get.
func (r *resolver) addressSettings(v spec.VPCCNI) []idleSetting {
	const replaced = "warmIPTarget and minimumIPTarget take its place"
	const external = "with externalSNAT nodes do not translate addresses"
	targets, snat := v.WarmIPTarget != nil || v.MinimumIPTarget != nil, isTrue(v.ExternalSNAT)
	return []idleSetting{
		{path{"warmENITarget"}, v.WarmENITarget != nil, targets, replaced},
		{path{"warmPrefixTarget"}, v.WarmPrefixTarget != nil, targets, replaced},
		{path{"warmPrefixTarget"}, v.WarmPrefixTarget != nil, !targets && !r.cluster.PrefixDelegation(), "without prefixDelegation nodes hold no prefixes"},
		{path{"excludeSNATCIDRs"}, v.ExcludeSNATCIDRs != nil, snat, external},
		{path{"randomizeSNAT"}, v.RandomizeSNAT != "", snat, external},
		{path{"subnetDiscovery"}, v.SubnetDiscovery != nil, r.cluster.CustomNetworking(), `with custom networking pods get addresses from the subnets of their zone's ENIConfig alone`},
	}
}

// podSettings are those about what pods reach and what reaches them.
func (r *resolver) podSettings(v spec.VPCCNI) []idleSetting {
	const noGroups = "no pods have security groups of their own"
	groups, ipv6 := len(r.cluster.PodSecurityGroups) > 0, r.cluster.IPFamily == spec.IPv6
	return []idleSetting{
		{path{"branchENICooldown"}, v.BranchENICooldown != nil, !groups, noGroups},
		{path{"disableTCPEarlyDemux"}, isTrue(v.DisableTCPEarlyDemux), !groups, noGroups},
		{path{"disableTCPEarlyDemux"}, isTrue(v.DisableTCPEarlyDemux), groups && v.PodSecurityGroupEnforcingMode == "standard", `kubelet reaches all pods in the mode "standard"`},
		{path{"v4Egress"}, v.V4Egress != nil, !ipv6, "pods of an IPv4 cluster have IPv4 addresses"},
		{path{"networkPolicy", "cloudWatchLogs"}, v.NetworkPolicy != nil && isTrue(v.NetworkPolicy.CloudWatchLogs), v.NetworkPolicy != nil && !isTrue(v.NetworkPolicy.PolicyEventLogs), "policyEventLogs is not true, so that there is nothing to log"},
	}
}

// windowsSettings are those of pods on Windows; see
// https://github.com/aws/amazon-vpc-resource-controller-k8s/tree/master/docs/windows.
func windowsSettings(w *spec.WindowsIPAM) []idleSetting {
	if w == nil {
		return nil
	}
	at, isSet := path{"windows", "warmPrefixTarget"}, w.WarmPrefixTarget != nil
	targets := w.WarmIPTarget != nil || w.MinimumIPTarget != nil
	return []idleSetting{
		{at, isSet, !isTrue(w.PrefixDelegation), "without prefixDelegation nodes hold no prefixes"},
		{at, isSet, isTrue(w.PrefixDelegation) && targets, "warmIPTarget and minimumIPTarget take its place"},
	}
}

// mayHaveWindows reports whether there may be nodes with Windows: those of a
// node group or of Karpenter, or others that an access lets in.
func (r *resolver) mayHaveWindows() bool {
	has := false
	r.eachGroup(func(_ path, g spec.NodeGroupBase) { has = has || g.Image.Family.IsWindows() })
	if k := r.cluster.Karpenter; k != nil {
		for _, class := range k.NodeClasses {
			has = has || class.IsWindows()
		}
	}
	for _, access := range r.cluster.Access {
		has = has || access.Type == "EC2_WINDOWS"
	}
	return has
}

// checkIPv6CNI reports settings that an IPv6 cluster has no use for; see
// https://github.com/aws/amazon-vpc-cni-k8s#vpc-cni-feature-matrix.
func (r *resolver) checkIPv6CNI(v spec.VPCCNI) {
	for _, s := range []struct {
		field string
		isSet bool
	}{
		{"warmENITarget", v.WarmENITarget != nil}, {"warmIPTarget", v.WarmIPTarget != nil}, {"minimumIPTarget", v.MinimumIPTarget != nil},
		{"warmPrefixTarget", v.WarmPrefixTarget != nil}, {"maxENI", v.MaxENI != nil},
		{"externalSNAT", v.ExternalSNAT != nil}, {"excludeSNATCIDRs", v.ExcludeSNATCIDRs != nil}, {"randomizeSNAT", v.RandomizeSNAT != ""},
		{"externalServiceCIDRs", v.ExternalServiceCIDRs != nil}, {"v6Egress", v.V6Egress != nil}, {"disablePodV6", v.DisablePodV6 != nil},
	} {
		if s.isSet {
			r.report(diag.CNINoEffect, cniPath.at(s.field), "leave it out", "it is for the addresses of IPv4 clusters, and this is an IPv6 cluster")
		}
	}
	if p := v.PrefixDelegation; p != nil && !*p {
		r.report(diag.CNISetting, cniPath.at("prefixDelegation"), "leave it out: EKS turns it on", "the nodes of an IPv6 cluster hold prefixes")
	}
}
