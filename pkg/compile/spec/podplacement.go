package spec

// PodPlacement is on which nodes the pods of a workload run.
type PodPlacement struct {
	NodeSelector      map[string]string     `json:"nodeSelector,omitempty"`
	Tolerations       map[string]Toleration `json:"tolerations,omitempty"`
	NodeAffinity      NodeAffinity          `json:"nodeAffinity,omitzero"`
	Spread            Spread                `json:"spread,omitzero"`
	PriorityClassName string                `json:"priorityClassName,omitempty"`
	RuntimeClassName  string                `json:"runtimeClassName,omitempty"`
	SchedulerName     string                `json:"schedulerName,omitempty"`
}

// AllTaints is the key of a toleration that stands for all taints.
const AllTaints = "*"

// Toleration is a taint that pods bear.
type Toleration struct {
	Value             string `json:"value,omitempty"`
	Effect            string `json:"effect,omitempty"`
	TolerationSeconds *int   `json:"tolerationSeconds,omitempty"`
}

// NodeAffinity is labels of nodes with several values that will do.
type NodeAffinity struct {
	Required  map[string][]string `json:"required,omitempty"`
	Preferred map[string][]string `json:"preferred,omitempty"`
}

// Spread is how the pods of a workload keep apart from one another.
type Spread struct {
	Zones *SpreadOver `json:"zones,omitempty"`
	Nodes *SpreadOver `json:"nodes,omitempty"`
}

// SpreadOver is how evenly pods are spread.
type SpreadOver struct {
	MaxSkew           int    `json:"maxSkew"`
	WhenUnsatisfiable string `json:"whenUnsatisfiable"`
}

// PodNetwork is how pods find others in the network.
type PodNetwork struct {
	HostNetwork *bool               `json:"hostNetwork,omitempty"`
	DNSPolicy   string              `json:"dnsPolicy,omitempty"`
	DNSConfig   DNSConfig           `json:"dnsConfig,omitzero"`
	HostAliases map[string][]string `json:"hostAliases,omitempty"`
}

// DNSConfig is name servers and search domains.
type DNSConfig struct {
	Nameservers []string          `json:"nameservers,omitempty"`
	Searches    []string          `json:"searches,omitempty"`
	Options     map[string]string `json:"options,omitempty"`
}
