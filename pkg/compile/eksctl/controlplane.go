package eksctl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/schema"
)

// controlPlane adds what the file says of the control plane.
func (i *importer) controlPlane(cluster *object, root node) {
	cluster.set("endpoint", i.endpoint(root))
	cluster.setIf("role", i.clusterRole(root.field("iam")))
	cluster.setIf("securityGroup", i.securityGroup(root.field("vpc")))
	network := root.field("kubernetesNetworkConfig")
	if family := network.field("ipFamily"); strings.EqualFold(family.text(), "ipv6") {
		cluster.set("ipFamily", "ipv6")
	}
	cluster.setIf("serviceCIDR", network.field("serviceIPv4CIDR").text())
	cluster.setIf("logging", i.logging(root.at("cloudWatch", "clusterLogging")))
	if key := root.at("secretsEncryption", "keyARN"); key.exists() {
		cluster.set("secretsEncryption", object{{"keyARN", key.text()}})
	}
	i.settings(cluster, root)
}

// endpoint writes both kinds of access: by default eksctl opens the public one
// alone, and ekscc both. The public one of a private cluster is open only while
// eksctl runs.
func (i *importer) endpoint(root node) object {
	vpc := root.field("vpc")
	access := vpc.field("clusterEndpoints")
	closed := isPrivate(root)
	endpoint := object{
		{"public", access.field("publicAccess").flag(!closed)},
		{"private", access.field("privateAccess").flag(closed)},
	}
	endpoint.setIf("publicAccessCIDRs", vpc.field("publicAccessCIDRs").texts())
	var ingress object
	for index, cidr := range vpc.field("extraCIDRs").texts() {
		ingress.set(fmt.Sprintf("extra-%d", index+1), object{{"cidr", cidr}})
	}
	for index, cidr := range vpc.field("extraIPv6CIDRs").texts() {
		ingress.set(fmt.Sprintf("extra-ipv6-%d", index+1), object{{"ipv6CIDR", cidr}})
	}
	endpoint.setIf("ingress", ingress)
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

func (i *importer) logging(given node) object {
	types := i.logTypes(given.field("enableTypes"))
	if len(types) == 0 {
		return nil
	}
	logging := object{{"types", types}}
	if days := given.field("logRetentionInDays"); days.exists() {
		logging.set("retentionDays", days.number(0))
	}
	return logging
}

// logTypes are the kinds of log; * and all stand for all of them.
func (i *importer) logTypes(types node) []string {
	var all []string
	for _, t := range types.texts() {
		if t == "*" || t == "all" {
			return schema.Spec().Field("cluster").Type().Field("logging").Type().Field("types").Type().Element().Enum
		}
		all = append(all, t)
	}
	slices.Sort(all)
	return all
}
