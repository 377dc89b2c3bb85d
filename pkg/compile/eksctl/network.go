package eksctl

import (
	"cmp"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
)

// defaultCIDR is the VPC's block where the file names none.
const defaultCIDR = "192.168.0.0/16"

// network is the VPC that the file describes, or the one that eksctl makes.
func (i *importer) network(root node) object {
	vpc := root.field("vpc")
	var network, block object
	block.setIf("id", vpc.field("id").text())
	exists := len(block) > 0
	if cidr := vpc.field("cidr").text(); cidr != "" || !exists {
		block.set("cidr", cmp.Or(cidr, defaultCIDR))
	}
	if !exists && isPrivate(root) {
		block.set("internetGateway", false)
	}
	network.set("vpc", block)
	subnets := i.subnets(vpc.field("subnets"))
	if !exists && len(subnets) == 0 {
		network.set("availabilityZones", i.zones(root))
	}
	network.setIf("subnets", subnets)
	if !exists && !isPrivate(root) {
		network.set("natGateways", i.natGateways(vpc.at("nat", "gateway")))
	}
	network.setIf("remoteGateway", remoteGateway(root.at("remoteNetworkConfig", "vpcGatewayID").text()))
	network.setIf("vpcEndpoints", vpcEndpoints(root.field("privateCluster")))
	return network
}

// isPrivate reports whether the file asks for a cluster without a way to the
// internet.
func isPrivate(root node) bool { return root.at("privateCluster", "enabled").flag(false) }

// remoteGateway is the gateway that leads to the networks of hybrid nodes.
func remoteGateway(id string) object {
	var gateway object
	if strings.HasPrefix(id, "tgw-") {
		gateway.set("transitGateway", id)
	} else {
		gateway.setIf("vpnGateway", id)
	}
	return gateway
}

// vpcEndpoints are those that the file adds to what nodes need, which a spec
// does not have to say.
func vpcEndpoints(private node) object {
	var services object
	for _, service := range private.field("additionalEndpointServices").texts() {
		services.set(service, object{})
	}
	if len(services) == 0 {
		return nil
	}
	return object{{"interface", services}}
}

// zones are the file's zones. eksctl picks three at random where it has none,
// two in us-east-1.
func (i *importer) zones(root node) []string {
	given := root.field("availabilityZones")
	if given.exists() {
		return given.texts()
	}
	name := root.at("metadata", "region").text()
	region, _ := catalog.LookupRegion(name)
	zones := region.Zones[:min(3, len(region.Zones))]
	if name == "us-east-1" {
		zones = zones[:2]
	}
	i.chosen(given, "eksctl would pick zones at random; %s are written", strings.Join(zones, ", "))
	return zones
}

func (i *importer) natGateways(gateway node) string {
	switch gateway.text() {
	case "HighlyAvailable":
		return "perZone"
	case "Disable":
		return "none"
	}
	return "single"
}

// subnets are the subnets of both tiers. The key of one is its zone unless it
// says another.
func (i *importer) subnets(tiers node) object {
	var subnets object
	for _, tier := range []string{"public", "private"} {
		var of object
		for _, name := range tiers.field(tier).names() {
			given := tiers.at(tier, name)
			var subnet object
			subnet.setIf("id", given.field("id").text())
			subnet.set("availabilityZone", cmp.Or(given.field("az").text(), name))
			subnet.setIf("cidr", given.field("cidr").text())
			of.set(name, subnet)
		}
		subnets.setIf(tier, of)
	}
	return subnets
}
