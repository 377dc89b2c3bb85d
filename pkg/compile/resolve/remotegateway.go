package resolve

import (
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkRemoteGateway checks the gateway to the remote networks of a new VPC.
func (r *resolver) checkRemoteGateway() {
	g, at := r.cluster.Network.RemoteGateway, networkPath.at("remoteGateway")
	remote := r.cluster.RemoteNetworks
	switch {
	case g == nil && remote != nil && !r.cluster.Network.Exists():
		r.report(diag.NoRemoteGateway, clusterPath.at("remoteNetworks"), "state network.remoteGateway, or add the routes yourself", "no route of the new VPC leads to the remote networks")
	case g == nil:
	case remote == nil:
		r.report(diag.RemoteGateway, at, "leave it out, or state cluster.remoteNetworks", "there are no remote networks that the gateway could lead to")
	}
	if g == nil {
		return
	}
	if (g.TransitGateway == "") == (g.VPNGateway == "") {
		r.report(diag.RemoteGateway, at, "", "exactly one of transitGateway and vpnGateway leads to the remote networks")
	}
	if g.TransitGateway != "" {
		r.checkID(at.at("transitGateway"), "tgw", g.TransitGateway)
	}
	if g.VPNGateway != "" {
		r.checkID(at.at("vpnGateway"), "vgw", g.VPNGateway)
	}
}
