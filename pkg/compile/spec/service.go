package spec

// Service is a Service of the workload's name.
type Service struct {
	Type         string         `json:"type"`
	Ports        map[string]int `json:"ports,omitempty"`
	LoadBalancer *LoadBalancer  `json:"loadBalancer,omitempty"`
}

// LoadBalancer is the load balancer of a Service.
type LoadBalancer struct {
	Internal bool `json:"internal"`
	NLB      *NLB `json:"nlb,omitempty"`
}

// NLB is a Network Load Balancer.
type NLB struct {
	CrossZone bool `json:"crossZone"`
}
