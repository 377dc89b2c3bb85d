package spec

// Workload is a Deployment, and a Service when Service is set.
type Workload struct {
	Namespace      string            `json:"namespace"`
	ServiceAccount string            `json:"serviceAccount,omitempty"`
	Image          string            `json:"image"`
	Replicas       int               `json:"replicas"`
	Labels         map[string]string `json:"labels,omitempty"`
	Command        []string          `json:"command,omitempty"`
	Args           []string          `json:"args,omitempty"`
	Env            map[string]string `json:"env,omitempty"`
	Ports          map[string]int    `json:"ports,omitempty"`
	Resources      Resources         `json:"resources,omitzero"`
	Service        *Service          `json:"service,omitempty"`
}

// Resources is what a container asks for, and what it may use at most.
type Resources struct {
	Requests ResourceQuantities `json:"requests,omitzero"`
	Limits   ResourceQuantities `json:"limits,omitzero"`
}

// ResourceQuantities is CPU and memory in Kubernetes quantities.
type ResourceQuantities struct {
	CPU    string `json:"cpu,omitempty"`
	Memory string `json:"memory,omitempty"`
}

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

// Kubernetes is the Kubernetes objects that are not workloads.
type Kubernetes struct {
	Namespaces map[string]Namespace `json:"namespaces,omitempty"`
	Manifests  map[string]Manifest  `json:"manifests,omitempty"`
}

// Namespace is a namespace.
type Namespace struct {
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// Manifest is one Kubernetes object, passed on as it is.
type Manifest map[string]any
