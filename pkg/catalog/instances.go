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

	NetworkCards  int
	EFAInterfaces int  // how many Elastic Fabric Adapters the instance takes; 0 where it takes none
	BranchENIs    int  // interfaces for pods with security groups of their own; 0 where pods cannot have any
	Burstable     bool // whether the CPU is paid for by credits, as in the T families
}

// PrefixDelegation says whether the VPC CNI plugin can give the interfaces
// prefixes instead of single addresses; see
// https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html.
func (t InstanceType) PrefixDelegation() bool { return t.Hypervisor == "nitro" || t.BareMetal() }

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

		NetworkCards:  number(row[8]),
		EFAInterfaces: number(row[9]),
		BranchENIs:    number(row[10]),
		Burstable:     row[11] != "",
	}, true
}

// InstanceTypes returns the names of all instance types, sorted.
func InstanceTypes() []string { return instances.keys() }
