package eksctl

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
)

// autoMode is EKS Auto Mode, if the file turns it on.
func autoMode(n node) object {
	if !n.field("enabled").flag(false) {
		return nil
	}
	mode := object{{"enabled", true}}
	if pools := n.field("nodePools"); pools.exists() {
		mode.set("nodePools", pools.texts())
	}
	var role object
	role.setIf("arn", n.field("nodeRoleARN").text())
	role.setIf("permissionsBoundary", n.field("permissionsBoundaryARN").text())
	mode.setIf("role", role)
	return mode
}

// remoteNetworks are the networks of hybrid nodes.
func remoteNetworks(n node) object {
	var networks object
	for _, kind := range []struct{ name, list string }{{"nodes", "remoteNodeNetworks"}, {"pods", "remotePodNetworks"}} {
		var cidrs []string
		for _, network := range n.field(kind.list).items() {
			cidrs = append(cidrs, network.field("cidrs").texts()...)
		}
		networks.setIf(kind.name, cidrs)
	}
	return networks
}

// hybridNodes is how the machines of remote networks get a role. Where the file
// names one that exists, it is among the access entries instead.
func hybridNodes(iam node) object {
	if !iam.exists() || iam.field("roleARN").exists() {
		return nil
	}
	if bundle := iam.field("caBundleCert").text(); strings.EqualFold(iam.field("provider").text(), "IRA") {
		return object{{"rolesAnywhere", object{{"caBundle", bundle}}}}
	}
	return object{{"ssm", object{}}}
}

// identityProviders are those by OIDC, which is the only type.
func (i *importer) identityProviders(list node) object {
	var providers object
	for _, n := range list.items() {
		name := n.field("name")
		if providers.has(name.required()) {
			i.report(diag.NotClusterConfig, name, "keep one of them", "eksctl takes each provider once")
			continue
		}
		n.field("type").use()
		provider := object{
			{"issuerURL", n.field("issuerURL").required()},
			{"clientID", n.field("clientID").required()},
		}
		for _, claim := range []string{"usernameClaim", "usernamePrefix", "groupsClaim", "groupsPrefix"} {
			provider.setIf(claim, n.field(claim).text())
		}
		provider.setIf("requiredClaims", stringMap(n.field("requiredClaims")))
		providers.set(name.text(), provider)
	}
	return providers
}
