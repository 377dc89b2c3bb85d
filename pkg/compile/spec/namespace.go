package spec

// Namespace is a namespace, and what holds in it.
type Namespace struct {
	Labels          map[string]string        `json:"labels,omitempty"`
	Annotations     map[string]string        `json:"annotations,omitempty"`
	PodSecurity     NamespacePodSecurity     `json:"podSecurity,omitzero"`
	ResourceQuota   map[string]string        `json:"resourceQuota,omitempty"`
	LimitRange      *LimitRange              `json:"limitRange,omitempty"`
	DefaultDeny     string                   `json:"defaultDeny,omitempty"`
	NetworkPolicies map[string]NetworkPolicy `json:"networkPolicies,omitempty"`
}

// DenyAll is the default deny that takes connections from the pods in.
const DenyAll = "all"

// NamespacePodSecurity is the Pod Security Standards of the pods of a
// namespace.
type NamespacePodSecurity struct {
	Enforce string `json:"enforce,omitempty"`
	Warn    string `json:"warn,omitempty"`
	Audit   string `json:"audit,omitempty"`
}

// LimitRange is what the containers of a namespace ask for.
type LimitRange struct {
	DefaultRequest ResourceQuantities `json:"defaultRequest,omitzero"`
	Default        ResourceQuantities `json:"default,omitzero"`
	Min            ResourceQuantities `json:"min,omitzero"`
	Max            ResourceQuantities `json:"max,omitzero"`
}

// NetworkPolicy is who may connect to pods, and to whom they may connect.
type NetworkPolicy struct {
	Workload string                  `json:"workload,omitempty"`
	Ingress  map[string]NetworkPeers `json:"ingress,omitempty"`
	Egress   map[string]NetworkPeers `json:"egress,omitempty"`
}

// NetworkPeers is the other ends of connections.
type NetworkPeers struct {
	Workloads  []string `json:"workloads,omitempty"`
	Namespaces []string `json:"namespaces,omitempty"`
	CIDRs      []string `json:"cidrs,omitempty"`
	Ports      []int    `json:"ports,omitempty"`
	UDPPorts   []int    `json:"udpPorts,omitempty"`
}
