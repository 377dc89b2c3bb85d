package diag

import "strings"

// Code names a kind of problem for good: E and four digits for an error, W
// and four digits for a warning. docs/rules.md explains each.
type Code string

// Severity is what the code's letter says.
func (c Code) Severity() Severity {
	if strings.HasPrefix(string(c), "W") {
		return Warning
	}
	return Error
}

// Codes of problems with the spec as a CUE value: reading it, its shape, its
// values.
const (
	Syntax             Code = "E0001" // the file is not CUE, YAML or JSON
	UnknownField       Code = "E0002" // the schema has no such field
	MissingField       Code = "E0003" // a required field is missing
	InvalidValue       Code = "E0004" // a value of the wrong type, or not one of those allowed
	Conflict           Code = "E0005" // two values for one field, such as base and environment
	Incomplete         Code = "E0006" // a value that is not known, such as a bare string
	Import             Code = "E0007" // an import that ekscc does not resolve
	Load               Code = "E0008" // the spec cannot be found or read as one package
	Evaluation         Code = "E0009" // CUE cannot evaluate the spec: a cycle, a failed reference
	UnknownTag         Code = "E0010" // -t names a tag that the spec does not have
	StaleSuppression   Code = "W0011" // a suppression that suppresses nothing
	InvalidEnvironment Code = "E0012" // an environment's name is no file name
)

// Codes of rules about the cluster itself.
const (
	ClusterName       Code = "E0101" // the cluster's name is not allowed
	UnknownRegion     Code = "E0102" // no such region
	UnknownVersion    Code = "E0103" // EKS has no such Kubernetes version
	ExtendedSupport   Code = "W0104" // the Kubernetes version is in extended support
	ServiceCIDR       Code = "E0105" // the service CIDR is malformed or overlaps the VPC
	EndpointClosed    Code = "E0106" // neither public nor private endpoint
	EndpointNodes     Code = "E0107" // the nodes cannot reach the endpoint
	InvalidARN        Code = "E0108" // not an ARN, or one of the wrong service, region or account
	InvalidTag        Code = "E0109" // a tag that AWS refuses
	RoleConflict      Code = "E0110" // settings of a created role beside the ARN of an existing one
	UnknownPolicy     Code = "E0111" // AWS has no such managed policy
	InvalidName       Code = "E0112" // a name that its service refuses
	OpenEndpoint      Code = "W0113" // the public endpoint is limited to nothing although CIDRs are stated
	PublicAccessCIDRs Code = "E0114" // publicAccessCIDRs that EKS refuses, or that limit nothing because public is off
	RoleTaken         Code = "E0115" // two roles of one cluster with the same name
	NameClash         Code = "E0116" // a name of your choice that makes no logical id or file name, or the same one as another
	IPFamily          Code = "E0117" // an IPv6 cluster with what only an IPv4 one can have
)

// Codes of rules about the control plane.
const (
	SupportType            Code = "E0118" // a version in extended support that the cluster excludes
	ControlPlaneRange      Code = "E0119" // a control-plane setting out of the range that EKS allows
	ProvisionedTier        Code = "E0120" // a setting that only a provisioned control plane takes
	CertificateAuthorities Code = "E0121" // more certificate authorities than a cluster can have
	NoNetworkAddon         Code = "W0122" // nothing installs a networking add-on
	KeyChoice              Code = "E0123" // an encryption with neither or both of keyARN and key
	KeySetting             Code = "E0124" // a setting of a new key that KMS refuses
	LogGroup               Code = "E0125" // logs that CloudWatch Logs does not keep so
	AutoMode               Code = "E0126" // a setting that Auto Mode excludes
	BuiltInAddon           Code = "E0127" // an add-on that Auto Mode brings itself
	RemoteNetwork          Code = "E0128" // a network of hybrid nodes that EKS refuses
	HybridEndpoint         Code = "W0129" // a private endpoint that hybrid nodes do not use
	Capability             Code = "E0130" // a capability that EKS refuses
	ArgoCDIdentity         Code = "E0131" // not an identity that Argo CD can know, or one with two roles
	ArgoCDNobody           Code = "W0132" // an Argo CD that nobody can sign in to
	IdentityProvider       Code = "E0133" // an identity provider that EKS refuses, or a second one
	HybridCredentials      Code = "E0134" // hybrid nodes without one way to their credentials, or without networks
	TrustAnchor            Code = "E0135" // not a certificate authority that IAM Roles Anywhere can trust
	HybridSetting          Code = "E0136" // a setting of hybrid nodes that AWS refuses
	HybridNobody           Code = "W0137" // networks of hybrid nodes from which no role may join
)

