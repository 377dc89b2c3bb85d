package eksctl

import (
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/ekscc/ekscc/pkg/diag"
)

// defaultAddons are the add-ons that eksctl gives every cluster.
var defaultAddons = []string{"coredns", "kube-proxy", "metrics-server", "vpc-cni"}

// addons are the file's add-ons and those that eksctl adds by itself.
func (i *importer) addons(root node) object {
	var addons object
	for _, addon := range root.field("addons").items() {
		name := addon.field("name")
		if addons.has(name.required()) {
			i.report(diag.NotClusterConfig, name, "keep one of them", "eksctl takes each add-on once")
			continue
		}
		addons.set(name.text(), i.addon(addon))
	}
	// Auto Mode brings its own.
	if root.at("addonsConfig", "disableDefaultAddons").flag(false) || root.at("autoModeConfig", "enabled").flag(false) {
		return addons
	}
	for _, name := range defaultAddons {
		if !addons.has(name) {
			addons.set(name, object{})
		}
	}
	if coreDNSOnFargate(root) {
		addons.moveToFargate("coredns")
	}
	return addons
}

// moveToFargate lets an add-on without a configuration of its own run on
// Fargate.
func (o object) moveToFargate(addon string) {
	for i, f := range o {
		if settings, ok := f.value.(object); ok && f.name == addon && !settings.has("configuration") {
			o[i].value = append(settings, field{"configuration", object{{"computeType", "Fargate"}}})
		}
	}
}

func (i *importer) addon(n node) object {
	var addon object
	version := n.field("version")
	if version.text() == "latest" {
		i.chosen(version, "no spec means a version that changes by itself: EKS takes its default for the cluster's version")
	} else {
		addon.setIf("version", version.text())
	}
	if values := n.field("configurationValues"); values.exists() {
		addon.set("configuration", i.configuration(values))
	}
	if conflicts := strings.ToUpper(n.field("resolveConflicts").text()); conflicts != "" {
		addon.set("resolveConflicts", conflicts)
	}
	addon.setIf("namespace", n.at("namespaceConfig", "namespace").text())
	addon.setIf("tags", stringMap(n.field("tags")))
	i.addonRole(&addon, n)
	return addon
}

// addonRole adds how the add-on gets its role. Of several associations an
// add-on here has one; the others are left out, and told.
func (i *importer) addonRole(addon *object, n node) {
	if pods := n.field("podIdentityAssociations").items(); len(pods) > 0 {
		addon.set("identity", "podIdentity")
		addon.setIf("serviceAccount", pods[0].field("serviceAccountName").text())
		addon.setIf("role", i.role(pods[0], "roleARN", "permissionPolicyARNs", "permissionPolicy", "permissionsBoundaryARN"))
		return
	}
	if role := i.role(n, "serviceAccountRoleARN", "attachPolicyARNs", "attachPolicy", "permissionsBoundary"); len(role) > 0 {
		addon.set("identity", "irsa")
		addon.set("role", role)
	}
}

// configuration is an add-on's configuration, which the file holds as a text
// of JSON or YAML.
func (i *importer) configuration(values node) map[string]any {
	var configuration map[string]any
	if err := yaml.Unmarshal([]byte(values.text()), &configuration); err != nil {
		i.report(diag.NotClusterConfig, values, "write JSON or YAML", "the configuration is neither JSON nor YAML")
	}
	return configuration
}
