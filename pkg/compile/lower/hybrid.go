package lower

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/ir"
)

// setRemoteNetworks states the networks of hybrid nodes. EKS takes lists of at
// most one network each, which holds all the blocks.
func (c cluster) setRemoteNetworks(properties ir.Map) {
	if c.RemoteNetworks == nil {
		return
	}
	config := ir.Map{"RemoteNodeNetworks": ir.List{ir.Map{"Cidrs": strs(slices.Sorted(slices.Values(c.RemoteNetworks.Nodes)))}}}
	if len(c.RemoteNetworks.Pods) > 0 {
		config["RemotePodNetworks"] = ir.List{ir.Map{"Cidrs": strs(slices.Sorted(slices.Values(c.RemoteNetworks.Pods)))}}
	}
	properties["RemoteNetworkConfig"] = config
}

// addRemoteIngress lets hybrid nodes and their pods reach the API server
// through the security group that EKS makes; see
// https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-networking.html.
func (c cluster) addRemoteIngress(s *ir.Stack) {
	if c.RemoteNetworks == nil {
		return
	}
	add := func(whose, field string, blocks []string) {
		for _, cidr := range slices.Sorted(slices.Values(blocks)) {
			id := naming.LogicalID("Remote", whose, strings.NewReplacer(".", "x", "/", "x").Replace(cidr))
			add(s, "cluster.remoteNetworks."+field, ir.Resource{ID: id, Type: "AWS::EC2::SecurityGroupIngress", Properties: ir.Map{
				"CidrIp":      cidr,
				"Description": "Hybrid " + field + " to the API server",
				"FromPort":    443,
				"GroupId":     ir.GetAtt{ID: "Cluster", Attribute: "ClusterSecurityGroupId"},
				"IpProtocol":  "tcp",
				"ToPort":      443,
			}})
		}
	}
	add("Nodes", "nodes", c.RemoteNetworks.Nodes)
	add("Pods", "pods", c.RemoteNetworks.Pods)
}