// Codes of rules about security groups.
const (
	UnknownGroup       Code = "E0150" // a rule names a security group that the cluster does not have
	EgressEffect       Code = "E0151" // egress that limits nothing
	NodeTraffic        Code = "E0152" // security groups that do not allow what EKS needs
	GroupTwice         Code = "E0153" // a security group listed twice
	ControlPlaneGroups Code = "E0154" // more security groups than EKS takes for the control plane
	GroupQuota         Code = "W0155" // more security groups or rules than EC2's usual quota
	EndpointIngress    Code = "E0156" // ingress to a private endpoint that is off
	ClosedEndpoint     Code = "W0157" // a private endpoint that only nodes may reach
	BastionEndpoint    Code = "E0158" // a bastion where the private endpoint is off
	BastionWayOut      Code = "E0159" // a bastion that cannot reach what it needs
	PodSecurityGroups  Code = "E0160" // security groups for pods that EKS refuses, or for no pods
	TrunkInstances     Code = "W0161" // no node that pods with security groups of their own can run on
	PodDNS             Code = "W0162" // pods with security groups of their own that CoreDNS does not let in
)

// Codes of rules about the network.
const (
	VPCChoice             Code = "E0201" // vpc has neither id nor cidr, or fields of the other kind beside it
	InvalidCIDR           Code = "E0202" // not an IPv4 CIDR block, or one with host bits set
	VPCSize               Code = "E0203" // a CIDR block of a size that AWS refuses
	TooFewZones           Code = "E0204" // fewer than two Availability Zones
	UnknownZone           Code = "E0205" // a zone of another region, or one that repeats
	SubnetOverlap         Code = "E0206" // two subnets overlap
	SubnetOutside         Code = "E0207" // a subnet outside the VPC
	SubnetFields          Code = "E0208" // a subnet lacks or has an id or CIDR block that its VPC calls for
	EmptyTier             Code = "E0209" // a tier without subnets is used
	NoRouteOut            Code = "E0210" // nodes in private subnets without a way out
	InvalidPort           Code = "E0211" // a port or port range that does not exist
	RulePeer              Code = "E0212" // a rule of a security group without another side, or with more than one
	InvalidID             Code = "E0213" // not an id of this kind of AWS resource
	ACLRule               Code = "E0214" // a network ACL rule with a number that is out of range or taken, or one rule too many
	ACLTier               Code = "E0215" // two network ACLs for one tier, or none of its subnets
	OpenSSH               Code = "W0216" // SSH or RDP open to the internet
	SecurityGroupConflict Code = "E0217" // settings of a created security group beside the id of an existing one
	SecondaryCIDR         Code = "E0218" // a secondary CIDR block that EC2 refuses beside the VPC's others
	TierBlock             Code = "E0219" // a tier of subnets for which a block has no room
	MissingEndpoint       Code = "E0220" // nodes without a way to the internet lack a VPC endpoint that they need
	VPCEndpoint           Code = "E0221" // a VPC endpoint that cannot be made, or is said twice
	UnreachableImage      Code = "W0222" // an image on the internet for nodes that do not reach it
	IPv6Block             Code = "E0223" // an IPv6 block that a subnet or VPC cannot have
	FlowLogs              Code = "E0224" // flow logs that EC2 refuses, or that go nowhere
	DHCPOptions           Code = "E0225" // DHCP options that EC2 refuses
	NameServers           Code = "W0226" // name servers that may not know the VPC
	ACLTraffic            Code = "E0227" // a network ACL that denies what the cluster needs
	ACLInternet           Code = "W0228" // a network ACL that denies the way to the internet
	RemoteGateway         Code = "E0229" // a gateway to remote networks that leads nowhere, or two of them
	NoRemoteGateway       Code = "W0230" // remote networks to which no route of the new VPC leads
)

