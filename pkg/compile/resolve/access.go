package resolve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkAccess checks the access list, which becomes access entries, aws-auth
// or both.
func (r *resolver) checkAccess() {
	c := r.cluster
	checkChosenNames(r, clusterPath.at("access"), c.Access)
	taken := r.nodePrincipals()
	for _, name := range sortedKeys(c.Access) {
		a, at := c.Access[name], clusterPath.at("access", name)
		r.checkPrincipal(at, a, taken)
		if a.Type != "" {
			r.checkNodeAccess(at, a)
			continue
		}
		r.checkGrants(at, a)
		if !c.AuthenticationMode.UsesAccessEntries() {
			r.checkConfigMapAccess(at, a)
			continue
		}
		r.checkGroups(at.at("groups"), a.Groups)
		r.checkUsername(at.at("username"), a)
	}
	r.checkAdministrator()
}

// checkAdministrator checks that somebody could apply what ekscc writes for
// Kubernetes, and let others in. Groups do not count: their bindings would have
// to be there first.
func (r *resolver) checkAdministrator() {
	c := r.cluster
	if c.BootstrapClusterCreatorAdminPermissions || !c.AuthenticationMode.UsesAccessEntries() ||
		c.Bastion != nil && c.Bastion.Access().IsClusterAdmin() {
		return
	}
	for _, a := range c.Access {
		if a.IsClusterAdmin() {
			return
		}
	}
	r.report(diag.LockedOut, clusterPath.at("bootstrapClusterCreatorAdminPermissions"), `add an access with policy "clusterAdmin", or leave this true`,
		"nobody would administer the cluster: neither its creator nor any access")
}

// nodePrincipals returns the roles that have access without being in the
// access list: those of nodes and capabilities, and the bastion's.
func (r *resolver) nodePrincipals() map[string]path {
	taken := map[string]path{}
	if b := r.cluster.Bastion; b != nil {
		taken[principalKey("role", r.cluster.Account, b.Role.Name)] = bastionPath
	}
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		taken[principalKey("role", r.cluster.Account, cmp.Or(g.Role.Name, g.Role.ARN))] = at.at("role")
	})
	if auto := r.cluster.AutoMode; auto != nil && auto.Role.Name+auto.Role.ARN != "" {
		// A path does not make a name unique, so what is before it does not matter.
		taken[principalKey("role", r.cluster.Account, cmp.Or(auto.Role.Name, auto.Role.ARN))] = clusterPath.at("autoMode", "role")
	}
	if h := r.cluster.HybridNodes; h != nil && h.Role.Name != "" {
		taken[principalKey("role", r.cluster.Account, h.Role.Name)] = hybridPath.at("role")
	}
	for _, name := range sortedKeys(r.cluster.FargateProfiles) {
		role := r.cluster.FargateProfiles[name].Role
		taken[principalKey("role", r.cluster.Account, cmp.Or(role.Name, role.ARN))] = fargatePath.at(name, "role")
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
			r.checkSSORole(at.at("role"), a.Role)
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
	if kind == "role" {
		r.checkSSORole(at, name)
	}
	return principalKey(kind, a.account, name)
}

// ssoPrefix begins the names of the roles of IAM Identity Center, and ssoPath
// the path that they have, which goes on with a region; see
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html.
const (
	ssoPrefix = "AWSReservedSSO_"
	ssoPath   = "aws-reserved/sso.amazonaws.com/"
	ssoRegion = "REGION is that of IAM Identity Center and is left out for us-east-1"
)

// checkSSORole checks that a role of IAM Identity Center has its path, without
// which EKS finds no such role for an access entry. In aws-auth the path is left
// out anyway.
func (r *resolver) checkSSORole(at path, name string) {
	base := name[strings.LastIndex(name, "/")+1:]
	if strings.HasPrefix(base, ssoPrefix) && !strings.HasPrefix(strings.TrimPrefix(name, "/"), ssoPath) && r.cluster.AuthenticationMode.UsesAccessEntries() {
		r.report(diag.SSORole, at, "write "+ssoPath+"REGION/"+base+", where "+ssoRegion,
			"%q is a role of IAM Identity Center without its path", name)
	}
}
