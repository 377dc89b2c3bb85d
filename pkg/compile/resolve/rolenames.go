package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// roleNames are the names of created roles in lower case, as IAM compares
// them, each with the role's field.
type roleNames map[string]path

// checkRoleNames checks that all named roles that the cluster creates differ.
func (r *resolver) checkRoleNames() {
	taken := roleNames{}
	eachNamedRole(r.cluster, func(role path, name string) {
		if !r.reported(diag.FargateProfile, role[:len(role)-1]) { // two profiles of one name
			r.takeRoleName(taken, role, name)
		}
	})
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		role := at.at("role")
		if g.Role.ARN != "" {
			return
		}
		other := taken[strings.ToLower(g.Role.Name)]
		if len(other) == len(role) && slices.Equal(other[len(other)-2:], role[len(role)-2:]) {
			return // two groups of one name, which has been reported
		}
		if !r.reported(diag.InvalidName, role.at("name")) {
			r.takeRoleName(taken, role, g.Role.Name)
		}
	})
	for _, key := range sortedKeys(r.cluster.ServiceAccounts) {
		at, name := serviceAccountsPath.at(key), r.cluster.ServiceAccounts[key].Role.Name
		if name != "" && !r.reported(diag.ServiceAccountTaken, at) {
			r.takeRoleName(taken, at.at("role"), name)
		}
	}
}

// takeRoleName notes that a role has that name, or reports that another has.
func (r *resolver) takeRoleName(taken roleNames, role path, name string) {
	if other, ok := taken[strings.ToLower(name)]; ok {
		r.report(diag.RoleTaken, role.at("name"), "give each role a name of its own, or leave the names out", "the role %q is created for %s already", name, strings.Join(other, "."))
		return
	}
	taken[strings.ToLower(name)] = role
}

// eachNamedRole calls f with the field and the name of every role that is
// created under a name, besides those of node groups and service accounts.
func eachNamedRole(c *spec.Cluster, f func(role path, name string)) {
	if c.Role != nil && c.Role.Name != "" {
		f(clusterPath.at("role"), c.Role.Name)
	}
	if c.AutoMode != nil && c.AutoMode.Role.Name != "" {
		f(clusterPath.at("autoMode", "role"), c.AutoMode.Role.Name)
	}
	if c.Bastion != nil {
		f(bastionPath.at("role"), c.Bastion.Role.Name)
	}
	if c.HybridNodes != nil && c.HybridNodes.Role.Name != "" {
		f(hybridPath.at("role"), c.HybridNodes.Role.Name)
	}
	for _, name := range sortedKeys(c.FargateProfiles) {
		if role := c.FargateProfiles[name].Role; role.Name != "" {
			f(fargatePath.at(name, "role"), role.Name)
		}
	}
	if c.ClusterAutoscaler != nil && c.ClusterAutoscaler.Role.Name != "" {
		f(autoscalerPath.at("role"), c.ClusterAutoscaler.Role.Name)
	}
	for _, capability := range c.Capabilities.All() {
		if capability.Role.Name != "" {
			f(capabilitiesPath.at(capability.Field, "role"), capability.Role.Name)
		}
	}
	if k := c.Karpenter; k != nil {
		f(karpenterPath.at("nodeRole"), k.NodeRole.Name)
		if k.ControllerRole.Name != "" {
			f(karpenterPath.at("controllerRole"), k.ControllerRole.Name)
		}
	}
}