// Codes of rules about node groups.
const (
	ScalingBounds      Code = "E0301" // min, desired and max are out of order or range
	VersionSkew        Code = "E0302" // nodes ahead of the control plane or too far behind
	MixedArchitectures Code = "E0303" // instance types of two architectures in one group
	UnknownInstance    Code = "W0304" // an instance type that ekscc does not know
	NodeGroupName      Code = "E0305" // a group's name is not allowed or taken by the other kind
	VolumeSize         Code = "E0306" // a volume of a size that EBS refuses, or too small for the image
	InvalidLabel       Code = "E0307" // a label or taint that Kubernetes refuses
	InstanceTypes      Code = "E0308" // no instance types, the same one twice, or one of an impossible form
	ImageChoice        Code = "E0309" // an image by id with what only a published one has
	MaxUnavailable     Code = "E0310" // a limit of unavailable nodes that is out of range, or two of them
	NoNodes            Code = "W0311" // workloads or add-ons without any node group
	InvalidRelease     Code = "E0312" // not a release of the image's family, or one for another Kubernetes version
)

// Codes of rules about what EKS does for managed node groups.
const (
	NodeRepair      Code = "E0313" // a setting of node repair that is out of range, or said twice
	WarmPool        Code = "E0314" // a warm pool that the group cannot have
	UnseenCondition Code = "W0315" // node repair for a condition that no node has
	GivenTemplate   Code = "E0316" // an existing launch template of a wrong form, or a setting that it decides
	NodeQuota       Code = "W0317" // more nodes than EKS allows in a group by default
)

// Codes of rules about the instances of node groups.
const (
	UnknownEFA          Code = "W0318" // an instance type of which ekscc does not know how many adapters it takes
	GroupZones          Code = "E0319" // an Availability Zone in which a group has no subnet
	EFA                 Code = "E0320" // Elastic Fabric Adapters that a group cannot have
	VolumeSpeed         Code = "E0321" // I/O operations or a throughput that EBS refuses
	VolumeKey           Code = "E0322" // a key for a volume that is not encrypted
	VolumeDevice        Code = "E0323" // a device name that a further volume cannot have
	InstancePlacement   Code = "E0324" // a placement that EC2 refuses
	CapacityReservation Code = "E0325" // a capacity reservation or Capacity Block that a group cannot use
	InstanceFeature     Code = "E0326" // a setting that the instance type does not have
	InstanceMetadata    Code = "E0327" // a hop limit that EC2 refuses
	MetadataV1          Code = "W0328" // instance metadata without a session token
	PublicAddress       Code = "E0329" // public addresses where nobody reaches them
)

// Codes of rules about Auto Scaling groups.
const (
	MixedInstances    Code = "E0330" // a mix of instances that EC2 Auto Scaling does not make, or that says nothing
	GroupUpdate       Code = "E0331" // an update that cannot replace nodes
	GroupSetting      Code = "E0332" // a setting of an Auto Scaling group that EC2 refuses
	LoadBalancing     Code = "E0333" // a load balancer or health check that an Auto Scaling group cannot have
	LifecycleHook     Code = "E0334" // a lifecycle hook or notification that EC2 Auto Scaling refuses
	ScheduledAction   Code = "E0335" // a scheduled action that EC2 Auto Scaling refuses
	ScalingWarmPool   Code = "E0336" // a warm pool that EC2 Auto Scaling refuses
	ClusterAutoscaler Code = "E0337" // a Cluster Autoscaler that cannot work, or a setting of it that says nothing
	AutoscalerRival   Code = "W0338" // what works against the Cluster Autoscaler
	AutoscalerVersion Code = "W0339" // a Cluster Autoscaler for another version of Kubernetes
)

// Codes of rules about the images of nodes, and what nodes are told.
const (
	ImageVariant     Code = "E0345" // a variant or an architecture that the image's family does not have
	ImageAccelerator Code = "E0346" // an image without the driver for its instance types, or with one for nothing
	ImageVersion     Code = "E0347" // an image that there is not for the group's version of Kubernetes
	ImageDriver      Code = "W0348" // accelerators whose driver the image does not bring
	ImageSupport     Code = "W0349" // an image that its publisher no longer updates
	KubeletSetting   Code = "E0350" // a setting of the kubelet that it refuses, or that nodes of the image cannot be told
	UserData         Code = "E0351" // user data that the image does not take, or more of it than EC2 takes
	NodeSetting      Code = "E0352" // a setting of nodeadm or Bottlerocket that it refuses, or for nodes without it
	WindowsNodes     Code = "E0353" // Windows nodes in a cluster without what they need
	WindowsTaint     Code = "W0354" // Windows nodes that pods for Linux may be given to
)

