package eksctl

import (
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// access adds who may use the cluster: access entries and identity mappings
// are one list in a spec.
func (i *importer) access(cluster *object, root node) {
	config := root.field("accessConfig")
	cluster.setIf("authenticationMode", config.field("authenticationMode").text())
	if creator := config.field("bootstrapClusterCreatorAdminPermissions"); creator.exists() {
		cluster.set("bootstrapClusterCreatorAdminPermissions", creator.flag(true))
	}
	var all object
	for _, entry := range config.field("accessEntries").items() {
		all.add(entry.field("principalARN").required(), i.accessEntry(entry))
	}
	for _, mapping := range root.field("iamIdentityMappings").items() {
		if mapping.field("arn").exists() {
			all.add(mapping.field("arn").text(), identityMapping(mapping))
		}
	}
	if role := root.at("remoteNetworkConfig", "iam", "roleARN"); role.exists() {
		root.at("remoteNetworkConfig", "iam", "provider").use()
		all.add(role.text(), object{{"type", "HYBRID_LINUX"}})
	}
	cluster.setIf("access", all)
}

// add adds an access under a name made from the principal's.
func (o *object) add(arn string, access object) {
	o.set(o.free(afterSlash(arn)), append(object{{"arn", arn}}, access...))
}

// free is name, or name with a number where that is taken.
func (o object) free(name string) string {
	free := name
	for n := 2; o.has(free); n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
}

func (o object) has(name string) bool {
	for _, f := range o {
		if f.name == name {
			return true
		}
	}
	return false
}

// accessEntry writes one policy that the spec has a short name for as such, and
// all others by their names.
func (i *importer) accessEntry(entry node) object {
	var access, more object
	if kind := entry.field("type").text(); kind != "STANDARD" {
		access.setIf("type", kind)
	}
	for _, given := range entry.field("accessPolicies").items() {
		scope := given.field("accessScope")
		scope.field("type").use()
		namespaces := scope.field("namespaces").texts()
		name := afterSlash(given.field("policyARN").text())
		if short := spec.PolicyCalled(name); short != "" && !access.has("policy") {
			access.set("policy", short)
			access.setIf("namespaces", namespaces)
			continue
		}
		var reach object
		reach.setIf("namespaces", namespaces)
		more.set(name, reach)
	}
	access.setIf("policies", more)
	access.setIf("groups", entry.field("kubernetesGroups").texts())
	access.setIf("username", entry.field("kubernetesUsername").text())
	return access
}

// identityMapping is a row of aws-auth. The group of administrators is none
// that access entries take, so that it becomes the policy that stands for it.
func identityMapping(mapping node) object {
	var access object
	var groups []string
	for _, group := range mapping.field("groups").texts() {
		if group == "system:masters" {
			access.set("policy", "clusterAdmin")
			continue
		}
		groups = append(groups, group)
	}
	access.setIf("groups", groups)
	access.setIf("username", mapping.field("username").text())
	if len(access) == 0 {
		mapping.importer.report(diag.NotImported, mapping, "give it a policy or groups", "the mapping gives its principal nothing to do")
	}
	return access
}

func afterSlash(s string) string { return s[strings.LastIndex(s, "/")+1:] }

// shortNames are AWS's managed policies by name, and others by ARN.
func shortNames(arns []string) []string {
	names := make([]string, len(arns))
	for i, arn := range arns {
		names[i] = arn
		if strings.Contains(arn, ":iam::aws:policy/") {
			names[i] = afterSlash(arn)
		}
	}
	return names
}
