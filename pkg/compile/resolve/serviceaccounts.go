package resolve

import (
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits on the characters of policies; see
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// for the inline policies of a role, and for session policies
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.
const (
	maxInlinePolicies = 10240
	maxSessionPolicy  = 2048
)

// podIdentityAgent is the EKS name of the add-on that gives credentials to
// pods. Nodes of Auto Mode have an agent of their own.
const podIdentityAgent = "eks-pod-identity-agent"

var serviceAccountsPath = clusterPath.at("serviceAccounts")

// checkServiceAccounts completes and checks the service accounts.
func (r *resolver) checkServiceAccounts() {
	checkChosenNames(r, serviceAccountsPath, r.cluster.ServiceAccounts)
	checkFileNames(r, serviceAccountsPath, r.cluster.ServiceAccounts)
	taken := map[string]path{}
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		a, at := r.cluster.ServiceAccounts[key], serviceAccountsPath.at(key)
		r.completeServiceAccount(key, &a)
		r.cluster.ServiceAccounts[key] = a
		r.checkServiceAccountName(at, key, a)
		id := a.Namespace + "/" + a.Name
		if other, ok := taken[id]; ok {
			r.report(diag.ServiceAccountTaken, at, "a service account has one role: put all that its pods may do there",
				"the service account %q has a role through %s already", id, strings.Join(other, "."))
		} else {
			taken[id] = at
		}
		r.checkServiceAccountRole(at.at("role"), a)
		r.checkServiceAccountMethod(at, a)
	}
	r.checkPodIdentityAgent()
}

// checkPodIdentityAgent reports roles that nothing would give to the pods. On
// Fargate the agent would not either, which is told elsewhere.
func (r *resolver) checkPodIdentityAgent() {
	var lost []string
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		if r.cluster.ServiceAccounts[key].Method == spec.PodIdentity {
			lost = append(lost, strconv.Quote(key))
		}
	}
	if len(lost) > 0 && !r.hasPodIdentityAgent() && !r.cluster.OnlyFargate() {
		r.report(diag.PodIdentityAgent, serviceAccountsPath, `add the add-on "`+podIdentityAgent+`"`,
			"no agent gives the roles to the pods of %s", strings.Join(lost, ", "))
	}
}

// completeServiceAccount fills in the name, and for IRSA that of the role. The
// ServiceAccount object has the role's ARN, which needs a name.
func (r *resolver) completeServiceAccount(key string, a *spec.ServiceAccount) {
	if a.Name == "" {
		a.Name = key
	}
	if a.Method == spec.IRSA && a.Role.ARN == "" && a.Role.Name == "" {
		a.Role.Name = RoleName(r.cluster.Name, a.Namespace+"-"+a.Name, r.cluster.Region)
	}
}

func (r *resolver) checkServiceAccountName(at path, key string, a spec.ServiceAccount) {
	r.checkNamespace(at.at("namespace"), a.Namespace)
	if len(validation.IsDNS1123Subdomain(a.Name)) == 0 {
		return
	}
	hint := "use lower-case letters, digits, hyphens and dots, the first and last a letter or digit"
	if a.Name == key {
		r.report(diag.KubernetesName, at, hint+", or state a name", "Kubernetes does not allow the name %q", a.Name)
	} else {
		r.report(diag.KubernetesName, at.at("name"), hint, "Kubernetes does not allow the name %q", a.Name)
	}
}

func (r *resolver) checkServiceAccountRole(at path, a spec.ServiceAccount) {
	role := a.Role
	creates := role.Name != "" || len(role.ManagedPolicies) > 0 || len(role.Statements) > 0 || role.PermissionsBoundary != ""
	switch {
	case role.ARN != "" && creates:
		r.report(diag.RoleConflict, at, "leave out either arn or the other fields", "a role with an arn exists already, so ekscc cannot set its name, policies or boundary")
	case role.ARN != "":
		r.checkExistingPodRole(at.at("arn"), a)
		return
	case len(role.ManagedPolicies) == 0 && len(role.Statements) == 0 && a.TargetRoleARN == "":
		r.report(diag.RoleNothing, at, "add statements or managedPolicies, or the arn of an existing role", "the role allows nothing")
	}
	r.checkCreatedRole(at, role.Name, role.ManagedPolicies, role.PermissionsBoundary)
	r.checkStatements(at.at("statements"), role.Statements, maxInlinePolicies)
}

