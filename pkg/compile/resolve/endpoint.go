package resolve

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// maxPublicAccessCIDRs is an EKS quota that cannot be raised.
const maxPublicAccessCIDRs = 40

var endpointPath = clusterPath.at("endpoint")

func (r *resolver) checkEndpoint() {
	e := r.cluster.Endpoint
	if !e.Public && !e.Private {
		r.report(diag.EndpointClosed, endpointPath, "turn private on, or public", "nobody could reach the cluster: public and private are both false")
		return
	}
	r.checkPrivateAccess(e)
	allowed, ok := r.checkPublicAccess(e)
	if closed := r.closedNodes(); !e.Private && len(closed) > 0 {
		r.report(diag.EndpointNodes, endpointPath.at("private"), "turn private on", "nodes without a way to the internet cannot reach the public endpoint: %s", strings.Join(closed, ", "))
		return
	}
	if e.Public && !e.Private && ok && len(allowed) > 0 {
		r.checkNodesReachEndpoint(allowed)
	}
}

// checkPublicAccess returns the blocks that may use the public endpoint, and
// whether all of them could be read.
func (r *resolver) checkPublicAccess(e spec.Endpoint) ([]netip.Prefix, bool) {
	at := endpointPath.at("publicAccessCIDRs")
	if e.PublicAccessCIDRs == nil {
		return nil, true
	}
	if !e.Public {
		r.report(diag.PublicAccessCIDRs, at, "leave it out, or turn public on", "the public endpoint is off, so there is nothing to limit")
	}
	if len(e.PublicAccessCIDRs) == 0 {
		r.report(diag.OpenEndpoint, at, "name the blocks that may connect, or leave the field out", "EKS takes an empty list as 0.0.0.0/0, which is everybody")
	}
	if n := len(e.PublicAccessCIDRs); n > maxPublicAccessCIDRs {
		r.report(diag.PublicAccessCIDRs, at, "", "%d blocks; EKS allows %d", n, maxPublicAccessCIDRs)
	}
	var blocks []netip.Prefix
	for i, text := range e.PublicAccessCIDRs {
		if p, ok := r.parsePublicBlock(at.index(i), text); ok {
			r.checkPublicBlock(at.index(i), p, len(e.PublicAccessCIDRs))
			blocks = append(blocks, p)
		}
	}
	return blocks, len(blocks) == len(e.PublicAccessCIDRs)
}

// parsePublicBlock reads a block of either IP version. The endpoint has IPv6
// addresses only in an IPv6 cluster; see
// https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html.
func (r *resolver) parsePublicBlock(at path, text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	if err != nil || p.Addr().Is4() {
		return r.parseCIDR(diag.InvalidCIDR, at, text)
	}
	if r.cluster.IPFamily != spec.IPv6 {
		r.report(diag.InvalidCIDR, at, `name IPv4 blocks, or set cluster.ipFamily to "ipv6"`, "%q is an IPv6 block, but the endpoint of an IPv4 cluster has IPv4 addresses only", text)
		return netip.Prefix{}, false
	}
	return r.parseIPv6CIDR(at, text)
}

// checkPublicBlock reports a block that lets everybody in, and one that EKS
// refuses because nothing can come from it.
func (r *resolver) checkPublicBlock(at path, p netip.Prefix, blocks int) {
	switch {
	case p.Bits() == 0 && blocks > 1:
		r.report(diag.OpenEndpoint, at, "leave it out, or leave out the others", "%s lets everybody in, so the other blocks limit nothing", p)
	case p.Bits() == 0:
		r.report(diag.OpenEndpoint, at, "name the blocks that may connect", "%s lets everybody in", p)
	case within(privateBlocks, p) || within(reservedBlocks, p) || within(reservedIPv6Blocks, p):
		r.report(diag.PublicAccessCIDRs, at, "name public addresses; turn private on for what is in the VPC",
			"%s is private or reserved, so nothing reaches the public endpoint from it", p)
	}
}

// checkPrivateAccess checks the ingress to the private endpoint, and that a
// cluster without a public one can be used by somebody.
func (r *resolver) checkPrivateAccess(e spec.Endpoint) {
	if len(e.Ingress) > 0 && !e.Private {
		r.report(diag.EndpointIngress, endpointPath.at("ingress"), "leave it out, or turn private on", "the private endpoint is off, so there is nothing to let anybody into")
	}
	if !e.Public && !r.isEndpointOpen() {
		r.report(diag.ClosedEndpoint, endpointPath, "name in endpoint.ingress who may reach it from the VPC or from networks connected to it, or declare a bastion",
			"the endpoint is private and lets in the nodes alone, so kubectl works on nodes only")
	}
}

// isEndpointOpen reports whether somebody beside the nodes may reach the private
// endpoint. Whom an existing security group lets in is not known here.
func (r *resolver) isEndpointOpen() bool {
	c := r.cluster
	if c.HasGivenControlPlaneGroup() || c.Bastion != nil {
		return true
	}
	for _, set := range c.RuleSets() {
		if set.Owner != spec.ClusterGroup && set.Owner != spec.ControlPlaneGroup {
			continue
		}
		for _, rule := range set.Rules {
			if covers(rule, "tcp", spec.APIServerPort) && r.isOutside(rule.SecurityGroupPeer) {
				return true
			}
		}
	}
	return false
}

// checkNodesReachEndpoint checks that nodes which have to take the public
// endpoint are among those that it is limited to.
func (r *resolver) checkNodesReachEndpoint(allowed []netip.Prefix) {
	allowed = slices.DeleteFunc(allowed, func(p netip.Prefix) bool { return p.Addr().Is6() })
	c, at := r.cluster, endpointPath.at("private")
	if covered(allowed, everywhere) || !c.HasNodes() && !c.HasFargate() {
		return
	}
	if !c.Network.Exists() {
		r.report(diag.EndpointNodes, at, "turn private on", "nodes need the public endpoint, but the addresses that a new VPC's nodes leave from are not known before it exists")
		return
	}
	if len(c.Network.NATAddresses) == 0 {
		r.report(diag.EndpointNodes, at, "turn private on, or state network.natAddresses and allow them in publicAccessCIDRs",
			"nodes need the public endpoint, but nothing says that publicAccessCIDRs has the addresses that they leave from")
	}
	for _, b := range r.natBlocks {
		if !covered(allowed, b.prefix) {
			r.report(diag.EndpointNodes, b.path, "add it to endpoint.publicAccessCIDRs, or turn endpoint.private on",
				"nodes leave from %s, which may not use the public endpoint", b.prefix)
		}
	}
}
