package resolve

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// reservedPrefixes begin the names that access entries cannot have, because
// Kubernetes and AWS give them a meaning.
var reservedPrefixes = []string{"system:", "eks:", "aws:", "amazon:", "iam:"}

// namespacePattern is a namespace as access entries take it: "*" stands for
// any characters.
var namespacePattern = regexp.MustCompile(`^[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?$`)

// checkAccess checks the access list, which becomes access entries, aws-auth
// or both.
func (r *resolver) checkAccess() {
	c := r.cluster
	checkChosenNames(r, clusterPath.at("access"), c.Access)
	taken := r.nodePrincipals()
	for _, name := range sortedKeys(c.Access) {
		a, at := c.Access[name], clusterPath.at("access", name)
		r.checkPrincipal(at, a, taken)
		r.checkGrants(at, a)
		if !c.AuthenticationMode.UsesAccessEntries() {
			r.checkConfigMapAccess(at, a)
			continue
		}
		r.checkGroups(at.at("groups"), a.Groups)
		r.checkUsername(at.at("username"), a)
	}
}

// nodePrincipals returns the roles that have access without being in the
// access list: those of nodes and capabilities, and the bastion's.
func (r *resolver) nodePrincipals() map[string]path {
	taken := map[string]path{}
	if b := r.cluster.Bastion; b != nil {
		taken[principalKey("role", r.cluster.Account, b.Role.Name)] = bastionPath
	}
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		taken[principalKey("role", r.cluster.Account, g.Role.Name)] = at.at("role")
	})
	if auto := r.cluster.AutoMode; auto != nil && auto.Role.Name+auto.Role.ARN != "" {
		// A path does not make a name unique, so what is before it does not matter.
		taken[principalKey("role", r.cluster.Account, cmp.Or(auto.Role.Name, auto.Role.ARN))] = clusterPath.at("autoMode", "role")
	}
	for _, c := range r.cluster.Capabilities.All() {
		if c.Role.Name+c.Role.ARN != "" {
			taken[principalKey("role", r.cluster.Account, cmp.Or(c.Role.Name, c.Role.ARN))] = capabilitiesPath.at(c.Field, "role")
		}
	}
	return taken
}

// principalKey is the same for two ways to write one principal: IAM compares
// names without regard to case, and a path does not make a name unique.
func principalKey(kind, account, name string) string {
	return kind + "/" + account + "/" + strings.ToLower(name[strings.LastIndex(name, "/")+1:])
}

func (r *resolver) checkPrincipal(at path, a spec.Access, taken map[string]path) {
	given := slices.DeleteFunc([]string{a.Role, a.User, a.ARN}, func(s string) bool { return s == "" })
	if len(given) != 1 {
		r.report(diag.AccessPrincipal, at, "write exactly one of role, user and arn", "the access names %d principals", len(given))
		return
	}
	key := r.principal(at, a)
	if key == "" {
		return
	}
	if other, ok := taken[key]; ok {
		r.report(diag.AccessPrincipal, at, "a principal has one access entry: put all it may do there", "%q has access through %s already", given[0], strings.Join(other, "."))
		return
	}
	taken[key] = at
}

// principal checks the one principal of an access and returns its key, or "".
func (r *resolver) principal(at path, a spec.Access) string {
	switch {
	case a.Role != "":
		if r.checkPrincipalName(at.at("role"), roleNameRule, a.Role) {
			return principalKey("role", r.cluster.Account, a.Role)
		}
	case a.User != "":
		if r.checkPrincipalName(at.at("user"), userNameRule, a.User) {
			return principalKey("user", r.cluster.Account, a.User)
		}
	default:
		return r.principalARN(at.at("arn"), a.ARN)
	}
	return ""
}

// checkPrincipalName checks a name that may have a path before it.
func (r *resolver) checkPrincipalName(at path, rule nameRule, name string) bool {
	if strings.HasPrefix(name, "arn:") {
		r.report(diag.InvalidName, at, "write an ARN in the field arn", "%q is an ARN, not %s", name, rule.what)
		return false
	}
	parts := strings.Split(strings.TrimPrefix(name, "/"), "/")
	for _, part := range parts {
		if part == "" {
			r.report(diag.InvalidName, at, "", "%q has an empty part", name)
			return false
		}
	}
	return r.checkName(at, rule, parts[len(parts)-1])
}

func (r *resolver) principalARN(at path, text string) string {
	a, ok := r.checkIAM(at, text, "role/", "user/")
	if !ok {
		return ""
	}
	kind, name, _ := strings.Cut(a.resource, "/")
	if strings.HasPrefix(name, "aws-service-role/") {
		r.report(diag.AccessPrincipal, at, "", "%q is a service-linked role, which access entries do not support", text)
		return ""
	}
	return principalKey(kind, a.account, name)
}

// checkGrants checks that an access allows something. A user name alone does:
// a role binding may name it.
func (r *resolver) checkGrants(at path, a spec.Access) {
	if a.Policy == "" && len(a.Groups) == 0 && a.Username == "" {
		r.report(diag.AccessNothing, at, "add a policy, or groups that a role binding names", "the access allows nothing")
	}
	if len(a.Namespaces) > 0 && a.Policy == "" {
		r.report(diag.AccessNamespaces, at.at("namespaces"), "add a policy; what groups may do is up to role bindings", "namespaces limit a policy, but there is none")
	}
	for i, ns := range a.Namespaces {
		if len(ns) > 63 || !namespacePattern.MatchString(ns) {
			r.report(diag.AccessNamespaces, at.at("namespaces").index(i), `"*" stands for any characters`, "%q is not the name of a namespace", ns)
		}
	}
	for i, g := range a.Groups {
		if g == "" {
			r.report(diag.AccessGroup, at.at("groups").index(i), "", "the name of a group is empty")
		}
	}
}

// checkConfigMapAccess checks what aws-auth alone can say: a user name and
// groups.
func (r *resolver) checkConfigMapAccess(at path, a spec.Access) {
	if a.Policy != "" && a.Policy != "clusterAdmin" {
		r.report(diag.AccessConfigMap, at.at("policy"), "use groups and a role binding, or let authenticationMode include API",
			"the mode CONFIG_MAP has no access policies, so %q cannot be said", a.Policy)
	} else if len(a.Namespaces) > 0 && a.Policy != "" {
		r.report(diag.AccessConfigMap, at.at("namespaces"), "use groups and a role binding, or let authenticationMode include API",
			"the mode CONFIG_MAP cannot limit clusterAdmin to namespaces")
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
