package lower

import (
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/ir"
)

const efaGroupID = "EFASecurityGroup"

// statesInterfaces reports whether the launch template describes network
// interfaces instead of leaving the only one to EC2. It then names all
// security groups there: EKS adds its own to templates that name none.
func (g nodeGroup) statesInterfaces() bool { return g.EFA || g.PublicIPAddress != nil }

// setInterfaces sets the network interfaces of instances, or what EC2 needs to
// know about the only one.
func (g nodeGroup) setInterfaces(data ir.Map, securityGroups ir.List) {
	if !g.statesInterfaces() {
		if securityGroups != nil {
			data["SecurityGroupIds"] = securityGroups
		}
		return
	}
	interfaces := ir.List{}
	for _, i := range g.interfaces() {
		i["DeleteOnTermination"], i["Groups"] = true, securityGroups
		interfaces = append(interfaces, i)
	}
	if g.PublicIPAddress != nil {
		interfaces[0].(ir.Map)["AssociatePublicIpAddress"] = *g.PublicIPAddress
	}
	data["NetworkInterfaces"] = interfaces
}

// interfaces are one on each network card that can have an EFA, and the first
// in any case. The first carries the pods' traffic, too; the others have
// nothing but the EFA, so that they need no addresses; see
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html.
// Where there is an EFA less than cards, it is the first card that has none.
func (g nodeGroup) interfaces() []ir.Map {
	first := ir.Map{"DeviceIndex": 0}
	if !g.EFA {
		return []ir.Map{first}
	}
	known, _ := catalog.LookupInstanceType(g.InstanceTypes[0])
	first["NetworkCardIndex"] = 0
	rest := max(known.EFAInterfaces, 1)
	if known.EFAInterfaces <= 1 || known.EFAInterfaces == known.NetworkCards {
		first["InterfaceType"] = "efa"
		rest--
	}
	interfaces := []ir.Map{first}
	for card := 1; card <= rest; card++ {
		interfaces = append(interfaces, ir.Map{"DeviceIndex": 1, "InterfaceType": "efa-only", "NetworkCardIndex": card})
	}
	return interfaces
}

// addEFAGroup adds the security group that lets the EFAs of the group's nodes
// reach each other: a rule to the group itself in both directions, because a
// rule for addresses does not count; see
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html#efa-start-security.
// The group that EKS makes has such rules only in clusters that were created
// with Kubernetes 1.33 or later.
func (g nodeGroup) addEFAGroup(s *ir.Stack) {
	if !g.EFA {
		return
	}
	origin, id := g.origin+".efa", ir.GetAtt{ID: efaGroupID, Attribute: "GroupId"}
	add(s, origin, ir.Resource{ID: efaGroupID, Type: "AWS::EC2::SecurityGroup", Properties: ir.Map{
		"GroupDescription":    "Elastic Fabric Adapters of the group " + g.name + " of the EKS cluster " + g.Cluster.Name,
		"SecurityGroupEgress": ir.List{nothingOut},
		"Tags":                g.tags(g.nodeName()+"-efa", g.Tags),
		"VpcId":               g.vpcID(),
	}})
	const description = "Elastic Fabric Adapters of the same node group"
	add(s, origin, ir.Resource{ID: "EFAIngress", Type: "AWS::EC2::SecurityGroupIngress", Properties: ir.Map{
		"Description": description, "GroupId": id, "IpProtocol": "-1", "SourceSecurityGroupId": id,
	}})
	add(s, origin, ir.Resource{ID: "EFAEgress", Type: "AWS::EC2::SecurityGroupEgress", Properties: ir.Map{
		"Description": description, "DestinationSecurityGroupId": id, "GroupId": id, "IpProtocol": "-1",
	}})
}
