package lower

import (
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const addonsFile = "addons"

// podIdentityAgent is the EKS name of the agent that gives pods their roles.
const podIdentityAgent = "eks-pod-identity-agent"

// addonPlace is one of the two stacks that add-ons are in.
type addonPlace struct {
	// beforeNodes says that the stack comes before the nodes.
	beforeNodes bool
	clusterName ir.Value
	provider    oidcProvider
}

// addonsStack is the add-ons that run on nodes, and so come after them.
func (c cluster) addonsStack() ir.Stack {
	s := c.stack(addonsFile, "Add-ons of the EKS cluster "+c.Name)
	c.addAddons(&s, addonPlace{clusterName: c.clusterName(), provider: c.importedOIDCProvider()})
	return s
}

// addAddons adds the EKS add-ons that are wanted before there are nodes, or
// those that run on nodes, each after its role.
func (c cluster) addAddons(s *ir.Stack, place addonPlace) {
	for _, addon := range sorted(c.Addons) {
		if place.beforeNodes != isBeforeNodes(addon.name) {
			continue
		}
		c.addAddonRole(s, addon.name, addon.value, place.provider)
		add(s, "cluster.addons."+addon.name, ir.Resource{
			ID: addonID(addon.name), Type: "AWS::EKS::Addon",
			DependsOn: c.addonsBefore(addon.name, addon.value), Properties: c.addonProperties(addon.name, addon.value, place.clusterName),
		})
	}
}

func addonID(name string) string { return naming.LogicalID("Addon", name) }

func isBeforeNodes(addon string) bool {
	known, _ := catalog.LookupAddon(addon)
	return known.BeforeNodes
}

// addonsBefore are the logical ids of the add-ons of the same stack that have
// to be there before this one: those it needs, and the agent that its pods ask
// for credentials.
func (c cluster) addonsBefore(name string, addon spec.Addon) []string {
	known, _ := catalog.LookupAddon(name)
	before := known.Needs
	if addon.Identity == spec.PodIdentity {
		before = append([]string{podIdentityAgent}, before...)
	}
	var ids []string
	for _, other := range before {
		if _, ok := c.Addons[other]; ok && other != name && isBeforeNodes(other) == isBeforeNodes(name) {
			ids = append(ids, addonID(other))
		}
	}
	return ids
}

func (c cluster) addonProperties(name string, addon spec.Addon, clusterName ir.Value) ir.Map {
	properties := ir.Map{
		"AddonName":        name,
		"ClusterName":      clusterName,
		"ResolveConflicts": addon.ResolveConflicts,
	}
	setTags(properties, c.tags("", addon.Tags))
	if addon.Version != "" {
		properties["AddonVersion"] = addon.Version
	}
	if configuration := c.addonConfiguration(name, addon); configuration != nil {
		properties["ConfigurationValues"] = configuration
	}
	if addon.Namespace != "" {
		properties["NamespaceConfig"] = ir.Map{"Namespace": addon.Namespace}
	}
	if addon.PreserveOnDelete {
		properties["PreserveOnDelete"] = true
	}
	switch addon.Identity {
	case spec.PodIdentity:
		properties["PodIdentityAssociations"] = ir.List{ir.Map{"RoleArn": addonRoleARN(name, addon), "ServiceAccount": addon.ServiceAccount}}
	case spec.IRSA:
		properties["ServiceAccountRoleArn"] = addonRoleARN(name, addon)
	}
	return properties
}
