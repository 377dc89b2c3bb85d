package spec

// Logging is which control-plane logs go to CloudWatch Logs, and how they are
// kept there. A nil RetentionDays is for ever.
type Logging struct {
	Types         []string `json:"types"`
	RetentionDays *int     `json:"retentionDays,omitempty"`
	KeyARN        string   `json:"keyARN,omitempty"`
	Key           *Key     `json:"key,omitempty"`
}

// OwnsGroup reports whether the log group is a resource of the cluster's stack.
// Otherwise EKS makes it.
func (l Logging) OwnsGroup() bool { return l.RetentionDays != nil || l.KeyARN != "" || l.Key != nil }

// SecretsEncryption is the KMS key that encrypts Kubernetes secrets: an
// existing one by its ARN, or a new one.
type SecretsEncryption struct {
	KeyARN string `json:"keyARN,omitempty"`
	Key    *Key   `json:"key,omitempty"`
}

// Key is a KMS key that ekscc creates. Resolve fills in the alias, which is
// without its prefix "alias/".
type Key struct {
	Alias              string `json:"alias,omitempty"`
	Rotation           bool   `json:"rotation"`
	RotationPeriodDays *int   `json:"rotationPeriodDays,omitempty"`
	PendingWindowDays  int    `json:"pendingWindowDays"`
}
