package spec

// Endpoint is who can reach the Kubernetes API server.
type Endpoint struct {
	Public            bool     `json:"public"`
	Private           bool     `json:"private"`
	PublicAccessCIDRs []string `json:"publicAccessCIDRs,omitempty"`
}

// IPFamily is the family of the addresses of pods and services.
type IPFamily string

// The IP families. A cluster has the one that it was created with.
const (
	IPv4 IPFamily = "ipv4"
	IPv6 IPFamily = "ipv6"
)

// Logging is which control-plane logs go to CloudWatch Logs.
type Logging struct {
	Types []string `json:"types"`
}

// SecretsEncryption is the KMS key that encrypts Kubernetes secrets.
type SecretsEncryption struct {
	KeyARN string `json:"keyARN"`
}