// Codes of rules about Fargate.
const (
	FargateSelector Code = "E0355" // a selector of a Fargate profile that EKS refuses, or none
	FargateOverlap  Code = "W0356" // a selector that fits only pods which another one fits too
	FargateQuota    Code = "W0357" // more Fargate profiles, selectors or labels than EKS takes by default
	FargateProfile  Code = "E0358" // a Fargate profile that EKS refuses
	FargatePod      Code = "E0359" // pods on Fargate that want what Fargate does not have
	FargateLimit    Code = "W0360" // a limit above the request, which pods on Fargate never reach
	FargateCoreDNS  Code = "E0361" // CoreDNS that is kept off the only nodes, or that no profile takes
	FargateAddon    Code = "E0362" // an add-on on Fargate that wants what Fargate does not have
	FargateIdle     Code = "W0363" // what does nothing in a cluster that has only Fargate
)

// Codes of rules about Karpenter, and about node pools and node classes.
const (
	Karpenter        Code = "E0370" // a setting of Karpenter that cannot work
	KarpenterVersion Code = "E0371" // a version of Karpenter that the cluster, or what is asked of it, does not go with
	NodeClass        Code = "E0372" // a node class that Karpenter or Auto Mode refuses, or that has no nodes
	NodePool         Code = "E0373" // a node pool that Karpenter or Auto Mode refuses
	NodeRequirement  Code = "E0374" // a requirement that no node meets
	NodeDisruption   Code = "E0375" // a duration, schedule or disruption budget that Karpenter refuses, or that has no effect
	MovingImage      Code = "W0376" // nodes whose image changes by itself
	UnknownNodeClass Code = "E0377" // a node pool of a node class that nobody declares
	UnusedNodeClass  Code = "W0378" // a node class that no node pool uses
	ImageSelector    Code = "E0379" // images that Karpenter does not find
)

// Codes of rules about how many pods nodes take, and how many addresses subnets
// have.
const (
	MaxPods         Code = "E0380" // a node is to take fewer pods than one, or more than it has addresses for
	EKSMaxPods      Code = "E0381" // maxPods of a group whose nodes EKS tells another number
	PluginTooLate   Code = "W0382" // settings of the CNI plugin after EKS has computed how many pods nodes take
	NodeAddresses   Code = "E0383" // more nodes than the subnets have addresses
	SubnetAddresses Code = "W0384" // a subnet without addresses for what its nodes hold ready
	NoPlace         Code = "E0385" // no node has a place for replicas of a workload
	TooManyPods     Code = "E0386" // the workloads have more pods together than the nodes take
	PodAddresses    Code = "E0387" // more pods of workloads than the subnets have addresses
)

