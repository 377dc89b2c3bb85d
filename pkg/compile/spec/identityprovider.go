package spec

// IdentityProvider is an OIDC identity provider whose users Kubernetes knows.
type IdentityProvider struct {
	IssuerURL      string            `json:"issuerURL"`
	ClientID       string            `json:"clientID"`
	UsernameClaim  string            `json:"usernameClaim,omitempty"`
	UsernamePrefix string            `json:"usernamePrefix,omitempty"`
	GroupsClaim    string            `json:"groupsClaim,omitempty"`
	GroupsPrefix   string            `json:"groupsPrefix,omitempty"`
	RequiredClaims map[string]string `json:"requiredClaims,omitempty"`
}
