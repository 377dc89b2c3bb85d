package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const capabilitiesFile = "capabilities"

// capabilitiesStack is the capabilities with their roles. They come before
// nodes: EKS runs them elsewhere.
func (c cluster) capabilitiesStack() ir.Stack {
	s := c.stack(capabilitiesFile, "Capabilities of the EKS cluster "+c.Name)
	for _, capability := range c.Capabilities.All() {
		c.addCapabilityRole(&s, capability)
		c.addCapability(&s, capability)
	}
	return s
}

func (c cluster) addCapability(s *ir.Stack, capability spec.CapabilityEntry) {
	id := naming.LogicalID("Capability", capability.Field)
	properties := ir.Map{
		"CapabilityName":          capability.Name,
		"ClusterName":             c.clusterName(),
		"DeletePropagationPolicy": "RETAIN", // the only one that EKS has
		"RoleArn":                 cmp.Or[ir.Value](nonEmpty(capability.Role.ARN), ir.GetAtt{ID: capabilityRoleID(capability), Attribute: "Arn"}),
		"Type":                    capability.Type,
	}
	switch capability.Type {
	case "ARGOCD":
		properties["Configuration"] = ir.Map{"ArgoCd": argoCD(*c.Capabilities.ArgoCD, c.Region)}
		export(s, "ArgoCDServerUrl", "URL of Argo CD", ir.GetAtt{ID: id, Attribute: "Configuration.ArgoCd.ServerUrl"})
	case "ACK":
		if config := ack(*c.Capabilities.ACK); len(config) > 0 {
			properties["Configuration"] = ir.Map{"Ack": config}
		}
	}
	setTags(properties, c.tags("", nil))
	add(s, "cluster.capabilities."+capability.Field, ir.Resource{ID: id, Type: "AWS::EKS::Capability", Properties: properties})
}

func capabilityRoleID(capability spec.CapabilityEntry) string {
	return naming.LogicalID("Capability", capability.Field, "Role")
}

// addCapabilityRole adds a capability's role, which EKS assumes with session
// tags; see https://docs.aws.amazon.com/eks/latest/userguide/capability-role.html.
func (c cluster) addCapabilityRole(s *ir.Stack, capability spec.CapabilityEntry) {
	role := capability.Role
	if role.ARN != "" {
		return
	}
	policies := map[string][]statement{}
	if list := userStatements(role.Statements); len(list) > 0 {
		policies["permissions"] = list
	}
	c.addRole(s, roleResource{
		id:                  capabilityRoleID(capability),
		origin:              "cluster.capabilities." + capability.Field + ".role",
		name:                role.Name,
		withoutPath:         true,
		trust:               serviceTrust("capabilities.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"),
		managedPolicies:     role.ManagedPolicies,
		policies:            policies,
		permissionsBoundary: role.PermissionsBoundary,
		tags:                c.tags("", nil),
	})
}

func argoCD(settings spec.ArgoCDCapability, region string) ir.Map {
	config := ir.Map{"AwsIdc": ir.Map{
		"IdcInstanceArn": settings.IdentityCenter.InstanceARN,
		"IdcRegion":      cmp.Or(settings.IdentityCenter.Region, region),
	}}
	if settings.Namespace != "" {
		config["Namespace"] = settings.Namespace
	}
	if len(settings.VPCEndpoints) > 0 {
		config["NetworkAccess"] = ir.Map{"VpceIds": strs(slices.Sorted(slices.Values(settings.VPCEndpoints)))}
	}
	var mappings ir.List
	for _, role := range settings.Roles.All() {
		if identities := identities(role.ArgoCDIdentities); identities != nil {
			mappings = append(mappings, ir.Map{"Identities": identities, "Role": role.Name})
		}
	}
	if mappings != nil {
		config["RbacRoleMappings"] = mappings
	}
	return config
}

func identities(of spec.ArgoCDIdentities) ir.List {
	var list ir.List
	for _, id := range slices.Sorted(slices.Values(of.Groups)) {
		list = append(list, ir.Map{"Id": id, "Type": "SSO_GROUP"})
	}
	for _, id := range slices.Sorted(slices.Values(of.Users)) {
		list = append(list, ir.Map{"Id": id, "Type": "SSO_USER"})
	}
	return list
}

func ack(settings spec.ACKCapability) ir.Map {
	config := ir.Map{}
	set(config, "EnableCrossNamespace", settings.EnableCrossNamespace)
	if len(settings.DisabledServices) > 0 {
		config["DisabledServices"] = strs(slices.Sorted(slices.Values(settings.DisabledServices)))
	}
	return config
}
