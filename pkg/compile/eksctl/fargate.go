package eksctl

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/diag"
)

// fargateProfiles are the file's Fargate profiles. eksctl makes one role for
// all of them, unless the file names one; a spec has a role for each.
func (i *importer) fargateProfiles(root node) object {
	iam := root.field("iam")
	arn, boundary := iam.field("fargatePodExecutionRoleARN").text(), iam.field("fargatePodExecutionRolePermissionsBoundary").text()
	var profiles object
	for _, n := range root.field("fargateProfiles").items() {
		name := n.field("name")
		if profiles.has(name.required()) {
			i.report(diag.NotClusterConfig, name, "take another name", "eksctl takes each name once")
			continue
		}
		profile := object{{"selectors", selectors(n.field("selectors"))}}
		if given := cmp.Or(n.field("podExecutionRoleARN").text(), arn); given != "" {
			profile.set("role", object{{"arn", given}})
		} else if boundary != "" {
			profile.set("role", object{{"permissionsBoundary", boundary}})
		}
		profile.setIf("tags", stringMap(n.field("tags")))
		if subnets := n.field("subnets"); subnets.exists() {
			i.untold(subnets, "the profile is in all private subnets; name another tier if these are not private ones")
		}
		profiles.set(name.text(), profile)
	}
	return profiles
}

func selectors(list node) []object {
	var all []object
	for _, n := range list.items() {
		selector := object{{"namespace", n.field("namespace").required()}}
		selector.setIf("labels", stringMap(n.field("labels")))
		all = append(all, selector)
	}
	return all
}

// coreDNSOnFargate reports whether eksctl moves CoreDNS to Fargate: a profile
// takes all pods of its namespace.
func coreDNSOnFargate(root node) bool {
	for _, profile := range root.field("fargateProfiles").items() {
		for _, s := range profile.field("selectors").items() {
			if s.field("namespace").text() == "kube-system" && len(s.field("labels").names()) == 0 {
				return true
			}
		}
	}
	return false
}
