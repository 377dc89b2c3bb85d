package lower

import (
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/ir"
)

// addIdentityProviders adds the OIDC identity provider, of which there is at
// most one, to the stack that says who may use the cluster.
func (c cluster) addIdentityProviders(s *ir.Stack) {
	for _, provider := range sorted(c.IdentityProviders) {
		oidc := ir.Map{"ClientId": provider.value.ClientID, "IssuerUrl": provider.value.IssuerURL}
		for name, value := range map[string]string{
			"GroupsClaim":    provider.value.GroupsClaim,
			"GroupsPrefix":   provider.value.GroupsPrefix,
			"UsernameClaim":  provider.value.UsernameClaim,
			"UsernamePrefix": provider.value.UsernamePrefix,
		} {
			if value != "" {
				oidc[name] = value
			}
		}
		var claims ir.List
		for _, claim := range sorted(provider.value.RequiredClaims) {
			claims = append(claims, ir.Map{"Key": claim.name, "Value": claim.value})
		}
		if claims != nil {
			oidc["RequiredClaims"] = claims
		}
		properties := ir.Map{
			"ClusterName":                c.clusterName(),
			"IdentityProviderConfigName": provider.name,
			"Oidc":                       oidc,
			"Type":                       "oidc",
		}
		setTags(properties, c.tags("", nil))
		add(s, "cluster.identityProviders."+provider.name, ir.Resource{
			ID: naming.LogicalID("IdentityProvider", provider.name), Type: "AWS::EKS::IdentityProviderConfig", Properties: properties,
		})
	}
}
