package resolve

import (
	"net/netip"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// What EKS takes as networks of hybrid nodes; see
// https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-prereqs.html.
const (
	maxRemoteBlocks = 15
	minRemoteBits   = 8
)

var (
	remotePath = clusterPath.at("remoteNetworks")
	// remoteBlocks are the addresses of RFC 1918 and of RFC 6598.
	remoteBlocks = slices.Concat(privateBlocks, prefixes("100.64.0.0/10"))
)

// checkRemoteNetworks checks the networks of hybrid nodes. It comes after the
// network, whose blocks they must not overlap.
func (r *resolver) checkRemoteNetworks() {
	n, c := r.cluster.RemoteNetworks, r.cluster
	if n == nil {
		return
	}
	if r.region.Partition == govCloud {
		r.report(diag.RemoteNetwork, remotePath, "choose another region", "EKS has no hybrid nodes in %s", r.region.Name)
	}
	if len(n.Nodes) == 0 {
		r.report(diag.RemoteNetwork, remotePath.at("nodes"), "name the blocks that hybrid nodes are in", "there is no network that a hybrid node could be in")
	}
	taken := r.checkRemoteBlocks(remotePath.at("nodes"), n.Nodes, nil)
	r.checkRemoteBlocks(remotePath.at("pods"), n.Pods, taken)
	if !c.AuthenticationMode.UsesAccessEntries() {
		r.report(diag.RemoteNetwork, clusterPath.at("authenticationMode"), `set it to "API" or "API_AND_CONFIG_MAP"`, "hybrid nodes join by access entries, which the mode CONFIG_MAP does not have")
	}
	if c.IPFamily == spec.IPv6 {
		r.report(diag.RemoteNetwork, clusterPath.at("ipFamily"), `leave it "ipv4"`, "EKS has hybrid nodes in IPv4 clusters only")
	}
	if c.Endpoint.Public && c.Endpoint.Private {
		r.report(diag.HybridEndpoint, endpointPath, "turn public off, or private", "outside the VPC the endpoint's name leads to its public addresses, so hybrid nodes do not use the private ones")
	}
}

// checkRemoteBlocks checks blocks, and that they overlap none of those taken.
// It returns these and the new ones.
func (r *resolver) checkRemoteBlocks(at path, texts []string, taken []netip.Prefix) []netip.Prefix {
	if len(texts) > maxRemoteBlocks {
		r.report(diag.RemoteNetwork, at, "", "%d blocks; EKS allows %d", len(texts), maxRemoteBlocks)
	}
	for i, text := range texts {
		p, ok := r.parseCIDR(diag.RemoteNetwork, at.index(i), text)
		if !ok {
			continue
		}
		if p.Bits() < minRemoteBits || !within(remoteBlocks, p) {
			r.report(diag.RemoteNetwork, at.index(i), "", "%s is no part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, where EKS wants it", p)
		}
		r.checkRemoteOverlap(at.index(i), p, taken)
		taken = append(taken, p)
	}
	return taken
}

func (r *resolver) checkRemoteOverlap(at path, p netip.Prefix, taken []netip.Prefix) {
	const hint = "hybrid nodes need addresses of their own"
	if i := slices.IndexFunc(taken, p.Overlaps); i >= 0 {
		r.report(diag.RemoteNetwork, at, "", "%s overlaps %s", p, taken[i])
	}
	if r.vpc.IsValid() && r.vpc.Overlaps(p) {
		r.report(diag.RemoteNetwork, at, hint, "%s overlaps the VPC's block %s", p, r.vpc)
	}
	for _, b := range slices.Concat(r.secondary, r.blocks) {
		// A subnet inside the VPC overlaps where the VPC does: say it once.
		if b.prefix.Overlaps(p) && !(r.vpc.IsValid() && contains(r.vpc, b.prefix)) {
			r.report(diag.RemoteNetwork, at, hint, "%s overlaps %s, %s", p, b.what, b.prefix)
			return
		}
	}
	if service, err := netip.ParsePrefix(r.cluster.ServiceCIDR); err == nil && service.Overlaps(p) {
		r.report(diag.RemoteNetwork, at, "state another serviceCIDR, or another block", "%s overlaps the services' block %s", p, service)
	}
}
