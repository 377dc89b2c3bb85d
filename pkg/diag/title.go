package diag

import (
	"slices"
	"strings"
)

// home is where the project lives.
const home = "https://github.com/ekscc/ekscc"

// Codes lists all codes in the order of docs/rules.md.
func Codes() []Code {
	codes := make([]Code, len(titles))
	for i, t := range titles {
		codes[i] = t.code
	}
	return codes
}

// Title says in a few words what is wrong, or nothing if there is no such
// code.
func (c Code) Title() string {
	i := slices.IndexFunc(titles, func(t title) bool { return t.code == c })
	if i < 0 {
		return ""
	}
	return titles[i].text
}

// HelpURI is the address of the paragraph on c in docs/rules.md.
func (c Code) HelpURI() string {
	return home + "/blob/main/docs/rules.md#" + strings.ToLower(string(c))
}

type title struct {
	code Code
	text string
}

// titles repeats the constants of code.go in their order, each with its
// comment. A test compares the two.
var titles = []title{
	{Syntax, "the file is not CUE, YAML or JSON"},
	{UnknownField, "the schema has no such field"},
	{MissingField, "a required field is missing"},
	{InvalidValue, "a value of the wrong type, or not one of those allowed"},
	{Conflict, "two values for one field, such as base and environment"},
	{Incomplete, "a value that is not known, such as a bare string"},
	{Import, "an import that ekscc does not resolve"},
	{Load, "the spec cannot be found or read as one package"},
	{Evaluation, "CUE cannot evaluate the spec: a cycle, a failed reference"},
	{UnknownTag, "-t names a tag that the spec does not have"},
	{StaleSuppression, "a suppression that suppresses nothing"},
	{InvalidEnvironment, "an environment's name is no file name"},
	{ClusterName, "the cluster's name is not allowed"},
	{UnknownRegion, "no such region"},
	{UnknownVersion, "EKS has no such Kubernetes version"},
	{ExtendedSupport, "the Kubernetes version is in extended support"},
	{ServiceCIDR, "the service CIDR is malformed or overlaps the VPC"},
	{EndpointClosed, "neither public nor private endpoint"},
	{EndpointNodes, "the nodes cannot reach the endpoint"},
	{InvalidARN, "not an ARN, or one of the wrong service, region or account"},
	{InvalidTag, "a tag that AWS refuses"},
	{RoleConflict, "settings of a created role beside the ARN of an existing one"},
	{UnknownPolicy, "AWS has no such managed policy"},
	{InvalidName, "a name that its service refuses"},
	{OpenEndpoint, "the public endpoint is limited to nothing although CIDRs are stated"},
	{PublicAccessCIDRs, "publicAccessCIDRs that EKS refuses, or that limit nothing because public is off"},
	{RoleTaken, "two roles of one cluster with the same name"},
	{NameClash, "a name of your choice that makes no logical id or file name, or the same one as another"},
	{IPFamily, "an IPv6 cluster with what only an IPv4 one can have"},
	{SupportType, "a version in extended support that the cluster excludes"},
	{ControlPlaneRange, "a control-plane setting out of the range that EKS allows"},
	{ProvisionedTier, "a setting that only a provisioned control plane takes"},
	{CertificateAuthorities, "more certificate authorities than a cluster can have"},
	{NoNetworkAddon, "nothing installs a networking add-on"},
	{KeyChoice, "an encryption with neither or both of keyARN and key"},
	{KeySetting, "a setting of a new key that KMS refuses"},
	{LogGroup, "logs that CloudWatch Logs does not keep so"},
	{AutoMode, "a setting that Auto Mode excludes"},
	{BuiltInAddon, "an add-on that Auto Mode brings itself"},
	{RemoteNetwork, "a network of hybrid nodes that EKS refuses"},
	{HybridEndpoint, "a private endpoint that hybrid nodes do not use"},
	{Capability, "a capability that EKS refuses"},
	{ArgoCDIdentity, "not an identity that Argo CD can know, or one with two roles"},
	{ArgoCDNobody, "an Argo CD that nobody can sign in to"},
	{IdentityProvider, "an identity provider that EKS refuses, or a second one"},
	{UnknownGroup, "a rule names a security group that the cluster does not have"},
	{EgressEffect, "egress that limits nothing"},
	{NodeTraffic, "security groups that do not allow what EKS needs"},
	{GroupTwice, "a security group listed twice"},
	{ControlPlaneGroups, "more security groups than EKS takes for the control plane"},
	{GroupQuota, "more security groups or rules than EC2's usual quota"},
	{EndpointIngress, "ingress to a private endpoint that is off"},
	{ClosedEndpoint, "a private endpoint that only nodes may reach"},
	{BastionEndpoint, "a bastion where the private endpoint is off"},
	{BastionWayOut, "a bastion that cannot reach what it needs"},
	{PodSecurityGroups, "security groups for pods that EKS refuses, or for no pods"},
	{TrunkInstances, "no node that pods with security groups of their own can run on"},
	{PodDNS, "pods with security groups of their own that CoreDNS does not let in"},
	{VPCChoice, "vpc has neither id nor cidr, or fields of the other kind beside it"},
	{InvalidCIDR, "not an IPv4 CIDR block, or one with host bits set"},
	{VPCSize, "a CIDR block of a size that AWS refuses"},
	{TooFewZones, "fewer than two Availability Zones"},
	{UnknownZone, "a zone of another region, or one that repeats"},
	{SubnetOverlap, "two subnets overlap"},
	{SubnetOutside, "a subnet outside the VPC"},
	{SubnetFields, "a subnet lacks or has an id or CIDR block that its VPC calls for"},
	{EmptyTier, "a tier without subnets is used"},
	{NoRouteOut, "nodes in private subnets without a way out"},
	{InvalidPort, "a port or port range that does not exist"},
	{RulePeer, "a rule of a security group without another side, or with more than one"},
	{InvalidID, "not an id of this kind of AWS resource"},
	{ACLRule, "a network ACL rule with a number that is out of range or taken"},
	{ACLTier, "two network ACLs for one tier, or none of its subnets"},
	{OpenSSH, "SSH or RDP open to the internet"},
	{SecurityGroupConflict, "settings of a created security group beside the id of an existing one"},
	{SecondaryCIDR, "a secondary CIDR block that EC2 refuses beside the VPC's others"},
	{TierBlock, "a tier of subnets for which a block has no room"},
	{MissingEndpoint, "nodes without a way to the internet lack a VPC endpoint that they need"},
	{VPCEndpoint, "a VPC endpoint that cannot be made, or is said twice"},
	{UnreachableImage, "an image on the internet for nodes that do not reach it"},
	{IPv6Block, "an IPv6 block that a subnet or VPC cannot have"},
	{FlowLogs, "flow logs that EC2 refuses, or that go nowhere"},
	{DHCPOptions, "DHCP options that EC2 refuses"},
	{NameServers, "name servers that may not know the VPC"},
	{ACLTraffic, "a network ACL that denies what the cluster needs"},
	{ACLInternet, "a network ACL that denies the way to the internet"},
	{RemoteGateway, "a gateway to remote networks that leads nowhere, or two of them"},
	{NoRemoteGateway, "remote networks to which no route of the new VPC leads"},
	{ScalingBounds, "min, desired and max are out of order or range"},
	{VersionSkew, "nodes ahead of the control plane or too far behind"},
	{MixedArchitectures, "instance types of two architectures in one group"},
	{UnknownInstance, "an instance type that ekscc does not know"},
	{NodeGroupName, "a group's name is not allowed or taken by the other kind"},
	{VolumeSize, "a volume of a size that EBS refuses, or too small for the image"},
	{InvalidLabel, "a label or taint that Kubernetes refuses"},
	{InstanceTypes, "no instance types, the same one twice, or one of an impossible form"},
	{ImageChoice, "an image with neither or both of id and release"},
	{MaxUnavailable, "maxUnavailable out of range"},
	{NoNodes, "workloads or add-ons without any node group"},
	{InvalidRelease, "not a release of the EKS optimized image, or one for another Kubernetes version"},
	{AccessPrincipal, "not exactly one of role, user and arn, or one principal twice"},
	{AccessNothing, "an access that allows nothing"},
	{AccessConfigMap, "an access that aws-auth cannot express in mode CONFIG_MAP"},
	{AccessNamespaces, "namespaces without a policy"},
	{AccessGroup, "a group or user name that EKS reserves"},
	{NoAdministrator, "a CONFIG_MAP cluster whose creator is not its administrator"},
	{UnknownAddon, "an add-on that ekscc does not know"},
	{AddonVersion, "an add-on version of the wrong form"},
	{SNATSubnets, "external SNAT with nodes in public subnets"},
	{CNIEnv, "the environment variable of a typed field, said twice"},
	{AddonConfig, "an add-on setting that another field makes"},
	{AddonIdentity, "a role or service account that nothing gives to an add-on's pods"},
	{AddonRole, "an add-on's role without a service account or namespace"},
	{AddonWithoutRole, "an add-on that calls AWS without a role of its own"},
	{AddonKey, "a key that an add-on's configuration does not have"},
	{AddonSetting, "a setting of an add-on that it refuses, or that has no effect"},
	{AddonNeeds, "an add-on without another one that it needs"},
	{AddonConflict, "an add-on that may not replace what EKS installed"},
	{KubernetesName, "a name that Kubernetes refuses"},
	{UnknownNamespace, "a namespace that nobody declares"},
	{ServicePorts, "a service without ports, or a port that the workload lacks"},
	{LoadBalancerType, "loadBalancer on a service of another type"},
	{InvalidQuantity, "not a Kubernetes quantity, or a request above its limit"},
	{SecretData, "a Secret with data in the spec"},
	{DuplicateObject, "one object declared twice"},
	{InvalidReplicas, "fewer than zero replicas"},
	{UnpinnedImage, "an image without tag or digest, or with the tag latest"},
	{InvalidImage, "not the name of a container image"},
	{DuplicatePort, "one port number twice in a workload or service"},
	{InvalidManifest, "a manifest with a field that its kind does not have, or a value of the wrong type"},
	{InvalidText, "a text with a character that does not come through kustomize"},
	{SharedCluster, "two environments that make one cluster in two ways"},
	{SharedName, "two clusters of one spec with the same role, security group or key alias"},
	{SubnetTwice, "two environments that put one subnet into two VPCs"},
	{UnknownStack, "a stack that ekscc does not make and that no description makes"},
	{StackName, "a stack's name that is no file name, or is taken"},
	{InvalidLogicalID, "a logical id that CloudFormation refuses, or that is taken"},
	{UncheckedType, "a resource of a type that ekscc does not know"},
	{ResourceType, "not the name of a resource type"},
	{ResourceProperty, "a property that a resource type does not have, lacks or refuses"},
	{PropertyValue, "a value that AWS is not known to take"},
	{IntrinsicFunction, "a malformed or unknown intrinsic function, or one in the wrong place"},
	{UnknownReference, "a reference to what a template does not have"},
	{ReferenceCycle, "resources or stacks that wait for one another"},
	{InvalidParameter, "a parameter without a value, or one that it does not take"},
	{SecretParameter, "a secret parameter with its value in the spec"},
	{UnusedDeclaration, "a parameter, mapping or condition that nothing uses"},
	{InvalidOverride, "an override of something that is not there"},
	{UnknownExport, "an import of what no stack of the spec exports"},
	{ForeignExport, "an import that looks like one of the spec, and is not"},
	{ExportName, "an export name that CloudFormation refuses, or that is taken"},
	{StackLimit, "a stack that is larger than CloudFormation allows"},
	{TemplateSize, "a template that has to be in S3"},
	{StackPolicy, "a malformed stack policy"},
	{SingleLayout, "a stack beside the one of the layout \"single\""},
	{RepositoryPath, "not a path in a repository"},
	{EmptyStack, "a stack of yours without resources"},
	{TemplateValue, "a value that a template cannot hold"},
	{IAMPath, "an IAM path of the wrong form"},
	{RoleNothing, "a role of a service account that allows nothing"},
	{ServiceAccountTaken, "two roles for one service account"},
	{PodIdentityAgent, "Pod Identity without its agent"},
	{NoOIDCProvider, "IRSA without the OIDC provider"},
	{PodIdentityOnly, "a setting of Pod Identity on a service account that uses IRSA"},
	{SessionTags, "a session policy together with session tags"},
	{InvalidStatement, "a policy statement that IAM refuses"},
	{BroadStatement, "a policy statement that allows changes to everything"},
	{PolicySize, "a policy with more characters than IAM allows"},
	{ManyPolicies, "a role with more managed policies than IAM attaches by default"},
	{UnknownServiceAccount, "a service account that nobody declares"},
	{NotClusterConfig, "not a file that eksctl would take"},
	{NotImported, "a field that the spec does not say"},
	{ChosenForYou, "what the file leaves open and the spec has to say"},
}
