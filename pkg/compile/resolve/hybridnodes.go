package resolve

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"unicode"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// For how long credentials of IAM Roles Anywhere may be valid, in seconds; see
// https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html.
const (
	minSessionSeconds = 900
	maxSessionSeconds = 43200
)

var hybridPath = clusterPath.at("hybridNodes")

// checkHybridNodes checks the credentials of hybrid nodes; see
// https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html.
func (r *resolver) checkHybridNodes() {
	h := r.cluster.HybridNodes
	if h == nil {
		r.checkNobodyHybrid()
		return
	}
	if r.cluster.RemoteNetworks == nil {
		r.report(diag.HybridCredentials, hybridPath, "state cluster.remoteNetworks", "EKS takes hybrid nodes only from networks that it knows")
	}
	if (h.SSM == nil) == (h.RolesAnywhere == nil) {
		r.report(diag.HybridCredentials, hybridPath, "write ssm: {}, or rolesAnywhere with a certificate authority", "exactly one of ssm and rolesAnywhere gives the nodes their credentials")
	}
	r.checkCreatedRole(hybridPath.at("role"), h.Role.Name, h.Role.ManagedPolicies, h.Role.PermissionsBoundary)
	r.checkTags(hybridPath.at("tags"), h.Tags, r.cluster.Tags)
	if h.SSM != nil {
		r.checkTag(hybridPath.at("ssm", "tagKey"), h.SSM.TagKey, h.SSM.TagValue)
	}
	if h.RolesAnywhere != nil {
		r.checkRolesAnywhere(hybridPath.at("rolesAnywhere"), h.RolesAnywhere)
		r.checkRolesAnywhereTags(hybridPath.at("tags"), h.Tags)
		r.checkRolesAnywhereTags(clusterPath.at("tags"), r.cluster.Tags)
	}
}

// checkNobodyHybrid warns of networks of hybrid nodes without any role that
// could join.
func (r *resolver) checkNobodyHybrid() {
	if r.cluster.RemoteNetworks == nil {
		return
	}
	for _, a := range r.cluster.Access {
		if a.Type == "HYBRID_LINUX" {
			return
		}
	}
	r.report(diag.HybridNobody, remotePath, "add cluster.hybridNodes, or an access of the type HYBRID_LINUX for a role that exists", "no role may join the cluster from there")
}

func (r *resolver) checkRolesAnywhere(at path, a *spec.RolesAnywhere) {
	if (a.CABundle == "") == (a.PrivateCAARN == "") {
		r.report(diag.TrustAnchor, at, "write caBundle for certificates of yours, or privateCAARN", "exactly one of caBundle and privateCAARN says which authority is trusted")
	}
	if a.CABundle != "" {
		a.CABundle = r.checkCABundle(at.at("caBundle"), a.CABundle)
	}
	if a.PrivateCAARN != "" {
		ca, ok := r.checkARN(at.at("privateCAARN"), a.PrivateCAARN, "acm-pca", "certificate-authority/")
		if ok && ca.region != r.cluster.Region {
			r.report(diag.InvalidARN, at.at("privateCAARN"), "", "the authority %q is in %q, but must be in the cluster's region %s", a.PrivateCAARN, ca.region, r.cluster.Region)
		}
	}
	if n := a.DurationSeconds; n < minSessionSeconds || n > maxSessionSeconds {
		r.report(diag.HybridSetting, at.at("durationSeconds"), "", "%d is out of range; IAM Roles Anywhere takes %d to %d", n, minSessionSeconds, maxSessionSeconds)
	}
}

// checkCABundle returns the certificates of a bundle and nothing else of it. IAM
// Roles Anywhere trusts certificates of authorities, in version 3, that may sign
// certificates; see
// https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html.
func (r *resolver) checkCABundle(at path, text string) string {
	var bundle bytes.Buffer
	block, rest := pem.Decode([]byte(text))
	if block == nil {
		r.report(diag.TrustAnchor, at, `a certificate begins with "-----BEGIN CERTIFICATE-----"`, "there is no certificate in PEM form")
	}
	for ; block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			r.report(diag.TrustAnchor, at, "take it out, and take the key for lost where this has been committed", "a private key would be in git for everybody to read")
			return text
		}
		block.Headers = nil
		if fault := authorityFault(block); fault != "" {
			r.report(diag.TrustAnchor, at, "take the certificate of the authority that signs those of the machines", "%s", fault)
			return text
		}
		if err := pem.Encode(&bundle, block); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	return bundle.String()
}

// authorityFault says what keeps a block from being a certificate that can be
// trusted, or nothing. Whether it is still valid is not asked: the same spec is
// right on every day.
func authorityFault(block *pem.Block) string {
	if block.Type != "CERTIFICATE" {
		return "the bundle has a " + block.Type + ", which is no certificate"
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	switch {
	case err != nil:
		return "the bundle has a certificate that cannot be read: " + strings.TrimPrefix(err.Error(), "x509: ")
	case certificate.Version != 3 || !certificate.BasicConstraintsValid || !certificate.IsCA:
		return "the certificate of " + certificate.Subject.String() + " is not that of an authority"
	case certificate.KeyUsage != 0 && certificate.KeyUsage&x509.KeyUsageCertSign == 0:
		return "the authority " + certificate.Subject.String() + " may not sign certificates"
	}
	return ""
}

// checkRolesAnywhereTags checks tags for letters that IAM Roles Anywhere, unlike
// the services that clusters are made of, does not take.
func (r *resolver) checkRolesAnywhereTags(at path, tags map[string]string) {
	for _, key := range sortedKeys(tags) {
		if strings.ContainsFunc(key+tags[key], func(c rune) bool { return c > unicode.MaxASCII }) {
			r.report(diag.InvalidTag, at.at(key), "use letters of ASCII", "the tag %q has a letter that IAM Roles Anywhere does not take", key)
		}
	}
}
