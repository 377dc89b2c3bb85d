package lower

import "github.com/ekscc/ekscc/pkg/ir"

// anywhereIPv6 is every IPv6 address.
const anywhereIPv6 = "::/0"

// Amazon gives a VPC a /56, which is so many blocks of /64; see
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html.
const (
	ipv6Blocks   = 256
	ipv6HostBits = 64
)

// hasIPv6 reports whether the VPC is created with an IPv6 block.
func (c cluster) hasIPv6() bool {
	has := c.Network.VPC.IPv6
	return has != nil && *has
}

// hasEgressOnlyGateway reports whether private and pod subnets leave the VPC
// over IPv6: where they do over IPv4.
func (c cluster) hasEgressOnlyGateway() bool {
	return c.hasIPv6() && c.Network.NATGateways != "none"
}

func (c cluster) addIPv6(s *ir.Stack) {
	const origin = "cluster.network.vpc.ipv6"
	add(s, origin, ir.Resource{ID: "Ipv6CidrBlock", Type: "AWS::EC2::VPCCidrBlock", Properties: ir.Map{
		"AmazonProvidedIpv6CidrBlock": true,
		"VpcId":                       ir.Ref("VPC"),
	}})
	if c.hasEgressOnlyGateway() {
		add(s, origin, ir.Resource{ID: "EgressOnlyInternetGateway", Type: "AWS::EC2::EgressOnlyInternetGateway", DependsOn: []string{"Ipv6CidrBlock"}, Properties: ir.Map{
			"Tags":  c.tags(c.Name, nil),
			"VpcId": ir.Ref("VPC"),
		}})
	}
}

// ipv6Block is the /64 of a number in the VPC's IPv6 block, which Amazon
// chooses when the VPC is created.
func ipv6Block(number int) ir.Value {
	vpc := ir.Function{Name: "Fn::Select", Argument: ir.List{0, ir.GetAtt{ID: "VPC", Attribute: "Ipv6CidrBlocks"}}}
	blocks := ir.Function{Name: "Fn::Cidr", Argument: ir.List{vpc, ipv6Blocks, ipv6HostBits}}
	return ir.Function{Name: "Fn::Select", Argument: ir.List{number, blocks}}
}
