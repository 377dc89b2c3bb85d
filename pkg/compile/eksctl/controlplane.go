package eksctl

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

// controlPlane adds what the file says of the control plane.
func (i *importer) controlPlane(cluster *object, root node) {
	cluster.set("endpoint", i.endpoint(root.field("vpc")))
	cluster.setIf("role", i.clusterRole(root.field("iam")))
	cluster.setIf("securityGroup", i.securityGroup(root.field("vpc")))
	network := root.field("kubernetesNetworkConfig")
	cluster.setIf("serviceCIDR", network.field("serviceIPv4CIDR").text())
	if family := network.field("ipFamily"); family.exists() && family.text() != "IPv4" {
		i.untold(family, "")
	}
	if types := i.logTypes(root.at("cloudWatch", "clusterLogging", "enableTypes")); len(types) > 0 {
		cluster.set("logging", object{{"types", types}})
	}
	if key := root.at("secretsEncryption", "keyARN"); key.exists() {
		cluster.set("secretsEncryption", object{{"keyARN", key.text()}})
	}
}

// endpoint writes both kinds of access: by default eksctl opens the public one
// alone, and ekscc both.
func (i *importer) endpoint(vpc node) object {
	access := vpc.field("clusterEndpoints")
	endpoint := object{
		{"public", access.field("publicAccess").flag(true)},
		{"private", access.field("privateAccess").flag(false)},
	}
	endpoint.setIf("publicAccessCIDRs", vpc.field("publicAccessCIDRs").texts())
	return endpoint
}

func (i *importer) clusterRole(iam node) object {
	var role object
	role.setIf("arn", iam.field("serviceRoleARN").text())
	role.setIf("permissionsBoundary", iam.field("serviceRolePermissionsBoundary").text())
	return role
}

func (i *importer) securityGroup(vpc node) object {
	var group object
	group.setIf("id", vpc.field("securityGroup").text())
	if ids := vpc.field("controlPlaneSecurityGroupIDs"); len(ids.items()) == 1 {
		group.setIf("id", ids.items()[0].text())
	}
	return group
}

// logTypes are the kinds of log; * and all stand for all of them.
func (i *importer) logTypes(types node) []string {
	var all []string
	for _, t := range types.texts() {
		if t == "*" || t == "all" {
			return schema.Spec().Field("cluster").Type.Field("logging").Type.Field("types").Type.Element.Enum
		}
		all = append(all, t)
	}
	slices.Sort(all)
	return all
}
