package spec

// Probe is a question to a container that the kubelet repeats.
type Probe struct {
	HTTPGet                       *HTTPGet   `json:"httpGet,omitempty"`
	TCPSocket                     *TCPSocket `json:"tcpSocket,omitempty"`
	GRPC                          *GRPC      `json:"grpc,omitempty"`
	Exec                          *Exec      `json:"exec,omitempty"`
	InitialDelaySeconds           *int       `json:"initialDelaySeconds,omitempty"`
	PeriodSeconds                 *int       `json:"periodSeconds,omitempty"`
	TimeoutSeconds                *int       `json:"timeoutSeconds,omitempty"`
	SuccessThreshold              *int       `json:"successThreshold,omitempty"`
	FailureThreshold              *int       `json:"failureThreshold,omitempty"`
	TerminationGracePeriodSeconds *int       `json:"terminationGracePeriodSeconds,omitempty"`
}

// HTTPGet is a request by HTTP.
type HTTPGet struct {
	Port        string            `json:"port"`
	Path        string            `json:"path,omitempty"`
	Scheme      string            `json:"scheme,omitempty"`
	HTTPHeaders map[string]string `json:"httpHeaders,omitempty"`
}

// TCPSocket is a connection by TCP.
type TCPSocket struct {
	Port string `json:"port"`
}

// GRPC is a request by the health protocol of gRPC.
type GRPC struct {
	Port    string `json:"port"`
	Service string `json:"service,omitempty"`
}

// Exec is a command that runs in the container.
type Exec struct {
	Command []string `json:"command"`
}

// Lifecycle is what happens after a container starts, and before it ends.
type Lifecycle struct {
	PostStart *LifecycleHandler `json:"postStart,omitempty"`
	PreStop   *LifecycleHandler `json:"preStop,omitempty"`
}

// LifecycleHandler is something that happens in a container's life.
type LifecycleHandler struct {
	Exec         *Exec    `json:"exec,omitempty"`
	HTTPGet      *HTTPGet `json:"httpGet,omitempty"`
	SleepSeconds *int     `json:"sleepSeconds,omitempty"`
}
