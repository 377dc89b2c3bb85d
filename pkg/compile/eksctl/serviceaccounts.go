package eksctl

import "strings"

// comeWithTheCluster are the namespaces that every cluster has.
var comeWithTheCluster = map[string]bool{"default": true, "kube-node-lease": true, "kube-public": true, "kube-system": true}

// serviceAccounts are those with IRSA and those with Pod Identity, which are
// one list in a spec.
func (i *importer) serviceAccounts(iam node) object {
	var all object
	for _, n := range iam.field("serviceAccounts").items() {
		if n.at("wellKnownPolicies", "autoScaler").used() {
			n.field("roleOnly").flag(false)
			continue
		}
		name, namespace := n.at("metadata", "name").required(), n.at("metadata", "namespace").text()
		account := i.serviceAccount(namespace, name, all)
		account.set("method", "irsa")
		account.set("role", i.serviceAccountRole(n, "attachRoleARN", "attachPolicyARNs", "attachPolicy", "permissionsBoundary"))
		if n.field("roleOnly").flag(false) {
			account.set("createServiceAccount", false)
		}
		all.set(all.free(name), account)
	}
	for _, n := range iam.field("podIdentityAssociations").items() {
		if n.at("wellKnownPolicies", "autoScaler").used() {
			n.field("createServiceAccount").flag(false)
			continue
		}
		name, namespace := n.field("serviceAccountName").required(), n.field("namespace").required()
		account := i.serviceAccount(namespace, name, all)
		account.set("role", i.serviceAccountRole(n, "roleARN", "permissionPolicyARNs", "permissionPolicy", "permissionsBoundaryARN"))
		if !n.field("createServiceAccount").flag(false) {
			account.set("createServiceAccount", false)
		}
		account.setIf("targetRoleARN", n.field("targetRoleARN").text())
		setFlag(&account, "disableSessionTags", n.field("disableSessionTags"))
		all.set(all.free(name), account)
	}
	return all
}

// serviceAccount begins a service account. It says its name where the name of
// its entry is taken by another one.
func (i *importer) serviceAccount(namespace, name string, taken object) object {
	if namespace == "" {
		namespace = "default"
	}
	if !comeWithTheCluster[namespace] && !i.namespaces.has(namespace) {
		i.namespaces.set(namespace, object{})
	}
	account := object{{"namespace", namespace}}
	if taken.has(name) {
		account.set("name", name)
	}
	return account
}

// serviceAccountRole is the role of a service account.
func (i *importer) serviceAccountRole(n node, arn, policies, policy, boundary string) object {
	var role object
	role.setIf("name", n.field("roleName").text())
	return append(role, i.role(n, arn, policies, policy, boundary)...)
}

// role is what a role may do; IRSA and Pod Identity have other names for the
// same.
func (i *importer) role(n node, arn, policies, policy, boundary string) object {
	var role object
	role.setIf("arn", n.field(arn).text())
	role.setIf("managedPolicies", shortNames(n.field(policies).texts()))
	role.setIf("statements", i.statements(n.field(policy)))
	role.setIf("permissionsBoundary", n.field(boundary).text())
	return role
}

// statements are those of a policy document. One that says what it is not about
// is left out, and reported.
func (i *importer) statements(document node) object {
	var all object
	document.field("Version").use()
	for _, n := range document.field("Statement").items() {
		if n.field("NotAction").exists() || n.field("NotResource").exists() {
			i.untold(n, "say what it is about with actions and resources")
			continue
		}
		var statement object
		if effect := n.field("Effect").text(); effect != "Allow" {
			statement.set("effect", effect)
		}
		statement.set("actions", n.field("Action").oneOrMany())
		statement.set("resources", n.field("Resource").oneOrMany())
		statement.setIf("conditions", conditions(n.field("Condition")))
		name := n.field("Sid").text()
		if name == "" {
			name = strings.ToLower(n.field("Effect").text())
		}
		all.set(all.free(name), statement)
	}
	return all
}

func conditions(n node) object {
	var all object
	for _, operator := range n.names() {
		var keys object
		for _, key := range n.field(operator).names() {
			keys.set(key, n.at(operator, key).oneOrMany())
		}
		all.set(operator, keys)
	}
	return all
}
