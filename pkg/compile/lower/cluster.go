package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const clusterFile = "cluster"

// clusterStack is the control plane with its role and security group, and the
// add-ons that nodes need before they can join.
func (c cluster) clusterStack() ir.Stack {
	s := c.stack(clusterFile, "EKS cluster "+c.Name)
	c.addClusterRole(&s)
	c.addClusterSecurityGroup(&s)
	add(&s, "cluster", ir.Resource{ID: "Cluster", Type: "AWS::EKS::Cluster", Properties: c.clusterProperties()})
	c.addAddons(&s, true, ir.Ref("Cluster"))
	export(&s, "ClusterName", "Name of the cluster", ir.Ref("Cluster"))
	export(&s, "Endpoint", "URL of the Kubernetes API server", ir.GetAtt{ID: "Cluster", Attribute: "Endpoint"})
	export(&s, "CertificateAuthorityData", "Base64 of the API server's CA certificate", ir.GetAtt{ID: "Cluster", Attribute: "CertificateAuthorityData"})
	export(&s, "ClusterSecurityGroupId", "Id of the security group that EKS made for the cluster", ir.GetAtt{ID: "Cluster", Attribute: "ClusterSecurityGroupId"})
	if c.IPFamily == spec.IPv6 {
		export(&s, "ServiceIpv6Cidr", "IPv6 block that EKS chose for Kubernetes services", ir.GetAtt{ID: "Cluster", Attribute: "KubernetesNetworkConfig.ServiceIpv6Cidr"})
	}
	c.addCertificateAuthorities(&s)
	c.addOIDCProvider(&s)
	return s
}

func (c cluster) clusterProperties() ir.Map {
	properties := ir.Map{
		"AccessConfig": ir.Map{
			"AuthenticationMode":                      string(c.AuthenticationMode),
			"BootstrapClusterCreatorAdminPermissions": c.BootstrapClusterCreatorAdminPermissions,
		},
		"KubernetesNetworkConfig": c.kubernetesNetwork(),
		"Name":                    c.Name,
		"ResourcesVpcConfig":      c.vpcConfig(),
		"RoleArn":                 c.roleARN(),
		"Version":                 c.Version,
	}
	c.addControlPlane(properties)
	setTags(properties, c.tags("", nil))
	if c.Logging != nil {
		properties["Logging"] = loggingProperties(c.Logging.Types)
	}
	if c.SecretsEncryption != nil {
		properties["EncryptionConfig"] = ir.List{ir.Map{
			"Provider":  ir.Map{"KeyArn": c.SecretsEncryption.KeyARN},
			"Resources": ir.List{"secrets"},
		}}
	}
	return properties
}

// kubernetesNetwork states the block of an IPv4 cluster's services, which user
// data has to repeat. Of an IPv6 cluster EKS chooses the block.
func (c cluster) kubernetesNetwork() ir.Map {
	if c.IPFamily == spec.IPv6 {
		return ir.Map{"IpFamily": string(spec.IPv6)}
	}
	return ir.Map{"ServiceIpv4Cidr": c.ServiceCIDR}
}

func (c cluster) vpcConfig() ir.Map {
	config := ir.Map{
		"EndpointPrivateAccess": c.Cluster.Endpoint.Private,
		"EndpointPublicAccess":  c.Cluster.Endpoint.Public,
		"SubnetIds":             c.subnetIDs(c.Network.ControlPlaneTier()),
	}
	if mode := c.ControlPlaneEgressMode; mode != "" {
		config["ControlPlaneEgressMode"] = mode
	}
	if cidrs := c.Cluster.Endpoint.PublicAccessCIDRs; len(cidrs) > 0 {
		config["PublicAccessCidrs"] = strs(slices.Compact(slices.Sorted(slices.Values(cidrs))))
	}
	if group := c.Cluster.SecurityGroup; group != nil {
		config["SecurityGroupIds"] = ir.List{cmp.Or[ir.Value](nonEmpty(group.ID), ir.GetAtt{ID: "ControlPlaneSecurityGroup", Attribute: "GroupId"})}
	}
	return config
}

func loggingProperties(types []string) ir.Map {
	var enabled ir.List
	for _, kind := range slices.Compact(slices.Sorted(slices.Values(types))) {
		enabled = append(enabled, ir.Map{"Type": kind})
	}
	return ir.Map{"ClusterLogging": ir.Map{"EnabledTypes": enabled}}
}

