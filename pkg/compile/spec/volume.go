package spec

// Volume is the EBS volume of a node that containers write to. Size is in GiB
// and nil until resolve fills it; Throughput is in MiB/s.
type Volume struct {
	Size       *int   `json:"size,omitempty"`
	Type       string `json:"type"`
	IOPS       *int   `json:"iops,omitempty"`
	Throughput *int   `json:"throughput,omitempty"`
	Encrypted  bool   `json:"encrypted"`
	KeyARN     string `json:"keyARN,omitempty"`
	Snapshot   string `json:"snapshot,omitempty"`
}

// ExtraVolume is a further volume of a node. Its Size may stay nil: that of its
// snapshot.
type ExtraVolume struct {
	Volume

	DeleteOnTermination bool `json:"deleteOnTermination"`
}
