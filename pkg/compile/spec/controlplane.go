package spec

// Endpoint is who can reach the Kubernetes API server.
type Endpoint struct {
	Public            bool     `json:"public"`
	Private           bool     `json:"private"`
	PublicAccessCIDRs []string `json:"publicAccessCIDRs,omitempty"`
}

// Logging is which control-plane logs go to CloudWatch Logs.
type Logging struct {
	Types []string `json:"types"`
}

// SecretsEncryption is the KMS key that encrypts Kubernetes secrets.
type SecretsEncryption struct {
	KeyARN string `json:"keyARN"`
}