// Codes of rules about access, the CNI plugin and add-ons.
const (
	AccessPrincipal  Code = "E0401" // not exactly one of role, user and arn, or one principal twice
	AccessNothing    Code = "E0402" // an access that allows nothing
	AccessConfigMap  Code = "E0403" // an access that aws-auth cannot express in mode CONFIG_MAP
	AccessNamespaces Code = "E0404" // namespaces without a policy
	AccessGroup      Code = "E0405" // a group or user name that EKS reserves
	NoAdministrator  Code = "E0406" // a CONFIG_MAP cluster whose creator is not its administrator
	AccessType       Code = "E0410" // a setting or principal that access of this type does not have
	AccessPolicy     Code = "E0411" // an access policy that EKS does not have, or not for roles of yours
	LockedOut        Code = "E0412" // a cluster that nobody administers
	SSORole          Code = "E0413" // a role of IAM Identity Center without its path
	UnknownAddon     Code = "W0501" // an add-on that ekscc does not know
	AddonVersion     Code = "E0502" // an add-on version of the wrong form
	SNATSubnets      Code = "E0503" // external SNAT with nodes in public subnets
	CNIEnv           Code = "E0504" // the environment variable of a typed field, said twice
	AddonConfig      Code = "E0505" // an add-on setting that another field makes
	AddonIdentity    Code = "E0506" // a role or service account that nothing gives to an add-on's pods
	AddonRole        Code = "E0507" // an add-on's role without a service account or namespace
	AddonWithoutRole Code = "W0508" // an add-on that calls AWS without a role of its own
	AddonKey         Code = "W0509" // a key that an add-on's configuration does not have
	AddonSetting     Code = "E0510" // a setting of an add-on that it refuses, or that has no effect
	AddonNeeds       Code = "W0511" // an add-on without another one that it needs
	AddonConflict    Code = "W0512" // an add-on that may not replace what EKS installed
	CNISetting       Code = "E0513" // a setting of the VPC CNI plugin that it refuses
	CNINoEffect      Code = "E0514" // a setting of the VPC CNI plugin that has no effect
	NoPrefixes       Code = "E0515" // nodes that are to hold prefixes and cannot
	CustomNetworking Code = "E0516" // pods without a subnet or security group of their own
	NoCNI            Code = "E0517" // settings of the VPC CNI plugin, which nothing installs
	NoWarmAddresses  Code = "W0518" // nodes that keep no free addresses
	PodTraffic       Code = "W0519" // pods of custom networking that nobody lets in
	PodProxyMode     Code = "E0520" // security groups for pods in a mode that kube-proxy's does not go with
)

// Codes of rules about workloads and Kubernetes objects.
const (
	KubernetesName    Code = "E0601" // a name that Kubernetes refuses
	UnknownNamespace  Code = "E0602" // a namespace that nobody declares
	ServicePorts      Code = "E0603" // a service without ports, or a port that the workload lacks
	LoadBalancerType  Code = "E0604" // loadBalancer on a service of another type
	InvalidQuantity   Code = "E0605" // not a Kubernetes quantity, or a request above its limit
	SecretData        Code = "E0606" // a Secret with data in the spec
	DuplicateObject   Code = "E0607" // one object declared twice
	InvalidReplicas   Code = "E0608" // fewer than zero replicas
	UnpinnedImage     Code = "W0609" // an image without tag or digest, or with the tag latest
	InvalidImage      Code = "E0610" // not the name of a container image
	DuplicatePort     Code = "E0611" // one port number twice in a workload or service
	InvalidManifest   Code = "E0612" // a manifest with a field that its kind does not have, or a value of the wrong type
	InvalidText       Code = "E0613" // a text with a character that does not come through kustomize
	InvalidProbe      Code = "E0614" // a probe or hook that Kubernetes refuses
	UnknownPort       Code = "E0615" // a probe or hook of a port that its container lacks
	VolumeSource      Code = "E0616" // a volume that is not exactly one thing
	VolumeUse         Code = "E0617" // a volume that no container mounts, or a mount of one that is not there
	MountPath         Code = "E0618" // a path that a volume or file cannot have, or that is taken
	Variable          Code = "E0619" // an environment variable with two values, or of a field that containers cannot read
	UnknownConfigMap  Code = "W0620" // a ConfigMap that nothing in the spec makes
	ConfigMapData     Code = "E0621" // a key that a ConfigMap lacks, or more data than it holds
	PodSecurityLevel  Code = "E0622" // what the Pod Security Standard of the pods refuses
	PodSetting        Code = "E0623" // a setting of pods that Kubernetes refuses
	UnknownClaim      Code = "E0624" // a claim of a volume that nobody declares
	StorageClass      Code = "E0625" // a storage class that nobody declares, or two defaults
	StorageDriver     Code = "E0626" // a storage class whose driver nothing installs
	Schedule          Code = "E0627" // a schedule or time zone that no CronJob has
	JobSetting        Code = "E0628" // a setting of Jobs that Kubernetes refuses
	UpdateSetting     Code = "E0629" // an update of pods that could not happen, or a setting of one that does not
	Namesake          Code = "E0630" // two workloads of one name in one namespace
	PodPlacement      Code = "E0631" // a wish for nodes that Kubernetes refuses
	Autoscaling       Code = "E0632" // an autoscaler that could not scale
	MetricsServer     Code = "E0633" // an autoscaler whose metrics nothing serves
	PodBudget         Code = "E0634" // a disruption budget under which no node can be drained
	InvalidPatch      Code = "E0635" // a patch with a field that the kind does not have, or of what cannot change
	NamespaceSecurity Code = "E0636" // pods that their namespace does not take
	Quota             Code = "E0637" // a quota that workloads exceed, or do not fit
	NetworkPolicy     Code = "E0638" // a network policy that says nothing, or of what is not there
	PolicyIdle        Code = "W0639" // network policies that nothing enforces
	SharedCluster     Code = "W0701" // two environments that make one cluster in two ways
	SharedName        Code = "E0702" // two clusters of one spec with the same role, security group, key alias or export
	SubnetTwice       Code = "E0703" // two environments that put one subnet into two VPCs
)

