package lower

import (
	"net/netip"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const networkFile = "network"

// anywhere is every IPv4 address.
const anywhere = "0.0.0.0/0"

// subnetTags are the tags by which Kubernetes finds the subnets for load
// balancers, and the VPC CNI plugin those for pods; see
// https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html and
// https://docs.aws.amazon.com/eks/latest/userguide/cni-subnet-selection.html.
var subnetTags = map[string]map[string]string{
	"public":  {"kubernetes.io/role/elb": "1"},
	"private": {"kubernetes.io/role/internal-elb": "1"},
	"pod":     {"kubernetes.io/role/cni": "1"},
}

// networkStack is the VPC with its subnets and routes, if it is created, and
// the network ACLs. It has no resources where there is nothing to create.
func (c cluster) networkStack() ir.Stack {
	s := c.stack(networkFile, "Network of the EKS cluster "+c.Name)
	if !c.Network.Exists() {
		c.addVPC(&s)
		c.addPublicSubnets(&s)
		gateways := c.addNATGateways(&s)
		c.addRoutedSubnets(&s, "private", gateways)
		c.addRoutedSubnets(&s, "pod", gateways)
		c.addIsolatedSubnets(&s)
		c.addRemoteGateway(&s)
	}
	c.addNetworkACLs(&s)
	c.addVPCEndpoints(&s)
	c.addFlowLogs(&s)
	return s
}

func (c cluster) addVPC(s *ir.Stack) {
	const origin = "cluster.network.vpc"
	properties := ir.Map{
		"CidrBlock":          c.Network.VPC.CIDR,
		"EnableDnsHostnames": true,
		"EnableDnsSupport":   true,
		"Tags":               c.tags(c.Name, nil),
	}
	if tenancy := c.Network.VPC.InstanceTenancy; tenancy != "" {
		properties["InstanceTenancy"] = tenancy
	}
	add(s, origin, ir.Resource{ID: "VPC", Type: "AWS::EC2::VPC", Properties: properties})
	for _, secondary := range sorted(c.Network.VPC.SecondaryCIDRs) {
		add(s, origin+".secondaryCIDRs."+secondary.name, ir.Resource{ID: cidrBlockID(secondary.name), Type: "AWS::EC2::VPCCidrBlock", Properties: ir.Map{
			"CidrBlock": secondary.value,
			"VpcId":     ir.Ref("VPC"),
		}})
	}
	if c.hasIPv6() {
		c.addIPv6(s)
	}
	if c.hasInternetGateway() {
		c.addInternetGateway(s)
	}
	c.addDHCPOptions(s)
	export(s, "VpcId", "Id of the VPC", ir.Ref("VPC"))
}

func cidrBlockID(name string) string { return naming.LogicalID("CidrBlock", name) }

func (c cluster) hasInternetGateway() bool {
	has := c.Network.VPC.InternetGateway
	return has != nil && *has
}

func (c cluster) addInternetGateway(s *ir.Stack) {
	const origin = "cluster.network.vpc"
	add(s, origin, ir.Resource{ID: "InternetGateway", Type: "AWS::EC2::InternetGateway", Properties: ir.Map{
		"Tags": c.tags(c.Name, nil),
	}})
	add(s, origin, ir.Resource{ID: "InternetGatewayAttachment", Type: "AWS::EC2::VPCGatewayAttachment", Properties: ir.Map{
		"InternetGatewayId": ir.Ref("InternetGateway"),
		"VpcId":             ir.Ref("VPC"),
	}})
}

func (c cluster) addPublicSubnets(s *ir.Stack) {
	const origin = "cluster.network.subnets.public"
	if len(c.Network.Subnets.Public) == 0 {
		return
	}
	c.addRouteTable(s, origin, "PublicRouteTable", c.Name+"-public")
	add(s, origin, ir.Resource{ID: "PublicDefaultRoute", Type: "AWS::EC2::Route", DependsOn: []string{"InternetGatewayAttachment"}, Properties: ir.Map{
		"DestinationCidrBlock": anywhere,
		"GatewayId":            ir.Ref("InternetGateway"),
		"RouteTableId":         ir.Ref("PublicRouteTable"),
	}})
	if c.hasIPv6() {
		add(s, origin, ir.Resource{ID: "PublicIpv6DefaultRoute", Type: "AWS::EC2::Route", DependsOn: []string{"InternetGatewayAttachment", "Ipv6CidrBlock"}, Properties: ir.Map{
			"DestinationIpv6CidrBlock": anywhereIPv6,
			"GatewayId":                ir.Ref("InternetGateway"),
			"RouteTableId":             ir.Ref("PublicRouteTable"),
		}})
	}
	for _, subnet := range sorted(c.Network.Subnets.Public) {
		c.addSubnet(s, "public", subnet.name, subnet.value, "PublicRouteTable")
	}
}

// addRoutedSubnets adds the subnets of a tier that leaves the VPC by the NAT
// gateway of its zone. Every subnet has a route table of its own, so that
// going from one NAT gateway to one for each zone changes routes and nothing
// else.
func (c cluster) addRoutedSubnets(s *ir.Stack, tier string, gateways func(zone string) string) {
	origin := "cluster.network.subnets." + tier
	for _, subnet := range sorted(c.Network.Subnets.Tier(tier)) {
		table := routeTableID(tier, subnet.name)
		c.addRouteTable(s, origin, table, c.Name+"-"+tier+"-"+subnet.name)
		if gateway := gateways(subnet.value.AvailabilityZone); gateway != "" {
			add(s, origin, ir.Resource{ID: naming.LogicalID(tier, "DefaultRoute", subnet.name), Type: "AWS::EC2::Route", Properties: ir.Map{
				"DestinationCidrBlock": anywhere,
				"NatGatewayId":         ir.Ref(gateway),
				"RouteTableId":         ir.Ref(table),
			}})
		}
		if c.hasEgressOnlyGateway() {
			add(s, origin, ir.Resource{ID: naming.LogicalID(tier, "Ipv6DefaultRoute", subnet.name), Type: "AWS::EC2::Route", Properties: ir.Map{
				"DestinationIpv6CidrBlock":    anywhereIPv6,
				"EgressOnlyInternetGatewayId": ir.GetAtt{ID: "EgressOnlyInternetGateway", Attribute: "Id"},
				"RouteTableId":                ir.Ref(table),
			}})
		}
		c.addSubnet(s, tier, subnet.name, subnet.value, table)
	}
}

// routeTableID is the logical id of a private or pod subnet's own route table.
func routeTableID(tier, name string) string { return naming.LogicalID(tier, "RouteTable", name) }

// addIsolatedSubnets adds the subnets without a way out. They share a route
// table, because they will never differ in their routes.
func (c cluster) addIsolatedSubnets(s *ir.Stack) {
	if len(c.Network.Subnets.Isolated) == 0 {
		return
	}
	c.addRouteTable(s, "cluster.network.subnets.isolated", "IsolatedRouteTable", c.Name+"-isolated")
	for _, subnet := range sorted(c.Network.Subnets.Isolated) {
		c.addSubnet(s, "isolated", subnet.name, subnet.value, "IsolatedRouteTable")
	}
}

func (c cluster) addRouteTable(s *ir.Stack, origin, id, name string) {
	add(s, origin, ir.Resource{ID: id, Type: "AWS::EC2::RouteTable", Properties: ir.Map{
		"Tags":  c.tags(name, nil),
		"VpcId": ir.Ref("VPC"),
	}})
}

func (c cluster) addSubnet(s *ir.Stack, tier, name string, subnet spec.Subnet, routeTable string) {
	id := subnetID(tier, name)
	origin := "cluster.network.subnets." + tier + "." + name
	properties := ir.Map{
		"AvailabilityZone": subnet.AvailabilityZone,
		"CidrBlock":        subnet.CIDR,
		"Tags":             c.tags(c.Name+"-"+tier+"-"+name, c.subnetTags(tier)),
		"VpcId":            ir.Ref("VPC"),
	}
	if tier == "public" {
		properties["MapPublicIpOnLaunch"] = true
	}
	if kind := hostnameTypes[c.Network.HostnameType]; kind != "" {
		properties["PrivateDnsNameOptionsOnLaunch"] = ir.Map{
			"EnableResourceNameDnsARecord": kind == "resource-name",
			"HostnameType":                 kind,
		}
	}
	if c.hasIPv6() {
		properties["AssignIpv6AddressOnCreation"] = true
		properties["Ipv6CidrBlock"] = ipv6Block(*subnet.IPv6Index)
	}
	add(s, origin, ir.Resource{ID: id, Type: "AWS::EC2::Subnet", DependsOn: c.blocksOf(subnet), Properties: properties})
	add(s, origin, ir.Resource{ID: naming.LogicalID(tier, "association", name), Type: "AWS::EC2::SubnetRouteTableAssociation", Properties: ir.Map{
		"RouteTableId": ir.Ref(routeTable),
		"SubnetId":     ir.Ref(id),
	}})
	export(s, id, "Id of the "+tier+" subnet "+name+" in "+subnet.AvailabilityZone, ir.Ref(id))
}

// hostnameTypes are EC2's words for what host names are made from.
var hostnameTypes = map[string]string{"ipName": "ip-name", "resourceName": "resource-name"}

// subnetTags are the tags of a tier's subnets. Karpenter finds those for its
// nodes by one more; see
// https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/.
func (c cluster) subnetTags(tier string) map[string]string {
	if discovery := c.Network.KarpenterDiscovery; tier == "private" && discovery != nil && *discovery {
		return merged(subnetTags[tier], map[string]string{spec.KarpenterDiscoveryTag: c.Name})
	}
	return subnetTags[tier]
}

// blocksOf are the VPC's further blocks that the subnet is in. Nothing in the
// subnet refers to them, but EC2 wants them first.
func (c cluster) blocksOf(subnet spec.Subnet) []string {
	var ids []string
	for _, secondary := range sorted(c.Network.VPC.SecondaryCIDRs) {
		if block(secondary.value).Contains(block(subnet.CIDR).Addr()) {
			ids = append(ids, cidrBlockID(secondary.name))
		}
	}
	if c.hasIPv6() {
		ids = append(ids, "Ipv6CidrBlock")
	}
	return ids
}

// block reads a CIDR block, of which resolve has seen to it that it is one.
func block(cidr string) netip.Prefix {
	p, _ := netip.ParsePrefix(cidr)
	return p
}

// addNATGateways adds the NAT gateways and returns, for a zone, the logical
// id of the one that its private subnets use: empty where there is none.
func (c cluster) addNATGateways(s *ir.Stack) func(zone string) string {
	switch c.Network.NATGateways {
	case "single":
		c.addNATGateway(s, "", c.Name, c.firstPublicSubnet())
		return func(string) string { return natGatewayID("") }
	case "perZone":
		gateways := map[string]string{}
		for _, subnet := range sorted(c.Network.Subnets.Public) {
			zone := subnet.value.AvailabilityZone
			if gateways[zone] != "" {
				continue
			}
			gateways[zone] = natGatewayID(subnet.name)
			c.addNATGateway(s, subnet.name, c.Name+"-"+subnet.name, subnet.name)
		}
		return func(zone string) string { return gateways[zone] }
	}
	return func(string) string { return "" }
}

// addNATGateway adds a NAT gateway in a public subnet. Its id is empty where it
// is the only one.
func (c cluster) addNATGateway(s *ir.Stack, id, name, subnet string) {
	const origin = "cluster.network.natGateways"
	address := naming.LogicalID("NatAddress", id)
	add(s, origin, ir.Resource{ID: address, Type: "AWS::EC2::EIP", DependsOn: []string{"InternetGatewayAttachment"}, Properties: ir.Map{
		"Domain": "vpc",
		"Tags":   c.tags(name, nil),
	}})
	add(s, origin, ir.Resource{ID: natGatewayID(id), Type: "AWS::EC2::NatGateway", DependsOn: []string{"PublicDefaultRoute"}, Properties: ir.Map{
		"AllocationId": ir.GetAtt{ID: address, Attribute: "AllocationId"},
		"SubnetId":     ir.Ref(subnetID("public", subnet)),
		"Tags":         c.tags(name, nil),
	}})
}

func natGatewayID(id string) string { return naming.LogicalID("NatGateway", id) }

// firstPublicSubnet is the name of the public subnet in the first of
// availabilityZones, or the first by name where none is there.
func (c cluster) firstPublicSubnet() string {
	subnets := sorted(c.Network.Subnets.Public)
	for _, zone := range c.Network.AvailabilityZones {
		for _, subnet := range subnets {
			if subnet.value.AvailabilityZone == zone {
				return subnet.name
			}
		}
	}
	return subnets[0].name
}

// vpcID is the VPC's id as other stacks see it.
func (c cluster) vpcID() ir.Value {
	if c.Network.Exists() {
		return c.Network.VPC.ID
	}
	return c.imported(networkFile, "VpcId")
}

// subnetIDs are the ids of a tier's subnets as other stacks see them.
func (c cluster) subnetIDs(tier string) ir.List {
	return c.subnetIDsOf(tier, c.Network.Subnets.Tier(tier))
}

// subnetIDsOf are the ids of some subnets of a tier.
func (c cluster) subnetIDsOf(tier string, subnets map[string]spec.Subnet) ir.List {
	var ids ir.List
	for _, subnet := range sorted(subnets) {
		if c.Network.Exists() {
			ids = append(ids, subnet.value.ID)
		} else {
			ids = append(ids, c.imported(networkFile, subnetID(tier, subnet.name)))
		}
	}
	return ids
}

// subnetID is the logical id of a subnet, and the output that exports it.
func subnetID(tier, name string) string {
	return naming.LogicalID(tier, "subnet", name)
}
