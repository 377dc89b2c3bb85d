package resolve

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// certificate returns a certificate that the edited template describes.
func certificate(t *testing.T, edit func(*x509.Certificate)) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "ca"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	edit(template)
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestHybridNodes(t *testing.T) {
	anywhere := func(edit func(a *spec.RolesAnywhere)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			a := &spec.RolesAnywhere{DurationSeconds: 3600, NodeNameField: "x509Subject/CN"}
			edit(a)
			s.Cluster.HybridNodes = &spec.HybridNodes{RolesAnywhere: a}
		}
	}
	bundle := func(text string) func(*spec.Spec) {
		return anywhere(func(a *spec.RolesAnywhere) { a.CABundle = text })
	}
	private := func(a *spec.RolesAnywhere) {
		a.PrivateCAARN = "arn:aws:acm-pca:ap-northeast-2:111122223333:certificate-authority/a"
	}
	ssm := func(edit func(h *spec.HybridNodes)) func(*spec.Spec) {
		return func(s *spec.Spec) {
			s.Cluster.HybridNodes = &spec.HybridNodes{SSM: &spec.HybridActivation{TagKey: "EKSClusterARN"}}
			edit(s.Cluster.HybridNodes)
		}
	}
	ca := certificate(t, func(*x509.Certificate) {})
	const at, anywherePath = "cluster hybridNodes", "cluster hybridNodes rolesAnywhere"
	runRules(t, hybrid, []ruleTest{
		{"nobody", func(s *spec.Spec) { s.Cluster.Access = nil }, []want{{diag.HybridNobody, "cluster remoteNetworks", "no role may join"}}},
		{"by Systems Manager", ssm(func(*spec.HybridNodes) {}), nil},
		{"by certificates", bundle(ca), nil},
		{"by two certificates", bundle(ca + "\n" + certificate(t, func(c *x509.Certificate) { c.KeyUsage = 0 })), nil},
		{"by a private authority", anywhere(private), nil},
		{"by nothing", ssm(func(h *spec.HybridNodes) { h.SSM = nil }), []want{{diag.HybridCredentials, at, "exactly one of ssm and rolesAnywhere"}}},
		{"by both", ssm(func(h *spec.HybridNodes) {
			h.RolesAnywhere = &spec.RolesAnywhere{CABundle: ca, DurationSeconds: 3600}
		}), []want{{diag.HybridCredentials, at, "exactly one of ssm and rolesAnywhere"}}},
		{"from nowhere", func(s *spec.Spec) {
			ssm(func(*spec.HybridNodes) {})(s)
			s.Cluster.RemoteNetworks, s.Cluster.Network.RemoteGateway = nil, nil
		}, []want{{diag.HybridCredentials, at, "state cluster.remoteNetworks"}}},

		{"no authority", anywhere(func(*spec.RolesAnywhere) {}), []want{{diag.TrustAnchor, anywherePath, "exactly one of caBundle and privateCAARN"}}},
		{"two authorities", anywhere(func(a *spec.RolesAnywhere) { a.CABundle = ca; private(a) }), []want{
			{diag.TrustAnchor, anywherePath, "exactly one of caBundle and privateCAARN"}}},
		{"an authority elsewhere", anywhere(func(a *spec.RolesAnywhere) {
			a.PrivateCAARN = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a"
		}), []want{{diag.InvalidARN, anywherePath + " privateCAARN", "must be in the cluster's region"}}},
		{"another ARN", anywhere(func(a *spec.RolesAnywhere) { a.PrivateCAARN = "arn:aws:acm:ap-northeast-2:111122223333:certificate/a" }), []want{
			{diag.InvalidARN, anywherePath + " privateCAARN", "AWS Private CA certificate-authority"}}},
		{"no PEM", bundle("MIIB"), []want{{diag.TrustAnchor, anywherePath + " caBundle", "no certificate in PEM form"}}},
		{"a private key", bundle("-----BEGIN EC PRIVATE KEY-----\nbm9uZQ==\n-----END EC PRIVATE KEY-----\n"), []want{
			{diag.TrustAnchor, anywherePath + " caBundle", "a private key would be in git"}}},
		{"a private key behind", bundle(ca + "-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----\n"), []want{
			{diag.TrustAnchor, anywherePath + " caBundle", "a private key would be in git"}}},
		{"a request", bundle("-----BEGIN CERTIFICATE REQUEST-----\nbm9uZQ==\n-----END CERTIFICATE REQUEST-----\n"), []want{
			{diag.TrustAnchor, anywherePath + " caBundle", "a CERTIFICATE REQUEST, which is no certificate"}}},
		{"a torn certificate", bundle(strings.Replace(ca, "MII", "MIJ", 1)), []want{{diag.TrustAnchor, anywherePath + " caBundle", "cannot be read"}}},
		{"a machine's certificate", bundle(certificate(t, func(c *x509.Certificate) { c.IsCA = false; c.KeyUsage = 0 })), []want{
			{diag.TrustAnchor, anywherePath + " caBundle", "CN=ca is not that of an authority"}}},
		{"an authority that may not sign", bundle(certificate(t, func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature })), []want{
			{diag.TrustAnchor, anywherePath + " caBundle", "may not sign certificates"}}},
		{"too short", anywhere(func(a *spec.RolesAnywhere) { private(a); a.DurationSeconds = 899 }), []want{
			{diag.HybridSetting, anywherePath + " durationSeconds", "900 to 43200"}}},
		{"too long", anywhere(func(a *spec.RolesAnywhere) { private(a); a.DurationSeconds = 43201 }), []want{
			{diag.HybridSetting, anywherePath + " durationSeconds", "900 to 43200"}}},
		{"tags of two kinds", func(s *spec.Spec) {
			anywhere(private)(s)
			s.Cluster.Tags = map[string]string{"ort": "Köln"}
			s.Cluster.HybridNodes.Tags = map[string]string{"aws:a": "b"}
		}, []want{
			{diag.InvalidTag, at + " tags aws:a", "AWS keeps for itself"},
			{diag.InvalidTag, "cluster tags ort", "IAM Roles Anywhere does not take"}}},

		{"a tag that nothing has", ssm(func(h *spec.HybridNodes) { h.SSM.TagKey = "" }), []want{{diag.InvalidTag, at + " ssm tagKey", "is empty"}}},
		{"a name that IAM refuses", ssm(func(h *spec.HybridNodes) { h.Role.Name = "a b" }), []want{{diag.InvalidName, at + " role name", "IAM role name"}}},
		{"a name that is taken", ssm(func(h *spec.HybridNodes) { h.Role.Name = "demo-general-ap-northeast-2" }), []want{
			{diag.RoleTaken, "cluster nodeGroups general role name", "cluster.hybridNodes.role"}}},
		{"a role that has access", ssm(func(h *spec.HybridNodes) { h.Role.Name = "machines" }), []want{
			{diag.AccessPrincipal, "cluster access machines", "through cluster.hybridNodes.role already"}}},
		{"GovCloud", func(s *spec.Spec) {
			s.Cluster.Region = "us-gov-west-1"
			s.Cluster.Network.AvailabilityZones = []string{"us-gov-west-1a", "us-gov-west-1b"}
		}, []want{{diag.RemoteNetwork, "cluster remoteNetworks", "no hybrid nodes in us-gov-west-1"}}},
	})
}

// What is around the certificates of a bundle, and how they are broken into
// lines, is not in the output.
func TestCABundleIsRewritten(t *testing.T) {
	ca := certificate(t, func(*x509.Certificate) {})
	s := hybrid()
	s.Cluster.HybridNodes = &spec.HybridNodes{RolesAnywhere: &spec.RolesAnywhere{
		DurationSeconds: 3600, CABundle: "subject=CN = ca\r\n" + strings.ReplaceAll(ca, "\n", "\r\n") + "\n\n" + ca,
	}}
	compare(t, Resolve(s), nil)
	if got := s.Cluster.HybridNodes.RolesAnywhere.CABundle; got != ca+ca {
		t.Errorf("got %s\nwant %s", got, ca+ca)
	}
}
