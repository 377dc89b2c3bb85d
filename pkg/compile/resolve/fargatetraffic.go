package resolve

import (
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// fargateNeeds is what the groups of nodes must allow of pods on Fargate, which
// are in the security group that EKS makes; see
// https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html.
var fargateNeeds = []traffic{
	{false, "tcp", 53, (*resolver).isClusterGroup, `ingress of tcp port 53 from group: "cluster"`, "pods on Fargate cannot ask CoreDNS on nodes"},
	{false, "udp", 53, (*resolver).isClusterGroup, `ingress of udp port 53 from group: "cluster"`, "pods on Fargate cannot ask CoreDNS on nodes"},
}

// nodesOfFargateNeeds is what the security group that EKS makes must allow of
// nodes outside it, where CoreDNS runs on Fargate.
var nodesOfFargateNeeds = []traffic{
	{false, "tcp", 53, (*resolver).isNodes, `ingress of tcp port 53 from group: "nodes"`, "pods on nodes cannot ask CoreDNS on Fargate"},
	{false, "udp", 53, (*resolver).isNodes, `ingress of udp port 53 from group: "nodes"`, "pods on nodes cannot ask CoreDNS on Fargate"},
}

// checkFargateTraffic checks that pods on Fargate, and those on nodes outside
// the security group that EKS makes, find names.
func (r *resolver) checkFargateTraffic(sets []spec.RuleSet) {
	if !r.cluster.HasFargate() {
		return
	}
	if !r.coreDNSOnFargate() {
		for _, need := range fargateNeeds {
			r.checkNodeNeed(sets, need)
		}
		return
	}
	for _, need := range nodesOfFargateNeeds {
		if !r.allows(rulesOf(sets, spec.ClusterGroup, false), need) {
			r.report(diag.NodeTraffic, clusterPath.at("nodeSecurityGroup"), "add to cluster.clusterSecurityGroup: "+need.rule, "outside the security group that EKS makes, %s", need.breaks)
		}
	}
}

// isClusterGroup reports whether what is in the security group that EKS makes
// may be on the other side.
func (r *resolver) isClusterGroup(p spec.SecurityGroupPeer) bool {
	return p.Group == "cluster" || r.isAnywhereInVPC(p)
}
