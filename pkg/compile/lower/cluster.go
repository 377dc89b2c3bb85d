package lower

import (
	"cmp"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const clusterFile = "cluster"

// clusterStack is the control plane with its role and security group, and the
// add-ons that nodes need before they can join.
func (c cluster) clusterStack() ir.Stack {
	s := c.stack(clusterFile, "EKS cluster "+c.Name)
	c.addClusterRole(&s)
	c.addClusterSecurityGroups(&s)
	c.addSecretsKey(&s)
	c.addLogGroup(&s)
	c.addFargateLogGroup(&s)
	c.addAutoModeNodeRole(&s)
	c.addCluster(&s)
	c.addAutoModeAccess(&s)
	c.addRules(&s)
	c.addRemoteIngress(&s)
	c.addAddons(&s, addonPlace{beforeNodes: true, clusterName: ir.Ref("Cluster"), provider: ownOIDCProvider()})
	export(&s, "ClusterName", "Name of the cluster", ir.Ref("Cluster"))
	export(&s, "Endpoint", "URL of the Kubernetes API server", ir.GetAtt{ID: "Cluster", Attribute: "Endpoint"})
	export(&s, "CertificateAuthorityData", "Base64 of the API server's CA certificate", ir.GetAtt{ID: "Cluster", Attribute: "CertificateAuthorityData"})
	export(&s, "ClusterSecurityGroupId", "Id of the security group that EKS made for the cluster", ir.GetAtt{ID: "Cluster", Attribute: "ClusterSecurityGroupId"})
	c.exportGroup(&s, spec.ControlPlaneGroup, "Id of the additional security group of the control plane")
	c.exportGroup(&s, spec.NodesGroup, "Id of the security group that all node groups share")
	if c.IPFamily == spec.IPv6 {
		export(&s, "ServiceIpv6Cidr", "IPv6 block that EKS chose for Kubernetes services", ir.GetAtt{ID: "Cluster", Attribute: "KubernetesNetworkConfig.ServiceIpv6Cidr"})
	}
	c.addCertificateAuthorities(&s)
	c.addOIDCProvider(&s)
	return s
}

func (c cluster) addCluster(s *ir.Stack) {
	r := ir.Resource{ID: "Cluster", Type: "AWS::EKS::Cluster", Properties: c.clusterProperties()}
	if c.Logging != nil && c.Logging.OwnsGroup() {
		r.DependsOn = []string{logGroupID} // EKS would make it first
	}
	add(s, "cluster", r)
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
	c.addAutoMode(properties)
	c.setRemoteNetworks(properties)
	setTags(properties, c.tags("", nil))
	if c.Logging != nil {
		properties["Logging"] = loggingProperties(c.Logging.Types)
	}
	if c.SecretsEncryption != nil {
		properties["EncryptionConfig"] = c.encryptionConfig()
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
	if groups := c.controlPlaneGroups(); groups != nil {
		config["SecurityGroupIds"] = groups
	}
	return config
}

// controlPlaneGroups are the security groups of the control plane besides the
// one that EKS makes.
func (c cluster) controlPlaneGroups() ir.List {
	var groups ir.List
	if c.CreatesControlPlaneGroup() {
		groups = append(groups, c.groupID(spec.ControlPlaneGroup, clusterFile))
	}
	if group := c.Cluster.SecurityGroup; group != nil && group.ID != "" {
		groups = append(groups, group.ID)
	}
	return append(groups, strs(slices.Sorted(slices.Values(c.AdditionalSecurityGroups)))...)
}

func loggingProperties(types []string) ir.Map {
	enabled := ir.List{}
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
	trust, policies := serviceTrust("eks.amazonaws.com"), []string{"AmazonEKSClusterPolicy"}
	if c.AutoMode != nil {
		trust = serviceTrust("eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession")
		policies = append(policies, autoModeClusterPolicies...)
	}
	if len(c.PodSecurityGroups) > 0 || c.HasWindows() {
		policies = append(policies, podENIPolicy)
	}
	c.addRole(s, roleResource{
		id:                  "ClusterRole",
		origin:              "cluster.role",
		name:                role.Name,
		trust:               trust,
		managedPolicies:     append(policies, role.ManagedPolicies...),
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