func (c cluster) addClusterRole(s *ir.Stack) {
	role := c.clusterRole()
	if role.ARN != "" {
		return
	}
	c.addRole(s, roleResource{
		id:                  "ClusterRole",
		origin:              "cluster.role",
		name:                role.Name,
		trust:               serviceTrust("eks.amazonaws.com"),
		managedPolicies:     append([]string{"AmazonEKSClusterPolicy"}, role.ManagedPolicies...),
		permissionsBoundary: role.PermissionsBoundary,
		tags:                c.tags("", nil),
	})
}

func (c cluster) clusterRole() spec.ClusterRole {
	if c.Cluster.Role == nil {
		return spec.ClusterRole{}
	}
	return *c.Cluster.Role
}

func (c cluster) roleARN() ir.Value {
	return cmp.Or[ir.Value](nonEmpty(c.clusterRole().ARN), ir.GetAtt{ID: "ClusterRole", Attribute: "Arn"})
}

// addClusterSecurityGroup adds the additional security group of the control
// plane. What nodes and control plane need of each other, the cluster
// security group allows that EKS makes.
func (c cluster) addClusterSecurityGroup(s *ir.Stack) {
	group := c.Cluster.SecurityGroup
	if group == nil || group.ID != "" {
		return
	}
	properties := ir.Map{
		"GroupDescription": "Control plane of the EKS cluster " + c.Name,
		"Tags":             c.tags(cmp.Or(group.Name, c.Name+"-control-plane"), nil),
		"VpcId":            c.vpcID(),
	}
	if group.Name != "" {
		properties["GroupName"] = group.Name
	}
	addIngress(properties, group.Ingress)
	add(s, "cluster.securityGroup", ir.Resource{ID: "ControlPlaneSecurityGroup", Type: "AWS::EC2::SecurityGroup", Properties: properties})
}

// addIngress adds the declared ingress to a security group's properties.
func addIngress(properties ir.Map, rules map[string]spec.Ingress) {
	var list ir.List
	for _, rule := range sorted(rules) {
		ingress := ir.Map{
			"Description": cmp.Or(rule.value.Description, rule.name),
			"FromPort":    rule.value.Port,
			"IpProtocol":  rule.value.Protocol,
			"ToPort":      *cmp.Or(rule.value.ToPort, &rule.value.Port),
		}
		if rule.value.CIDR != "" {
			ingress["CidrIp"] = rule.value.CIDR
		} else {
			ingress["SourceSecurityGroupId"] = rule.value.SecurityGroup
		}
		list = append(list, ingress)
	}
	if list != nil {
		properties["SecurityGroupIngress"] = list
	}
}

// nonEmpty is nil for the empty string, so that cmp.Or passes over it.
func nonEmpty(s string) ir.Value {
	if s == "" {
		return nil
	}
	return s
}

// clusterName is the cluster's name as other stacks see it: importing it keeps
// the cluster's stack from being deleted before theirs.
func (c cluster) clusterName() ir.Value { return c.imported(clusterFile, "ClusterName") }

// clusterSecurityGroup is the group that EKS makes, as other stacks see it.
func (c cluster) clusterSecurityGroup() ir.Value {
	return c.imported(clusterFile, "ClusterSecurityGroupId")
}

// addAddons adds the EKS add-ons that are wanted before there are nodes, or
// those that run on nodes.
func (c cluster) addAddons(s *ir.Stack, beforeNodes bool, clusterName ir.Value) {
	for _, addon := range sorted(c.Addons) {
		if beforeNodes != isBeforeNodes(addon.name) {
			continue
		}
		properties := ir.Map{
			"AddonName":        addon.name,
			"ClusterName":      clusterName,
			"ResolveConflicts": addon.value.ResolveConflicts,
		}
		setTags(properties, c.tags("", nil))
		if addon.value.Version != "" {
			properties["AddonVersion"] = addon.value.Version
		}
		if configuration := c.addonConfiguration(addon.name, addon.value); configuration != "" {
			properties["ConfigurationValues"] = configuration
		}
		add(s, "cluster.addons."+addon.name, ir.Resource{ID: naming.LogicalID("Addon", addon.name), Type: "AWS::EKS::Addon", Properties: properties})
	}
}
