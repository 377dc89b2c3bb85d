package spec

// Volume is the EBS volume of a node that containers write to. Size is in GiB,
// and nil until resolve fills it.
type Volume struct {
	Size      *int   `json:"size,omitempty"`
	Type      string `json:"type"`
	Encrypted bool   `json:"encrypted"`
}
