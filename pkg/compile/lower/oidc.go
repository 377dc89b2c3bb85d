package lower

import "github.com/ekscc/ekscc/pkg/ir"

// oidcProvider is the cluster as an identity provider for IAM, as one of its
// stacks sees it.
type oidcProvider struct {
	// arn is the ARN of the provider in IAM.
	arn ir.Value
	// issuer is the issuer's URL without https://: the form in which IAM knows
	// it.
	issuer ir.Value
}

// addOIDCProvider adds the provider to the cluster's stack, because add-ons
// there may have roles that trust it. There are no thumbprints: IAM trusts
// the authority that signs the certificates of EKS; see
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html.
func (c cluster) addOIDCProvider(s *ir.Stack) {
	if c.IAM.OIDCProvider == nil || !*c.IAM.OIDCProvider {
		return
	}
	properties := ir.Map{
		"ClientIdList": ir.List{stsAudience},
		"Url":          ir.GetAtt{ID: "Cluster", Attribute: "OpenIdConnectIssuerUrl"},
	}
	setTags(properties, c.tags("", nil))
	add(s, "cluster.iam.oidcProvider", ir.Resource{ID: "OIDCProvider", Type: "AWS::IAM::OIDCProvider", Properties: properties})
	own := ownOIDCProvider()
	export(s, "OIDCProviderArn", "ARN of the cluster's identity provider in IAM", own.arn)
	export(s, "OIDCIssuer", "URL of the cluster's OIDC issuer, without https://", own.issuer)
}

// stsAudience is whom EKS makes the tokens of service accounts for.
const stsAudience = "sts.amazonaws.com"

// ownOIDCProvider is the provider as the cluster's stack sees it.
func ownOIDCProvider() oidcProvider {
	url := ir.GetAtt{ID: "Cluster", Attribute: "OpenIdConnectIssuerUrl"}
	return oidcProvider{
		arn:    ir.GetAtt{ID: "OIDCProvider", Attribute: "Arn"},
		issuer: ir.Function{Name: "Fn::Select", Argument: ir.List{1, ir.Function{Name: "Fn::Split", Argument: ir.List{"//", url}}}},
	}
}

// importedOIDCProvider is the provider as other stacks see it.
func (c cluster) importedOIDCProvider() oidcProvider {
	return oidcProvider{c.imported(clusterFile, "OIDCProviderArn"), c.imported(clusterFile, "OIDCIssuer")}
}
