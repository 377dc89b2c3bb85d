package spec

// Volume is the root EBS volume of a node; Size is in GiB.
type Volume struct {
	Size      int    `json:"size"`
	Type      string `json:"type"`
	Encrypted bool   `json:"encrypted"`
}
