package spec

import "strings"

// EC2NodeClass is a node class of Karpenter. Its fields are those of the object
// that it becomes, but for the disks, so that its JSON form is nearly the
// object's spec once resolve has filled in what is not stated.
type EC2NodeClass struct {
	AMISelectorTerms                 []AMISelectorTerm                 `json:"amiSelectorTerms"`
	AMIFamily                        string                            `json:"amiFamily,omitempty"`
	SubnetSelectorTerms              []SubnetSelectorTerm              `json:"subnetSelectorTerms,omitempty"`
	SecurityGroupSelectorTerms       []SecurityGroupSelectorTerm       `json:"securityGroupSelectorTerms,omitempty"`
	CapacityReservationSelectorTerms []CapacityReservationSelectorTerm `json:"capacityReservationSelectorTerms,omitempty"`
	Role                             string                            `json:"role,omitempty"`
	InstanceProfile                  string                            `json:"instanceProfile,omitempty"`
	AssociatePublicIPAddress         *bool                             `json:"associatePublicIPAddress,omitempty"`
	BlockDeviceMappings              map[string]NodeClassVolume        `json:"blockDeviceMappings,omitempty"`
	InstanceStorePolicy              string                            `json:"instanceStorePolicy,omitempty"`
	DetailedMonitoring               *bool                             `json:"detailedMonitoring,omitempty"`
	MetadataOptions                  *NodeClassMetadataOptions         `json:"metadataOptions,omitempty"`
	Kubelet                          *NodeClassKubelet                 `json:"kubelet,omitempty"`
	Tags                             map[string]string                 `json:"tags,omitempty"`
	UserData                         string                            `json:"userData,omitempty"`
}

// AMISelectorTerm selects images.
type AMISelectorTerm struct {
	Alias        string            `json:"alias,omitempty"`
	ID           string            `json:"id,omitempty"`
	Name         string            `json:"name,omitempty"`
	Owner        string            `json:"owner,omitempty"`
	SSMParameter string            `json:"ssmParameter,omitempty"`
	Tags         map[string]string `json:"tags,omitempty"`
}

// SubnetSelectorTerm selects subnets.
type SubnetSelectorTerm struct {
	ID   string            `json:"id,omitempty"`
	Tags map[string]string `json:"tags,omitempty"`
}

// SecurityGroupSelectorTerm selects security groups.
type SecurityGroupSelectorTerm struct {
	ID   string            `json:"id,omitempty"`
	Name string            `json:"name,omitempty"`
	Tags map[string]string `json:"tags,omitempty"`
}

// CapacityReservationSelectorTerm selects capacity reservations.
type CapacityReservationSelectorTerm struct {
	ID                    string            `json:"id,omitempty"`
	InstanceMatchCriteria string            `json:"instanceMatchCriteria,omitempty"`
	OwnerID               string            `json:"ownerID,omitempty"`
	Tags                  map[string]string `json:"tags,omitempty"`
}

// NodeClassVolume is a disk of nodes.
type NodeClassVolume struct {
	RootVolume               *bool  `json:"rootVolume,omitempty"`
	VolumeSize               string `json:"volumeSize,omitempty"`
	VolumeType               string `json:"volumeType"`
	Encrypted                bool   `json:"encrypted"`
	DeleteOnTermination      bool   `json:"deleteOnTermination"`
	KMSKeyID                 string `json:"kmsKeyID,omitempty"`
	IOPS                     *int   `json:"iops,omitempty"`
	Throughput               *int   `json:"throughput,omitempty"`
	SnapshotID               string `json:"snapshotID,omitempty"`
	VolumeInitializationRate *int   `json:"volumeInitializationRate,omitempty"`
}

// NodeClassMetadataOptions is how the instance metadata service answers.
type NodeClassMetadataOptions struct {
	HTTPEndpoint            string `json:"httpEndpoint"`
	HTTPProtocolIPv6        string `json:"httpProtocolIPv6"`
	HTTPPutResponseHopLimit int    `json:"httpPutResponseHopLimit"`
	HTTPTokens              string `json:"httpTokens"`
}

// NodeClassKubelet is settings of the kubelet.
type NodeClassKubelet struct {
	ClusterDNS                  []string          `json:"clusterDNS,omitempty"`
	MaxPods                     *int              `json:"maxPods,omitempty"`
	PodsPerCore                 *int              `json:"podsPerCore,omitempty"`
	SystemReserved              map[string]string `json:"systemReserved,omitempty"`
	KubeReserved                map[string]string `json:"kubeReserved,omitempty"`
	EvictionHard                map[string]string `json:"evictionHard,omitempty"`
	EvictionSoft                map[string]string `json:"evictionSoft,omitempty"`
	EvictionSoftGracePeriod     map[string]string `json:"evictionSoftGracePeriod,omitempty"`
	EvictionMaxPodGracePeriod   *int              `json:"evictionMaxPodGracePeriod,omitempty"`
	ImageGCHighThresholdPercent *int              `json:"imageGCHighThresholdPercent,omitempty"`
	ImageGCLowThresholdPercent  *int              `json:"imageGCLowThresholdPercent,omitempty"`
	CPUCFSQuota                 *bool             `json:"cpuCFSQuota,omitempty"`
}

// Families of images, by the part of an alias before the @; see
// https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms.
var aliasFamilies = map[string]string{
	"al2": "AL2", "al2023": "AL2023", "bottlerocket": "Bottlerocket",
	"windows2019": "Windows2019", "windows2022": "Windows2022", "windows2025": "Windows2025",
}

// Family is the family of the nodes' images: the stated one, or that of the
// alias. It is empty where neither says it.
func (c EC2NodeClass) Family() string {
	if c.AMIFamily != "" {
		return c.AMIFamily
	}
	for _, term := range c.AMISelectorTerms {
		if family, _, ok := strings.Cut(term.Alias, "@"); ok {
			return aliasFamilies[family]
		}
	}
	return ""
}

// IsWindows reports whether the nodes run Windows.
func (c EC2NodeClass) IsWindows() bool { return strings.HasPrefix(c.Family(), "Windows") }