// checkExistingPodRole checks a given role. EKS takes one of its own account
// only; another account can trust the cluster's OIDC provider too.
func (r *resolver) checkExistingPodRole(at path, a spec.ServiceAccount) {
	role, ok := r.checkIAM(at, a.Role.ARN, "role/")
	if ok && a.Method == spec.PodIdentity && role.account != r.cluster.Account {
		r.report(diag.InvalidARN, at, "write it as targetRoleARN", "%q is in the account %s; Pod Identity takes roles of the cluster's account %s", a.Role.ARN, role.account, r.cluster.Account)
	}
}

func (r *resolver) checkServiceAccountMethod(at path, a spec.ServiceAccount) {
	if a.Method == spec.IRSA {
		r.checkIRSA(at, a)
		return
	}
	if a.TargetRoleARN != "" {
		r.checkIAM(at.at("targetRoleARN"), a.TargetRoleARN, "role/")
	}
	r.checkStatements(at.at("sessionPolicy"), a.SessionPolicy, maxSessionPolicy)
	if len(a.SessionPolicy) > 0 && !a.DisableSessionTags {
		r.report(diag.SessionTags, at.at("sessionPolicy"), "set disableSessionTags to true", "EKS takes a session policy only without session tags")
	}
}

// checkIRSA reports what IRSA does not have.
func (r *resolver) checkIRSA(at path, a spec.ServiceAccount) {
	const hint = `leave it out, or set method to "podIdentity"`
	if a.TargetRoleARN != "" {
		r.report(diag.PodIdentityOnly, at.at("targetRoleARN"), hint, "IRSA knows no target role")
	}
	if len(a.SessionPolicy) > 0 {
		r.report(diag.PodIdentityOnly, at.at("sessionPolicy"), hint, "IRSA knows no session policy")
	}
	if a.DisableSessionTags {
		r.report(diag.PodIdentityOnly, at.at("disableSessionTags"), hint, "IRSA knows no session tags")
	}
	if wanted := r.cluster.IAM.OIDCProvider; wanted != nil && !*wanted {
		r.report(diag.NoOIDCProvider, at.at("method"), "leave cluster.iam.oidcProvider out", "IRSA needs the OIDC provider, which cluster.iam.oidcProvider turns off")
	}
}

// serviceAccountsUseIRSA reports whether a role of a service account needs the
// cluster's OIDC provider.
func (r *resolver) serviceAccountsUseIRSA() bool {
	return slices.ContainsFunc(sortedKeys(r.cluster.ServiceAccounts), func(key string) bool {
		return r.cluster.ServiceAccounts[key].Method == spec.IRSA
	})
}

// checkPodServiceAccount checks that the service account that pods run as is
// declared in their namespace.
func (r *resolver) checkPodServiceAccount(at path, namespace, name string) {
	known := []string{"default"}
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		if a := r.cluster.ServiceAccounts[key]; a.Namespace == namespace {
			known = append(known, a.Name)
		}
	}
	for _, key := range sortedKeys(r.spec.Kubernetes.Manifests) {
		if o := objectOf(r.spec.Kubernetes.Manifests[key]); o.kind == "ServiceAccount" && o.group == "" && o.namespace == namespace {
			known = append(known, o.name)
		}
	}
	if name != "" && !slices.Contains(known, name) {
		hint := catalog.DidYouMean(name, known)
		if hint == "" {
			hint = "declare it in cluster.serviceAccounts, or in a manifest"
		}
		r.report(diag.UnknownServiceAccount, at, hint, "nothing declares the service account %q in the namespace %q", name, namespace)
	}
}
