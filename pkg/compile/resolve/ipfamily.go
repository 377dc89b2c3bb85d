package resolve

import (
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkIPv6 checks what an IPv6 cluster cannot have; see
// https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html.
func (r *resolver) checkIPv6() {
	c := r.cluster
	if c.ServiceCIDR != "" {
		r.report(diag.IPFamily, clusterPath.at("serviceCIDR"), "leave it out", "EKS itself chooses the block of an IPv6 cluster's services")
	}
	if r.region.Partition == "aws-cn" {
		r.report(diag.IPFamily, clusterPath.at("ipFamily"), `leave it "ipv4"`, "EKS has no IPv6 clusters in %s", r.region.Name)
	}
}
