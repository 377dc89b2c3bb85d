package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/diag"
)

// arn is an Amazon Resource Name in its parts.
type arn struct{ partition, service, region, account, resource string }

// parseARN splits text at its colons. The resource may have colons of its own.
func parseARN(text string) (arn, bool) {
	p := strings.SplitN(text, ":", 6)
	if len(p) != 6 || p[0] != "arn" || p[1] == "" || p[2] == "" || p[5] == "" {
		return arn{}, false
	}
	return arn{p[1], p[2], p[3], p[4], p[5]}, true
}

// accountID is the form of an AWS account id.
var accountID = lazyregexp.New(`^[0-9]{12}$`)

// checkARN reads an ARN of a resource of one of the kinds, such as "role/", of
// a service, and reports one of another service, kind or partition.
func (r *resolver) checkARN(at path, text, service string, kinds ...string) (arn, bool) {
	a, ok := parseARN(text)
	if !ok {
		r.report(diag.InvalidARN, at, "an ARN is arn:partition:service:region:account:resource", "%q is not an ARN", text)
		return arn{}, false
	}
	if r.region.Partition != "" && a.partition != r.region.Partition {
		r.report(diag.InvalidARN, at, "", "%q is in the partition %q, but %s is in %q", text, a.partition, r.region.Name, r.region.Partition)
		return arn{}, false
	}
	if a.service != service || !hasKind(a.resource, kinds) {
		r.report(diag.InvalidARN, at, identityHint(a), "%q is not the ARN of %s", text, describeKinds(service, kinds))
		return arn{}, false
	}
	return a, true
}

func hasKind(resource string, kinds []string) bool {
	for _, k := range kinds {
		if name, ok := strings.CutPrefix(resource, k); ok && name != "" {
			return true
		}
	}
	return false
}

// describeKinds says in words what the ARN should have been of.
func describeKinds(service string, kinds []string) string {
	names := map[string]string{
		"acm-pca": "an AWS Private CA", "eks": "an EKS", "elasticloadbalancing": "an Elastic Load Balancing", "iam": "an IAM", "kms": "a KMS", "lambda": "a Lambda",
		"sns": "an SNS topic", "sqs": "an SQS queue", "sso": "an IAM Identity Center",
		"resource-groups": "a resource",
	}
	var words []string
	for _, k := range kinds {
		words = append(words, strings.TrimRight(k, "/:"))
	}
	return strings.TrimSpace(names[service] + " " + strings.Join(words, " or "))
}

// identityHint helps with identities that are no roles: what the AWS command
// line prints for the caller is a session, and accounts and groups stand for many.
func identityHint(a arn) string {
	if a.service == "iam" && (a.resource == "root" || strings.HasPrefix(a.resource, "group/")) {
		return "name the roles or users that are meant"
	}
	parts := strings.Split(a.resource, "/")
	if a.service != "sts" || parts[0] != "assumed-role" || len(parts) < 2 {
		return ""
	}
	role := "arn:" + a.partition + ":iam::" + a.account + ":role/"
	if strings.HasPrefix(parts[1], ssoPrefix) {
		return "this is a session of a role; the role is " + role + ssoPath + "REGION/" + parts[1] + ", where " + ssoRegion
	}
	return "this is a session of a role; the role is " + role + parts[1]
}

// checkRegionalARN is checkARN for what has to be in the cluster's region, in
// whatever account.
func (r *resolver) checkRegionalARN(at path, text, service string, kinds ...string) (arn, bool) {
	a, ok := r.checkARN(at, text, service, kinds...)
	if ok && a.region != r.cluster.Region {
		r.report(diag.InvalidARN, at, "", "%q is in %q, but must be in the cluster's region %s", text, a.region, r.cluster.Region)
		return arn{}, false
	}
	return a, ok
}

// checkOwnARN is checkARN for what has to be in the cluster's region and
// account.
func (r *resolver) checkOwnARN(at path, text, service string, kinds ...string) {
	if a, ok := r.checkRegionalARN(at, text, service, kinds...); ok && a.account != r.cluster.Account {
		r.report(diag.InvalidARN, at, "", "%q is in the account %q, but must be in the cluster's account %s", text, a.account, r.cluster.Account)
	}
}

// checkIAM is checkARN for IAM, whose ARNs have an account and no region.
func (r *resolver) checkIAM(at path, text string, kinds ...string) (arn, bool) {
	a, ok := r.checkARN(at, text, "iam", kinds...)
	if !ok {
		return arn{}, false
	}
	if a.region != "" {
		r.report(diag.InvalidARN, at, "", "%q has a region; IAM is global, so its ARNs have none", text)
		return arn{}, false
	}
	if !accountID.MatchString(a.account) && a.account != "aws" {
		r.report(diag.InvalidARN, at, "", "%q has no 12-digit account id", text)
		return arn{}, false
	}
	return a, true
}

// checkPermissionsBoundary checks the ARN of a policy that bounds a role: one
// of AWS or of the role's own account. An empty one is no boundary.
func (r *resolver) checkPermissionsBoundary(at path, text string) {
	if text == "" {
		return
	}
	a, ok := r.checkIAM(at, text, "policy/")
	if ok && a.account != "aws" && a.account != r.cluster.Account {
		r.report(diag.InvalidARN, at, "", "%q is in the account %s, but a boundary must be in the role's account %s", text, a.account, r.cluster.Account)
	}
}
