package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/diag"
)

// iamPath is the form of the path of a role or instance profile but for its
// length, from the API reference of IAM (CreateRole).
var iamPath = lazyregexp.New(`^/([\x21-\x7e]+/)?$`)

const maxIAMPath = 512 // characters

// checkIAMDefaults checks what all created roles have in common, and decides
// whether there is an OIDC provider.
func (r *resolver) checkIAMDefaults() {
	if r.cluster.IAM.OIDCProvider == nil && (r.serviceAccountsUseIRSA() || r.addonsUseIRSA() || r.autoscalerUsesIRSA() || r.karpenterUsesIRSA()) {
		wanted := true
		r.cluster.IAM.OIDCProvider = &wanted
	}
	iam, at := r.cluster.IAM, clusterPath.at("iam")
	r.checkPermissionsBoundary(at.at("permissionsBoundary"), iam.PermissionsBoundary)
	if iam.OIDCProvider != nil && *iam.OIDCProvider {
		r.checkTagValues("identity providers of IAM")
	}
	at = at.at("path")
	switch {
	case iam.Path == "":
	case len(iam.Path) > maxIAMPath:
		r.report(diag.IAMPath, at, "", "the path has %d characters; IAM allows %d", len(iam.Path), maxIAMPath)
	case !iamPath.MatchString(iam.Path):
		r.report(diag.IAMPath, at, `such as "/platform/eks/", without spaces`, "the path %q does not begin and end with a slash, or has a character that IAM refuses", iam.Path)
	case strings.Contains(iam.Path, "//"):
		r.report(diag.IAMPath, at, "", "the path %q has an empty part", iam.Path)
	case strings.HasPrefix(iam.Path, "/aws-service-role/"), strings.HasPrefix(iam.Path, "/aws-reserved/"):
		r.report(diag.IAMPath, at, "choose a path of your own", "AWS keeps the path %q for itself", iam.Path)
	}
}
