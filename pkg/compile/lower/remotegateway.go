package lower

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addRemoteGateway attaches the VPC to the gateway that leads to the remote
// networks, and adds the routes of every private and pod subnet to them.
//
// AWS::EC2::TransitGatewayVpcAttachment would be replaced by a zone more;
// AWS::EC2::TransitGatewayAttachment, which is the same thing, is not.
func (c cluster) addRemoteGateway(s *ir.Stack) {
	const origin = "cluster.network.remoteGateway"
	g := c.Network.RemoteGateway
	if g == nil {
		return
	}
	attachment, target := "VpnGatewayAttachment", ir.Map{"GatewayId": g.VPNGateway}
	if g.TransitGateway != "" {
		attachment, target = "TransitGatewayAttachment", ir.Map{"TransitGatewayId": g.TransitGateway}
		add(s, origin, ir.Resource{ID: attachment, Type: "AWS::EC2::TransitGatewayAttachment", Properties: ir.Map{
			"SubnetIds":        c.oneSubnetPerZone("private"),
			"Tags":             c.tags(c.Name, nil),
			"TransitGatewayId": g.TransitGateway,
			"VpcId":            ir.Ref("VPC"),
		}})
	} else {
		add(s, origin, ir.Resource{ID: attachment, Type: "AWS::EC2::VPCGatewayAttachment", Properties: ir.Map{
			"VpcId":        ir.Ref("VPC"),
			"VpnGatewayId": g.VPNGateway,
		}})
	}
	for _, tier := range []string{"private", "pod"} {
		for _, subnet := range sorted(c.Network.Subnets.Tier(tier)) {
			c.addRemoteRoutes(s, tier, subnet.name, attachment, target)
		}
	}
}

// addRemoteRoutes adds a route to each remote network to a subnet's table.
func (c cluster) addRemoteRoutes(s *ir.Stack, tier, subnet, attachment string, target ir.Map) {
	for _, network := range slices.Compact(slices.Sorted(slices.Values(c.RemoteNetworks.Blocks()))) {
		properties := ir.Map{
			"DestinationCidrBlock": network,
			"RouteTableId":         ir.Ref(routeTableID(tier, subnet)),
		}
		for key, value := range target {
			properties[key] = value
		}
		add(s, "cluster.network.remoteGateway", ir.Resource{
			ID: naming.LogicalID(tier, "RemoteRoute", subnet, blockWord(network)), Type: "AWS::EC2::Route",
			DependsOn: []string{attachment}, Properties: properties,
		})
	}
}

// blockWord is a CIDR block as a part of a logical id, where dots are lost and
// 10.1.11.0 must not become 10.11.1.0.
func blockWord(cidr string) string { return strings.NewReplacer(".", "x", "/", "x").Replace(cidr) }
