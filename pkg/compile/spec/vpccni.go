package spec

// VPCCNI is the settings of the Amazon VPC CNI plugin; nil keeps its default.
// The tag "env" names the environment variable of the aws-node container that
// a field becomes, and "init" that of its init container; see
// https://github.com/aws/amazon-vpc-cni-k8s#cni-configuration-variables.
type VPCCNI struct {
	PrefixDelegation  *bool `json:"prefixDelegation,omitempty" env:"ENABLE_PREFIX_DELEGATION"`
	WarmENITarget     *int  `json:"warmENITarget,omitempty" env:"WARM_ENI_TARGET"`
	WarmIPTarget      *int  `json:"warmIPTarget,omitempty" env:"WARM_IP_TARGET"`
	MinimumIPTarget   *int  `json:"minimumIPTarget,omitempty" env:"MINIMUM_IP_TARGET"`
	WarmPrefixTarget  *int  `json:"warmPrefixTarget,omitempty" env:"WARM_PREFIX_TARGET"`
	MaxENI            *int  `json:"maxENI,omitempty" env:"MAX_ENI"`
	IPCooldownPeriod  *int  `json:"ipCooldownPeriod,omitempty" env:"IP_COOLDOWN_PERIOD"`
	BranchENICooldown *int  `json:"branchENICooldown,omitempty"`

	SubnetDiscovery  *bool             `json:"subnetDiscovery,omitempty" env:"ENABLE_SUBNET_DISCOVERY"`
	CustomNetworking *CustomNetworking `json:"customNetworking,omitempty"`
	MultiNIC         *bool             `json:"multiNIC,omitempty" env:"ENABLE_MULTI_NIC"`

	ManageENIsNonSchedulable *bool             `json:"manageENIsNonSchedulable,omitempty" env:"AWS_MANAGE_ENIS_NON_SCHEDULABLE"`
	DisableLeakedENICleanup  *bool             `json:"disableLeakedENICleanup,omitempty" env:"DISABLE_LEAKED_ENI_CLEANUP"`
	AdditionalENITags        map[string]string `json:"additionalENITags,omitempty" env:"ADDITIONAL_ENI_TAGS"`

	ExternalSNAT         *bool    `json:"externalSNAT,omitempty" env:"AWS_VPC_K8S_CNI_EXTERNALSNAT"`
	ExcludeSNATCIDRs     []string `json:"excludeSNATCIDRs,omitempty" env:"AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS"`
	RandomizeSNAT        string   `json:"randomizeSNAT,omitempty" env:"AWS_VPC_K8S_CNI_RANDOMIZESNAT"`
	ExternalServiceCIDRs []string `json:"externalServiceCIDRs,omitempty" env:"AWS_EXTERNAL_SERVICE_CIDRS"`
	NodePortSupport      *bool    `json:"nodePortSupport,omitempty" env:"AWS_VPC_CNI_NODE_PORT_SUPPORT"`

	ENIMTU          *int   `json:"eniMTU,omitempty" env:"AWS_VPC_ENI_MTU"`
	PodMTU          *int   `json:"podMTU,omitempty" env:"POD_MTU"`
	VethPrefix      string `json:"vethPrefix,omitempty" env:"AWS_VPC_K8S_CNI_VETHPREFIX"`
	V6Egress        *bool  `json:"v6Egress,omitempty" env:"ENABLE_V6_EGRESS" init:"ENABLE_V6_EGRESS"`
	V4Egress        *bool  `json:"v4Egress,omitempty" env:"ENABLE_V4_EGRESS"`
	DisablePodV6    *bool  `json:"disablePodV6,omitempty" env:"DISABLE_POD_V6"`
	BandwidthPlugin *bool  `json:"bandwidthPlugin,omitempty" env:"ENABLE_BANDWIDTH_PLUGIN"`

	PodSecurityGroupEnforcingMode string `json:"podSecurityGroupEnforcingMode,omitempty" env:"POD_SECURITY_GROUP_ENFORCING_MODE"`
	DisableTCPEarlyDemux          *bool  `json:"disableTCPEarlyDemux,omitempty" init:"DISABLE_TCP_EARLY_DEMUX"`

	NetworkPolicy *CNINetworkPolicy `json:"networkPolicy,omitempty"`
	Windows       *WindowsIPAM      `json:"windows,omitempty"`

	LogLevel             string `json:"logLevel,omitempty" env:"AWS_VPC_K8S_CNI_LOGLEVEL"`
	LogFile              string `json:"logFile,omitempty" env:"AWS_VPC_K8S_CNI_LOG_FILE"`
	PluginLogLevel       string `json:"pluginLogLevel,omitempty" env:"AWS_VPC_K8S_PLUGIN_LOG_LEVEL"`
	PluginLogFile        string `json:"pluginLogFile,omitempty" env:"AWS_VPC_K8S_PLUGIN_LOG_FILE"`
	DisableMetrics       *bool  `json:"disableMetrics,omitempty" env:"DISABLE_METRICS"`
	DisableIntrospection *bool  `json:"disableIntrospection,omitempty" env:"DISABLE_INTROSPECTION"`

	Env map[string]string `json:"env,omitempty"`
}

// CustomNetworking is that pods get addresses from the subnets of the tier
// "pod" alone. Without any group, pods have the security groups of their node.
type CustomNetworking struct {
	SecurityGroups []string `json:"securityGroups,omitempty"`
	Groups         []string `json:"groups,omitempty"`
}

// CNINetworkPolicy is that the agent beside the plugin enforces network
// policies.
type CNINetworkPolicy struct {
	EnforcingMode string `json:"enforcingMode,omitempty" env:"NETWORK_POLICY_ENFORCING_MODE"`

	PolicyEventLogs *bool  `json:"policyEventLogs,omitempty"`
	CloudWatchLogs  *bool  `json:"cloudWatchLogs,omitempty"`
	LogLevel        string `json:"logLevel,omitempty"`
	LogFile         string `json:"logFile,omitempty"`

	ConntrackCacheCleanupPeriod *int `json:"conntrackCacheCleanupPeriod,omitempty"`
	ConntrackCacheTableSize     *int `json:"conntrackCacheTableSize,omitempty"`

	MetricsPort     *int `json:"metricsPort,omitempty"`
	HealthProbePort *int `json:"healthProbePort,omitempty"`
}

// WindowsIPAM is that the control plane gives addresses to pods on Windows.
type WindowsIPAM struct {
	PrefixDelegation *bool `json:"prefixDelegation,omitempty"`
	WarmIPTarget     *int  `json:"warmIPTarget,omitempty"`
	MinimumIPTarget  *int  `json:"minimumIPTarget,omitempty"`
	WarmPrefixTarget *int  `json:"warmPrefixTarget,omitempty"`
}
