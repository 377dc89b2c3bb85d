package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// protocolNumber is how a network ACL writes protocols: -1 is all of them.
var protocolNumber = map[string]int{"all": -1, "tcp": 6, "udp": 17}

func (c cluster) addNetworkACLs(s *ir.Stack) {
	for _, acl := range sorted(c.Network.NetworkACLs) {
		id := naming.LogicalID("NetworkAcl", acl.name)
		origin := "cluster.network.networkACLs." + acl.name
		add(s, origin, ir.Resource{ID: id, Type: "AWS::EC2::NetworkAcl", Properties: ir.Map{
			"Tags":  c.tags(c.Name+"-"+acl.name, nil),
			"VpcId": c.localVPCID(),
		}})
		addACLRules(s, origin+".ingress", id, naming.LogicalID("AclIngress", acl.name), false, acl.value.Ingress)
		addACLRules(s, origin+".egress", id, naming.LogicalID("AclEgress", acl.name), true, acl.value.Egress)
		for _, subnet := range sorted(c.Network.Subnets.Tier(acl.value.Tier)) {
			add(s, origin, ir.Resource{ID: naming.LogicalID("AclAssociation", acl.name, subnet.name), Type: "AWS::EC2::SubnetNetworkAclAssociation", Properties: ir.Map{
				"NetworkAclId": ir.Ref(id),
				"SubnetId":     c.localSubnetID(acl.value.Tier, subnet.name, subnet.value),
			}})
		}
	}
}

func addACLRules(s *ir.Stack, origin, acl, prefix string, egress bool, rules map[string]spec.NetworkACLRule) {
	inOrder := sorted(rules)
	slices.SortStableFunc(inOrder, func(a, b entry[spec.NetworkACLRule]) int { return cmp.Compare(a.value.Number, b.value.Number) })
	for _, rule := range inOrder {
		properties := ir.Map{
			"Egress":       egress,
			"NetworkAclId": ir.Ref(acl),
			"Protocol":     protocolNumber[rule.value.Protocol],
			"RuleAction":   rule.value.Action,
			"RuleNumber":   rule.value.Number,
		}
		if rule.value.CIDR != "" {
			properties["CidrBlock"] = rule.value.CIDR
		} else {
			properties["Ipv6CidrBlock"] = rule.value.IPv6CIDR
		}
		if port := rule.value.Port; port != nil {
			properties["PortRange"] = ir.Map{"From": *port, "To": *cmp.Or(rule.value.ToPort, port)}
		}
		add(s, origin+"."+rule.name, ir.Resource{ID: naming.LogicalID(prefix, rule.name), Type: "AWS::EC2::NetworkAclEntry", Properties: properties})
	}
}

// localVPCID is the VPC's id within the network stack.
func (c cluster) localVPCID() ir.Value {
	if c.Network.Exists() {
		return c.Network.VPC.ID
	}
	return ir.Ref("VPC")
}

// localSubnetID is a subnet's id within the network stack.
func (c cluster) localSubnetID(tier, name string, subnet spec.Subnet) ir.Value {
	if c.Network.Exists() {
		return subnet.ID
	}
	return ir.Ref(subnetID(tier, name))
}
