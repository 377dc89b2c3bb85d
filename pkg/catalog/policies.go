package catalog

import _ "embed"

//go:embed data/policies.tsv
var policies table

// ManagedPolicy returns the path of the AWS managed policy of that name: what
// follows "policy/" in its ARN. For most it is the name itself; some stand
// below a folder, such as "service-role/AmazonEBSCSIDriverPolicy". Policies that
// IAM attaches to service-linked roles only are not in the catalog.
func ManagedPolicy(name string) (path string, ok bool) {
	row, ok := policies.find(name)
	if !ok {
		return "", false
	}
	return row[1] + name, true
}

// ManagedPolicies returns the names of all managed policies, sorted.
func ManagedPolicies() []string { return policies.keys() }
