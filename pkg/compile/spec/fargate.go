package spec

// FargateProfile is which pods run on AWS Fargate. Resolve fills the name of
// a created role.
type FargateProfile struct {
	Selectors []FargateSelector `json:"selectors"`
	Subnets   string            `json:"subnets"`
	Role      Role              `json:"role"`
	Tags      map[string]string `json:"tags,omitempty"`
}

// FargateSelector fits pods by their namespace and labels, which may have the
// wildcards "*" and "?".
type FargateSelector struct {
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels,omitempty"`
}

// FargateLogging is how the logs of pods on Fargate are kept.
type FargateLogging struct {
	RetentionDays      int    `json:"retentionDays"`
	KeyARN             string `json:"keyARN,omitempty"`
	KubernetesMetadata bool   `json:"kubernetesMetadata"`
}

// HasFargate reports whether pods run on Fargate.
func (c Cluster) HasFargate() bool { return len(c.FargateProfiles) > 0 }

// OnlyFargate reports whether pods run on Fargate or not at all.
func (c Cluster) OnlyFargate() bool {
	return c.HasFargate() && !c.HasNodes() && c.RemoteNetworks == nil
}
