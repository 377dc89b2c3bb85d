package resolve

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// What EKS allows of OIDC identity providers; see
// https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
// and https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html.
const (
	maxProviderName = 100
	maxClaimKey     = 63
	maxClaimValue   = 253
)

// checkIdentityProviders checks the one OIDC identity provider that a cluster
// can have.
func (r *resolver) checkIdentityProviders() {
	providers, at := r.cluster.IdentityProviders, clusterPath.at("identityProviders")
	if n := len(providers); n > 1 {
		r.report(diag.IdentityProvider, at, "keep one of them", "%d identity providers; EKS takes one for each cluster", n)
	}
	for _, name := range sortedKeys(providers) {
		if len(name) > maxProviderName || !eksName.MatchString(name) {
			r.report(diag.IdentityProvider, at.at(name), "use 1 to 100 letters, digits, hyphens and underscores, the first a letter or digit", "EKS does not allow the name %q", name)
		}
		r.checkIdentityProvider(at.at(name), providers[name])
	}
}

func (r *resolver) checkIdentityProvider(at path, p spec.IdentityProvider) {
	if reason := issuerFault(p.IssuerURL); reason != "" {
		r.report(diag.IdentityProvider, at.at("issuerURL"), `write it as in the claim "iss" of a token, such as "https://login.example.com/realm"`, "%q %s", p.IssuerURL, reason)
	}
	if p.ClientID == "" {
		r.report(diag.IdentityProvider, at.at("clientID"), "", "the client id is empty")
	}
	if p.GroupsPrefix != "" && p.GroupsClaim == "" {
		r.report(diag.IdentityProvider, at.at("groupsPrefix"), "add groupsClaim, or leave the prefix out", "no claim lists groups, so there is nothing to put the prefix before")
	}
	r.checkClaimPrefix(at.at("usernamePrefix"), p.UsernamePrefix)
	r.checkClaimPrefix(at.at("groupsPrefix"), p.GroupsPrefix)
	for _, key := range sortedKeys(p.RequiredClaims) {
		if value := p.RequiredClaims[key]; key == "" || value == "" || len(key) > maxClaimKey || len(value) > maxClaimValue {
			r.report(diag.IdentityProvider, at.at("requiredClaims", key), "", "a claim has a name of 1 to %d and a value of 1 to %d characters", maxClaimKey, maxClaimValue)
		}
	}
}

// checkClaimPrefix reports a prefix by which a provider could name Kubernetes'
// own users and groups.
func (r *resolver) checkClaimPrefix(at path, prefix string) {
	if strings.HasPrefix(prefix, "system:") {
		r.report(diag.IdentityProvider, at, `choose another, such as "oidc:"`, "the prefix %q is that of Kubernetes' own names", prefix)
	}
}

// issuerFault says what is wrong with the address of an issuer, or nothing.
// EKS fetches the issuer's keys from there, over the internet.
func issuerFault(text string) string {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "":
		return "is not the address of an issuer"
	case u.Scheme != "https":
		return "does not begin with https://"
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.ForceQuery:
		return "has more than a host and a path"
	case strings.HasSuffix(u.Path, "/.well-known/openid-configuration"):
		return "goes on to the discovery document"
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && (ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast()) {
		return "is not on the internet"
	}
	return ""
}
