package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkGivenNodeRoles reports an existing role that a self-managed group shares
// with another group: each of them would make an access entry for it, or EKS has
// made it for a managed group, and a principal has one.
func (r *resolver) checkGivenNodeRoles() {
	if !r.cluster.AuthenticationMode.UsesAccessEntries() {
		return
	}
	taken := map[string]path{}
	r.eachGroup(func(at path, g spec.NodeGroupBase) {
		if g.Role.ARN == "" {
			return
		}
		other, again := taken[g.Role.ARN]
		if again && at[1] == "selfManagedNodeGroups" {
			r.report(diag.RoleTaken, at.at("role", "arn"), "give each self-managed group a role of its own", "%q is the role of %s already, and has an access entry", g.Role.ARN, strings.Join(other, "."))
		}
		taken[g.Role.ARN] = at
	})
}