// Codes of rules about stacks, and about what a spec adds to them itself.
const (
	UnknownStack      Code = "E0801" // a stack that ekscc does not make and that no description makes
	StackName         Code = "E0802" // a stack's name that is no file name, or is taken
	InvalidLogicalID  Code = "E0803" // a logical id that CloudFormation refuses, or that is taken
	UncheckedType     Code = "W0804" // a resource of a type that ekscc does not know
	ResourceType      Code = "E0805" // not the name of a resource type
	ResourceProperty  Code = "E0806" // a property that a resource type does not have, lacks or refuses
	PropertyValue     Code = "W0807" // a value that AWS is not known to take
	IntrinsicFunction Code = "E0808" // a malformed or unknown intrinsic function, or one in the wrong place
	UnknownReference  Code = "E0809" // a reference to what a template does not have
	ReferenceCycle    Code = "E0810" // resources or stacks that wait for one another
	InvalidParameter  Code = "E0811" // a parameter without a value, or one that it does not take
	SecretParameter   Code = "E0812" // a secret parameter with its value in the spec
	UnusedDeclaration Code = "W0813" // a parameter, mapping or condition that nothing uses
	InvalidOverride   Code = "E0814" // an override of something that is not there
	UnknownExport     Code = "E0815" // an import of what no stack of the spec exports
	ForeignExport     Code = "W0816" // an import that looks like one of the spec, and is not
	ExportName        Code = "E0817" // an export name that CloudFormation refuses, or that is taken
	StackLimit        Code = "E0818" // a stack that is larger than CloudFormation allows
	TemplateSize      Code = "W0819" // a template that has to be in S3
	StackPolicy       Code = "E0820" // a malformed stack policy
	SingleLayout      Code = "E0821" // a stack beside the one of the layout "single"
	RepositoryPath    Code = "E0822" // not a path in a repository
	EmptyStack        Code = "E0823" // a stack of yours without resources
	TemplateValue     Code = "E0824" // a value that a template cannot hold
)

// Codes of rules about IAM and service accounts.
const (
	IAMPath               Code = "E0901" // an IAM path of the wrong form
	RoleNothing           Code = "E0902" // a role of a service account that allows nothing
	ServiceAccountTaken   Code = "E0903" // two roles for one service account
	PodIdentityAgent      Code = "E0904" // Pod Identity without its agent
	NoOIDCProvider        Code = "E0905" // IRSA without the OIDC provider
	PodIdentityOnly       Code = "E0906" // a setting of Pod Identity on a service account that uses IRSA
	SessionTags           Code = "E0907" // a session policy together with session tags
	InvalidStatement      Code = "E0908" // a policy statement that IAM refuses
	BroadStatement        Code = "W0909" // a policy statement that allows changes to everything
	PolicySize            Code = "E0910" // a policy with more characters than IAM allows
	ManyPolicies          Code = "W0911" // a role with more managed policies than IAM attaches by default
	UnknownServiceAccount Code = "E0912" // a service account that nobody declares
)

// Codes of what init says of the ClusterConfig file of eksctl.
const (
	NotClusterConfig Code = "E1001" // not a file that eksctl would take
	NotImported      Code = "W1002" // a field that the spec does not say
	ChosenForYou     Code = "W1003" // what the file leaves open and the spec has to say
)
