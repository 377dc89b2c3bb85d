package catalog

import (
	_ "embed"
	"strings"
)

//go:embed data/instances.tsv
var instances table

// An InstanceType is an EC2 instance type. A count of zero means that the
// sources do not say; that is so for vCPUs, memory and accelerators of some
// two dozen types of earlier generations.
type InstanceType struct {
	Name         string // such as "m7g.large"
	Architecture string // "x86_64" or "arm64"
	VCPUs        int
	MemoryMiB    int
	ENIs         int    // network interfaces of the default network card, the one that the VPC CNI plugin uses
	IPv4PerENI   int    // IPv4 addresses of each, the primary one included
	Hypervisor   string // "nitro" or "xen"; empty for bare metal
	Accelerator  string // "nvidia", "neuron" or empty: those that need a node image of their own
	Accelerators int    // how many GPUs or Neuron devices
}

// BareMetal says whether the instance is a whole machine without a hypervisor.
func (t InstanceType) BareMetal() bool { return strings.Contains(t.Name, ".metal") }

// LookupInstanceType returns the instance type of that name.
func LookupInstanceType(name string) (InstanceType, bool) {
	row, ok := instances.find(name)
	if !ok {
		return InstanceType{}, false
	}
	accelerator, count, _ := strings.Cut(row[7], ":")
	return InstanceType{
		Name:         row[0],
		Architecture: row[1],
		VCPUs:        number(row[2]),
		MemoryMiB:    number(row[3]),
		ENIs:         number(row[4]),
		IPv4PerENI:   number(row[5]),
		Hypervisor:   row[6],
		Accelerator:  accelerator,
		Accelerators: number(count),
	}, true
}

// InstanceTypes returns the names of all instance types, sorted.
func InstanceTypes() []string { return instances.keys() }
