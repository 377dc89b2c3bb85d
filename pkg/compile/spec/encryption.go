package spec

// Logging is which control-plane logs go to CloudWatch Logs.
type Logging struct {
	Types []string `json:"types"`
}

// SecretsEncryption is the KMS key that encrypts Kubernetes secrets.
type SecretsEncryption struct {
	KeyARN string `json:"keyARN"`
}
