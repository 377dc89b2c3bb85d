package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// completeAddons fills in how add-ons get their roles, and which.
func (r *resolver) completeAddons() {
	for _, name := range sortedKeys(r.cluster.Addons) {
		a := r.cluster.Addons[name]
		known, _ := catalog.LookupAddon(name)
		if a.Identity == "" {
			a.Identity = r.identityOf(name, a)
		}
		if a.Identity != spec.NoIdentity {
			a.ServiceAccount = cmp.Or(a.ServiceAccount, known.ServiceAccount)
			a.Role = r.completeRole(name, a.Role)
		}
		r.cluster.Addons[name] = a
	}
}

// identityOf is how an add-on that does not say so gets its role: by Pod
// Identity if there is something that it may do.
func (r *resolver) identityOf(name string, a spec.Addon) string {
	known, _ := catalog.LookupAddon(name)
	if r.hasPodIdentityAgent() && cmp.Or(a.ServiceAccount, known.ServiceAccount) != "" && !r.isIdle(name, r.completeRole(name, a.Role)) {
		return spec.PodIdentity
	}
	return spec.NoIdentity
}

// completeRole fills in the policies of a role that states none. AWS has none
// for the CNI plugin of an IPv6 cluster; lower writes that one.
func (r *resolver) completeRole(name string, role spec.AddonRole) spec.AddonRole {
	if role.Idle() && !r.isIPv6CNI(name) {
		known, _ := catalog.LookupAddon(name)
		role.ManagedPolicies = known.Policies
	}
	return role
}

// isIdle reports whether an add-on's role allows nothing.
func (r *resolver) isIdle(name string, role spec.AddonRole) bool {
	return role.Idle() && !r.isIPv6CNI(name)
}

func (r *resolver) isIPv6CNI(name string) bool {
	return name == cniAddon && r.cluster.IPFamily == spec.IPv6
}

// addonsUseIRSA reports whether the role of an add-on needs the cluster's OIDC
// provider.
func (r *resolver) addonsUseIRSA() bool {
	return slices.ContainsFunc(sortedKeys(r.cluster.Addons), func(name string) bool { return r.cluster.Addons[name].Identity == spec.IRSA })
}

// hasPodIdentityAgent reports whether there is an agent on all nodes. Those of
// Auto Mode have one of their own, and Fargate has none.
func (r *resolver) hasPodIdentityAgent() bool {
	_, ok := r.cluster.Addons[podIdentityAgent]
	return ok && !r.cluster.OnlyFargate() || r.cluster.OnlyAutoMode()
}

// checkAddonRole checks how one add-on gets its role, and the role.
func (r *resolver) checkAddonRole(at path, name string, a spec.Addon) {
	r.checkRoleOfAddon(at.at("role"), a.Role)
	known, _ := catalog.LookupAddon(name)
	switch a.Identity {
	case spec.NoIdentity:
		r.checkNoIdentity(at, name, a)
		return
	case spec.PodIdentity:
		if name == podIdentityAgent {
			r.report(diag.PodIdentityAgent, at, `leave its role out, for the nodes' role has what it needs, or set identity to "irsa"`,
				"the agent cannot give itself a role by Pod Identity")
		} else if !r.hasPodIdentityAgent() && !r.cluster.OnlyFargate() {
			r.report(diag.PodIdentityAgent, at.at("identity"), `add "eks-pod-identity-agent" to addons, or set it to "irsa"`,
				"Pod Identity needs the add-on eks-pod-identity-agent")
		}
	case spec.IRSA:
		if provider := r.cluster.IAM.OIDCProvider; provider == nil || !*provider {
			r.report(diag.NoOIDCProvider, at.at("identity"), "leave cluster.iam.oidcProvider out, or set it to true",
				"IRSA needs the cluster's OIDC provider, which cluster.iam.oidcProvider turns off")
		}
	}
	namespace := cmp.Or(a.Namespace, known.Namespace)
	r.checkOneRole(at, namespace, a.ServiceAccount)
	switch {
	case a.ServiceAccount == "":
		r.report(diag.AddonRole, at.at("serviceAccount"), "name the service account that the add-on's pods use", "ekscc does not know the service account of the add-on %q", name)
	case r.isIdle(name, a.Role):
		r.report(diag.RoleNothing, at.at("role"), "give it statements, managedPolicies or an arn", "AWS recommends no policy for the add-on %q that ekscc would attach unasked", name)
	case namespace == "":
		r.report(diag.AddonRole, at.at("namespace"), "state the add-on's namespace", "ekscc does not know the namespace of the add-on %q", name)
	}
}

// checkRoleOfAddon checks what the spec says of an add-on's role.
func (r *resolver) checkRoleOfAddon(at path, role spec.AddonRole) {
	r.checkGivenRole(at, spec.Role{ARN: role.ARN, ManagedPolicies: role.ManagedPolicies, PermissionsBoundary: role.PermissionsBoundary}, "the role of an add-on")
	if role.ARN == "" {
		r.checkStatements(at.at("statements"), role.Statements, maxInlinePolicies)
	} else if len(role.Statements) > 0 {
		r.report(diag.RoleConflict, at.at("statements"), "leave out either arn or the statements", "a role with an arn exists already, so ekscc cannot set what it allows")
	}
}

// checkOneRole checks that an add-on's service account has no other role: EKS
// takes one for each.
func (r *resolver) checkOneRole(at path, namespace, name string) {
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		if a := r.cluster.ServiceAccounts[key]; a.Namespace == namespace && cmp.Or(a.Name, key) == name {
			r.report(diag.ServiceAccountTaken, serviceAccountsPath.at(key), "put what its pods may do into the role of the add-on",
				"the service account %q has a role through %s already", namespace+"/"+name, strings.Join(at, "."))
		}
	}
}

// checkNoIdentity checks an add-on that uses the nodes' role, which allows what
// the CNI plugin does, and nothing for others.
func (r *resolver) checkNoIdentity(at path, name string, a spec.Addon) {
	known, _ := catalog.LookupAddon(name)
	switch {
	case !a.Role.Idle() || a.Role.PermissionsBoundary != "":
		r.report(diag.AddonIdentity, at.at("role"), `add "eks-pod-identity-agent" to addons, or set identity to "irsa"`, "nothing gives the role to the add-on's pods")
	case a.ServiceAccount != "":
		r.report(diag.AddonIdentity, at.at("serviceAccount"), "leave it out, or give the add-on a role", "without a role the service account has no effect")
	case name != cniAddon && known.ServiceAccount != "" && !r.nodesAllow(known.Policies):
		r.report(diag.AddonWithoutRole, at, r.withoutRoleHint(known), "the add-on %q calls AWS, but has no role of its own", name)
	}
}

// nodesAllow reports whether the roles of all nodes have the policies.
func (r *resolver) nodesAllow(policies []string) bool {
	allow := len(policies) > 0 && r.cluster.HasNodeGroups()
	r.eachGroup(func(_ path, g spec.NodeGroupBase) {
		for _, policy := range policies {
			allow = allow && slices.Contains(g.Role.ManagedPolicies, policy)
		}
	})
	return allow
}

func (r *resolver) withoutRoleHint(known catalog.Addon) string {
	if r.cluster.OnlyFargate() {
		return `set its identity to "irsa"`
	}
	if len(known.Policies) == 0 {
		return fmt.Sprintf("give it role.statements or role.managedPolicies, and add %q to addons", podIdentityAgent)
	}
	return fmt.Sprintf("add %q to addons, and it gets a role with %s", podIdentityAgent, strings.Join(known.Policies, " and "))
}
