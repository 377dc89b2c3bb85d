package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// roleNames are the names of created roles in lower case, as IAM compares
// them, each with what it is the role of.
type roleNames map[string]path

// checkRoleNames checks that all named roles that the cluster creates differ.
func (r *resolver) checkRoleNames() {
	taken := roleNames{}
	eachNamedRole(r.cluster, func(owner path, name string) {
		if !r.reported(diag.FargateProfile, owner) { // two profiles of one name
			r.takeRoleName(taken, owner, name)
		}
	})
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		other := taken[strings.ToLower(g.Role.Name)]
		if len(other) == len(at) && other[len(other)-1] == at[len(at)-1] {
			return // two groups of one name, which has been reported
		}
		if r.checkName(at.at("role", "name"), roleNameRule, g.Role.Name) {
			r.takeRoleName(taken, at, g.Role.Name)
		}
	})
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		at, name := serviceAccountsPath.at(key), r.cluster.ServiceAccounts[key].Role.Name
		if name != "" && !r.reported(diag.ServiceAccountTaken, at) {
			r.takeRoleName(taken, at, name)
		}
	}
}

// takeRoleName notes that owner has a role of that name, or reports that
// another has.
func (r *resolver) takeRoleName(taken roleNames, owner path, name string) {
	if other, ok := taken[strings.ToLower(name)]; ok {
		r.report(diag.RoleTaken, owner.at("role", "name"), "give each role a name of its own, or leave the names out", "the role %q is created for %s already", name, strings.Join(other.at("role"), "."))
		return
	}
	taken[strings.ToLower(name)] = owner
}

// eachNamedRole calls f with the owner and the name of every role that is
// created under a name, besides those of node groups and service accounts.
func eachNamedRole(c *spec.Cluster, f func(owner path, name string)) {
	if c.Role != nil && c.Role.Name != "" {
		f(clusterPath, c.Role.Name)
	}
	if c.AutoMode != nil && c.AutoMode.Role.Name != "" {
		f(clusterPath.at("autoMode"), c.AutoMode.Role.Name)
	}
	if c.Bastion != nil {
		f(bastionPath, c.Bastion.Role.Name)
	}
	for _, name := range sortedKeys(c.FargateProfiles) {
		if role := c.FargateProfiles[name].Role; role.Name != "" {
			f(fargatePath.at(name), role.Name)
		}
	}
	for _, capability := range c.Capabilities.All() {
		if capability.Role.Name != "" {
			f(capabilitiesPath.at(capability.Field), capability.Role.Name)
		}
	}
}
