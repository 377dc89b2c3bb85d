package resolve

import (
	"fmt"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// clusterPath is where everything of the cluster is.
var clusterPath = path{"cluster"}

func (r *resolver) checkCluster() {
	c := r.cluster
	if !isClusterName(c.Name) {
		r.report(diag.ClusterName, clusterPath.at("name"), "use 1 to 100 letters, digits, hyphens and underscores, the first a letter or digit",
			"EKS does not allow the name %q", c.Name)
	} else {
		r.checkStackName(diag.ClusterName, clusterPath.at("name"), naming.Stack(c.Name, "cluster"))
	}
	r.checkRegion(c.Region)
	r.checkVersion(c.Version)
	r.checkTags(clusterPath.at("tags"), c.Tags)
	r.checkIAMDefaults()
	if c.Role != nil {
		r.checkGivenRole(clusterPath.at("role"), *c.Role, "the role of a cluster")
	}
	r.checkSecretsEncryption(c.SecretsEncryption)
	r.checkLogging(c.Logging)
	r.checkAuthenticationMode()
}

func (r *resolver) checkRegion(name string) {
	region, ok := catalog.LookupRegion(name)
	if !ok {
		r.report(diag.UnknownRegion, clusterPath.at("region"), catalog.DidYouMean(name, catalog.Regions()), "AWS has no region %q", name)
		return
	}
	r.region = region
	if !region.EKS {
		r.report(diag.UnknownRegion, clusterPath.at("region"), "", "EKS is not offered in %s", name)
	}
}

func (r *resolver) checkVersion(minor string) {
	at := clusterPath.at("version")
	v, ok := catalog.LookupVersion(minor)
	if !ok {
		known := catalog.Versions()
		r.report(diag.UnknownVersion, at, fmt.Sprintf("on %s EKS offered %s to %s", catalog.Date, known[0], known[len(known)-1]),
			"EKS does not offer Kubernetes %s", minor)
		return
	}
	if v.Extended {
		r.report(diag.ExtendedSupport, at, "upgrade one minor version at a time; extended support costs extra",
			"standard support of Kubernetes %s ended on %s%s", minor, v.StandardUntil, extendedUntil(v))
	}
}

func extendedUntil(v catalog.Version) string {
	if v.ExtendedUntil == "" {
		return ""
	}
	return ", extended support ends on " + v.ExtendedUntil
}

// checkGivenRole checks a role that exists or is created; whose says which.
func (r *resolver) checkGivenRole(at path, role spec.Role, whose string) {
	if role.ARN == "" {
		r.checkCreatedRole(at, role.Name, role.ManagedPolicies, role.PermissionsBoundary)
		return
	}
	if role.Name != "" || len(role.ManagedPolicies) > 0 || role.PermissionsBoundary != "" {
		r.report(diag.RoleConflict, at, "leave out either arn or the other fields", "a role with an arn exists already, so ekscc cannot set its name, policies or boundary")
	}
	a, ok := r.checkIAM(at.at("arn"), role.ARN, "role/")
	if ok && a.account != r.cluster.Account {
		r.report(diag.InvalidARN, at.at("arn"), "", "%q is in the account %s; %s must be in the cluster's account %s", role.ARN, a.account, whose, r.cluster.Account)
	}
}

// checkCreatedRole checks the settings of a role that ekscc creates.
func (r *resolver) checkCreatedRole(at path, name string, policies []string, boundary string) {
	if name != "" {
		r.checkName(at.at("name"), roleNameRule, name)
	}
	r.checkManagedPolicies(at.at("managedPolicies"), policies)
	r.checkPermissionsBoundary(at.at("permissionsBoundary"), boundary)
}

// maxManagedPolicies is how many managed policies IAM attaches to a role unless
// the account's quota is raised; see
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
const maxManagedPolicies = 10

// checkManagedPolicies checks the managed policies that a spec gives to a role.
func (r *resolver) checkManagedPolicies(at path, names []string) {
	if len(names) > maxManagedPolicies {
		r.report(diag.ManyPolicies, at, "put several into one policy of your own, or suppress this if the account's quota is raised",
			"the role has %d managed policies; IAM attaches %d", len(names), maxManagedPolicies)
	}
	seen := map[string]bool{}
	for i, name := range names {
		if strings.HasPrefix(name, "arn:") {
			r.checkIAM(at.index(i), name, "policy/")
		} else if _, ok := catalog.ManagedPolicy(name); !ok {
			r.report(diag.UnknownPolicy, at.index(i), policyHint(name), "on %s AWS had no managed policy %q", catalog.Date, name)
		} else if seen[name] {
			r.report(diag.UnknownPolicy, at.index(i), "", "the policy %q is listed twice", name)
		}
		seen[name] = true
	}
}

// policyHint helps whoever wrote more of the ARN than the name, or misspelt it.
func policyHint(text string) string {
	name := text[strings.LastIndex(text, "/")+1:]
	if _, ok := catalog.ManagedPolicy(name); ok {
		return fmt.Sprintf("write the name alone: %q", name)
	}
	if hint := catalog.DidYouMean(name, catalog.ManagedPolicies()); hint != "" {
		return hint
	}
	return "give the ARN of a policy that is newer, or your own"
}

// checkAuthenticationMode checks what EKS checks when a cluster is created:
// without access entries, only its creator could let anybody else in.
func (r *resolver) checkAuthenticationMode() {
	if r.cluster.AuthenticationMode == spec.AuthConfigMap && !r.cluster.BootstrapClusterCreatorAdminPermissions {
		r.report(diag.NoAdministrator, clusterPath.at("bootstrapClusterCreatorAdminPermissions"), "leave it true, or let authenticationMode include API",
			"in the mode CONFIG_MAP the creator of the cluster must be its administrator")
	}
}
