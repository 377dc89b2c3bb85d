package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// reservedPrefixes begin the names that access entries cannot have, because
// Kubernetes and AWS give them a meaning.
var reservedPrefixes = []string{"system:", "eks:", "aws:", "amazon:", "iam:"}

// namespacePattern is a namespace as access entries take it: "*" stands for
// any characters.
var namespacePattern = lazyregexp.New(`^[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?$`)

// checkGrants checks that an access allows something. A user name alone does:
// a role binding may name it.
func (r *resolver) checkGrants(at path, a spec.Access) {
	if len(a.AllPolicies()) == 0 && len(a.Groups) == 0 && a.Username == "" {
		r.report(diag.AccessNothing, at, "add a policy, or groups that a role binding names", "the access allows nothing")
	}
	if len(a.Namespaces) > 0 && a.Policy == "" {
		r.report(diag.AccessNamespaces, at.at("namespaces"), "add a policy; what groups may do is up to role bindings", "namespaces limit a policy, but there is none")
	}
	r.checkAccessNamespaces(at.at("namespaces"), a.Namespaces)
	r.checkAccessPolicies(at, a)
	for i, g := range a.Groups {
		if g == "" {
			r.report(diag.AccessGroup, at.at("groups").index(i), "", "the name of a group is empty")
		}
	}
}

func (r *resolver) checkAccessNamespaces(at path, namespaces []string) {
	for i, ns := range namespaces {
		if len(ns) > 63 || !namespacePattern.MatchString(ns) {
			r.report(diag.AccessNamespaces, at.index(i), `"*" stands for any characters`, "%q is not the name of a namespace", ns)
		}
	}
}

// checkAccessPolicies checks the access policies that have names of EKS.
func (r *resolver) checkAccessPolicies(at path, a spec.Access) {
	for _, name := range sortedKeys(a.Policies) {
		at := at.at("policies", name)
		r.checkAccessNamespaces(at.at("namespaces"), a.Policies[name].Namespaces)
		known, ok := catalog.LookupAccessPolicy(name)
		switch {
		case name == a.PolicyName():
			r.report(diag.AccessPolicy, at, "say it in one of the two places", "policy is %s already", name)
		case known.AWSOnly:
			r.report(diag.AccessPolicy, at, "", "only roles of AWS itself may have the access policy %s", name)
		case strings.HasPrefix(name, "arn:"):
			r.checkARN(at, name, "eks", "cluster-access-policy/")
		case !ok:
			r.report(diag.AccessPolicy, at, accessPolicyHint(name), "ekscc knows no access policy %q of EKS", name)
		}
	}
}

// accessPolicyHint helps whoever misspelt the name of an access policy.
func accessPolicyHint(name string) string {
	if hint := catalog.DidYouMean(name, catalog.AccessPolicies()); hint != "" {
		return hint
	}
	return "give the ARN of a policy that is newer"
}

// checkNodeAccess checks the access of nodes, whose rights follow from its
// type.
func (r *resolver) checkNodeAccess(at path, a spec.Access) {
	if len(a.Groups) > 0 {
		r.report(diag.AccessType, at.at("groups"), "leave them out", "EKS itself gives access of type %s its groups", a.Type)
	}
	if a.Username != "" {
		r.report(diag.AccessType, at.at("username"), "leave it out", "EKS itself gives access of type %s its user name", a.Type)
	}
	if a.Type == "EC2" {
		r.checkGrants(at, a)
	} else if len(a.AllPolicies()) > 0 || len(a.Namespaces) > 0 {
		r.report(diag.AccessType, at, "leave policy, namespaces and policies out", "access of type %s has no access policies", a.Type)
	}
	account := r.cluster.Account
	if parsed, ok := parseARN(a.ARN); ok {
		account = parsed.account
	}
	if a.User != "" || strings.Contains(a.ARN, ":user/") || account != r.cluster.Account {
		r.report(diag.AccessType, at, "", "access of type %s is for a role of the cluster's account", a.Type)
	}
	if !r.cluster.AuthenticationMode.UsesAccessEntries() && !slices.Contains(configMapTypes, a.Type) {
		r.report(diag.AccessConfigMap, at.at("type"), "let authenticationMode include API", "the mode CONFIG_MAP cannot let in nodes of type %s", a.Type)
	}
}

// configMapTypes are the types of nodes that aws-auth can let in.
var configMapTypes = []string{"EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX"}

// checkConfigMapAccess checks what aws-auth alone can say: a user name and
// groups.
func (r *resolver) checkConfigMapAccess(at path, a spec.Access) {
	const hint = "use groups and a role binding, or let authenticationMode include API"
	if a.Policy != "" && a.Policy != "clusterAdmin" {
		r.report(diag.AccessConfigMap, at.at("policy"), hint, "the mode CONFIG_MAP has no access policies, so %q cannot be said", a.Policy)
	} else if len(a.Namespaces) > 0 && a.Policy != "" {
		r.report(diag.AccessConfigMap, at.at("namespaces"), hint, "the mode CONFIG_MAP cannot limit clusterAdmin to namespaces")
	}
	for _, name := range sortedKeys(a.Policies) {
		r.report(diag.AccessConfigMap, at.at("policies", name), hint, "the mode CONFIG_MAP has no access policies")
	}
}

func (r *resolver) checkGroups(at path, groups []string) {
	for i, g := range groups {
		if p := reservedPrefix(g); p != "" {
			hint := "use a name of your own and bind it to a role"
			if g == "system:masters" {
				hint = `use policy: "clusterAdmin"`
			}
			r.report(diag.AccessGroup, at.index(i), hint, "an access entry cannot have the group %q: %q is reserved", g, p)
		}
	}
}

// checkUsername checks the rules of EKS for a user name of your own. A session
// name is chosen by whoever assumes the role, so a colon has to keep it from
// passing for another user.
func (r *resolver) checkUsername(at path, a spec.Access) {
	if p := reservedPrefix(a.Username); p != "" {
		r.report(diag.AccessGroup, at, "", "an access entry cannot have the user name %q: %q is reserved", a.Username, p)
	}
	before, _, found := strings.Cut(a.Username, "{{SessionName")
	if found && !strings.Contains(before, ":") {
		r.report(diag.AccessGroup, at, `write for example "team:{{SessionName}}"`, "the user name %q needs a colon before the session's name", a.Username)
	}
}

func reservedPrefix(name string) string {
	for _, p := range reservedPrefixes {
		if strings.HasPrefix(name, p) {
			return p
		}
	}
	return ""
}
