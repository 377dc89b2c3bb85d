package spec

// InstanceSettings are how the EC2 instances of a node group are set up. What
// is nil or empty is left to EC2.
type InstanceSettings struct {
	Metadata            *InstanceMetadata    `json:"metadata,omitempty"`
	DetailedMonitoring  *bool                `json:"detailedMonitoring,omitempty"`
	EBSOptimized        *bool                `json:"ebsOptimized,omitempty"`
	CPUCredits          string               `json:"cpuCredits,omitempty"`
	CPUOptions          *CPUOptions          `json:"cpuOptions,omitempty"`
	NitroEnclaves       *bool                `json:"nitroEnclaves,omitempty"`
	AutoRecovery        *bool                `json:"autoRecovery,omitempty"`
	PrivateDNSName      *PrivateDNSName      `json:"privateDNSName,omitempty"`
	PublicIPAddress     *bool                `json:"publicIPAddress,omitempty"`
	Placement           *InstancePlacement   `json:"placement,omitempty"`
	EFA                 bool                 `json:"efa,omitempty"`
	CapacityReservation *CapacityReservation `json:"capacityReservation,omitempty"`
}

// InstanceMetadata is how the instance metadata service answers.
type InstanceMetadata struct {
	HopLimit         int    `json:"hopLimit"`
	HTTPTokens       string `json:"httpTokens"`
	HTTPProtocolIPv6 *bool  `json:"httpProtocolIPv6,omitempty"`
}

// CPUOptions are the cores of an instance and the threads of each.
type CPUOptions struct {
	CoreCount      int `json:"coreCount"`
	ThreadsPerCore int `json:"threadsPerCore"`
}

// PrivateDNSName is what host names are made from, and what DNS knows of them.
type PrivateDNSName struct {
	HostnameType           string `json:"hostnameType,omitempty"`
	ResourceNameARecord    *bool  `json:"resourceNameARecord,omitempty"`
	ResourceNameAAAARecord *bool  `json:"resourceNameAAAARecord,omitempty"`
}

// InstancePlacement is where instances are among EC2's hosts. Resolve fills in Group
// for instances with EFA that are placed nowhere else.
type InstancePlacement struct {
	GroupName string          `json:"groupName,omitempty"`
	Group     *PlacementGroup `json:"group,omitempty"`
	Tenancy   string          `json:"tenancy,omitempty"`
}

// ClusterPlacement is the strategy of placement groups whose instances are
// close to each other.
const ClusterPlacement = "cluster"

// PlacementGroup is a placement group that ekscc creates.
type PlacementGroup struct {
	Strategy       string `json:"strategy"`
	PartitionCount *int   `json:"partitionCount,omitempty"`
}

// CapacityReservation is which capacity reservations instances use.
type CapacityReservation struct {
	Preference       string `json:"preference,omitempty"`
	ID               string `json:"id,omitempty"`
	ResourceGroupARN string `json:"resourceGroupARN,omitempty"`
}
