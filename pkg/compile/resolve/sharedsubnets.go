package resolve

import (
	"fmt"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// home is the VPC that an environment says a subnet is in.
type home struct{ vpc, environment string }

// sharedSubnets reports subnets that two environments of one account and region
// put into two VPCs: one of them has the wrong id, copied from the other.
func sharedSubnets(all []*spec.Spec) diag.List {
	var found diag.List
	first := map[string]home{}
	for _, s := range all {
		n := s.Cluster.Network
		if !n.Exists() {
			continue
		}
		for _, tier := range spec.TierNames {
			for _, name := range sortedKeys(n.Subnets.Tier(tier)) {
				id := n.Subnets.Tier(tier)[name].ID
				key := strings.Join([]string{s.Cluster.Account, s.Cluster.Region, id}, "/")
				other, known := first[key]
				if !known {
					first[key] = home{n.VPC.ID, s.Environment}
				}
				if id == "" || !known || other.vpc == n.VPC.ID {
					continue
				}
				found = append(found, diag.Diagnostic{
					Path: networkPath.at("subnets", tier, name, "id"), Environments: []string{other.environment, s.Environment}, Code: diag.SubnetTwice,
					Message: fmt.Sprintf("the subnet %q is in %s in one environment, and in %s in the other", id, other.vpc, n.VPC.ID),
					Hint:    "a subnet is in one VPC: correct one of the ids",
				})
			}
		}
	}
	return found
}
