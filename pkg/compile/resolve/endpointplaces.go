package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkEndpointPlaces checks that the endpoints have subnets, a security group
// and route tables.
func (r *resolver) checkEndpointPlaces(e spec.VPCEndpoints) {
	n := r.cluster.Network
	if len(e.Interface) > 0 {
		if r.tierEmpty(e.Subnets) {
			r.report(diag.EmptyTier, vpcEndpointsPath.at("subnets"), "state network.subnets."+e.Subnets, "there are no %s subnets for the interface endpoints", e.Subnets)
		}
		if n.Exists() && n.VPC.CIDR == "" && e.SecurityGroup == "" {
			r.report(diag.VPCEndpoint, vpcEndpointsPath, "state network.vpc.cidr, or vpcEndpoints.securityGroup", "the security group of the endpoints lets in the VPC, whose blocks are not known")
		}
		if !n.Exists() && e.SecurityGroup != "" {
			r.report(diag.SecurityGroupConflict, vpcEndpointsPath.at("securityGroup"), "leave it out, so that a group is created in the new VPC", "the VPC is a new one, and %q cannot be in it yet", e.SecurityGroup)
		}
	} else if e.SecurityGroup != "" {
		r.report(diag.VPCEndpoint, vpcEndpointsPath.at("securityGroup"), "leave it out", "there are no interface endpoints for the security group")
	}
	r.checkRouteTables(e)
}

// checkRouteTables checks the route tables of existing subnets, which gateway
// endpoints need.
func (r *resolver) checkRouteTables(e spec.VPCEndpoints) {
	for _, s := range r.subnets() {
		table := s.subnet.RouteTable
		if r.cluster.Network.Exists() && table == "" && len(e.Gateway) > 0 && (s.tier == "private" || s.tier == "pod") {
			r.report(diag.SubnetFields, s.path(), `add its routeTable, "rtb-...", or name the service in vpcEndpoints.existing`, "a gateway endpoint needs the route table of %s", s)
		}
	}
}
