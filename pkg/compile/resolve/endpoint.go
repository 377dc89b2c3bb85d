package resolve

import (
	"net/netip"
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
		if p, ok := r.parseCIDR(diag.InvalidCIDR, at.index(i), text); ok {
			r.checkPublicBlock(at.index(i), p, len(e.PublicAccessCIDRs))
			blocks = append(blocks, p)
		}
	}
	return blocks, len(blocks) == len(e.PublicAccessCIDRs)
}

// checkPublicBlock reports a block that lets everybody in, and one that EKS
// refuses because nothing can come from it.
func (r *resolver) checkPublicBlock(at path, p netip.Prefix, blocks int) {
	switch {
	case p == everywhere && blocks > 1:
		r.report(diag.OpenEndpoint, at, "leave it out, or leave out the others", "0.0.0.0/0 lets everybody in, so the other blocks limit nothing")
	case p == everywhere:
		r.report(diag.OpenEndpoint, at, "name the blocks that may connect", "0.0.0.0/0 lets everybody in")
	case within(privateBlocks, p) || within(reservedBlocks, p):
		r.report(diag.PublicAccessCIDRs, at, "name public addresses; turn private on for what is in the VPC",
			"%s is private or reserved, so nothing reaches the public endpoint from it", p)
	}
}

// checkNodesReachEndpoint checks that nodes which have to take the public
// endpoint are among those that it is limited to.
func (r *resolver) checkNodesReachEndpoint(allowed []netip.Prefix) {
	c, at := r.cluster, endpointPath.at("private")
	if covered(allowed, everywhere) || len(c.NodeGroups)+len(c.SelfManagedNodeGroups) == 0 {
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
