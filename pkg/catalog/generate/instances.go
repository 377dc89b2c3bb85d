package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// motoType is what EC2's DescribeInstanceTypes answered, as moto keeps it.
type motoType struct {
	Hypervisor                    string
	BurstablePerformanceSupported bool
	VCPUInfo                      struct{ DefaultVCPUs int }
	MemoryInfo                    struct{ SizeInMiB int }
	NetworkInfo                   struct {
		DefaultNetworkCardIndex   int
		IPv4AddressesPerInterface int
		NetworkCards              []struct{ NetworkCardIndex, MaximumNetworkInterfaces int }
		EFAInfo                   struct{ MaximumEFAInterfaces int }
	}
	ProcessorInfo struct{ SupportedArchitectures []string }
	GPUInfo       struct {
		GPUs []struct {
			Count        int
			Manufacturer string
		}
	}
	NeuronInfo struct{ NeuronDevices []struct{ Count int } }
}

// cniType is an entry of the limits that the VPC CNI plugin carries.
type cniType struct {
	interfaces, addresses, cards int
	hypervisor                   string
}

var cniEntry = regexp.MustCompile(`(?s)\n\t"([a-z0-9.-]+)": +\{\n\t\tENILimit: +(\d+),\n\t\tIPv4Limit: +(\d+),(.*?)\n\t\tHypervisorType: +"(\w*)",`)

// armFamily matches families of Graviton processors: the letter g after the
// digits of the generation, as in m7g, c6gn and x2gd, and the first of them,
// a1. The generator checks the rule against every type whose architecture
// moto states, and uses it for those few that only the CNI plugin knows.
var armFamily = regexp.MustCompile(`^(a1|[a-z]+\d+[a-z]*g[a-z]*)(-[a-z0-9]+)?\.`)

func instanceTable() (table, error) {
	var known map[string]motoType
	if err := moto.readJSON("moto/ec2/resources/instance_types.json.gz", &known); err != nil {
		return table{}, err
	}
	limits, err := cniTypes()
	if err != nil {
		return table{}, err
	}
	branches, err := branchInterfaces()
	if err != nil {
		return table{}, err
	}
	t := table{
		name:    "instances",
		columns: `name, architecture, vCPUs, memory in MiB, ENIs, IPv4 addresses per ENI, hypervisor, accelerators, network cards, EFA interfaces, branch interfaces, "burstable"`,
		sources: []string{
			moto.cite("ec2/resources/instance_types.json.gz"),
			vpcCNI.cite("pkg/vpc/vpc_ip_resource_limit.go, for types that moto lacks"),
			resourceController.cite("pkg/aws/vpc/limits.go, for branch interfaces"),
		},
	}
	for name, m := range known {
		row, err := m.row(name, branches[name])
		if err != nil {
			return table{}, err
		}
		if limit, ok := limits[name]; ok && !limit.agrees(row) {
			return table{}, fmt.Errorf("moto and the CNI plugin differ on %s: %v, %v", name, row, limit)
		}
		t.rows = append(t.rows, row)
	}
	for name, limit := range limits {
		if _, ok := known[name]; !ok {
			t.rows = append(t.rows, limit.row(name, branches[name]))
		}
	}
	t.rows = slices.DeleteFunc(t.rows, func(row []string) bool { return isMac(row[0]) })
	return t, nil
}

func (m motoType) row(name string, branches int) ([]string, error) {
	arch := architecture(name)
	stated := m.ProcessorInfo.SupportedArchitectures
	if !isMac(name) && !slices.Contains(stated, arch) {
		return nil, fmt.Errorf("%s has architecture %v, not %s: the rule for names is wrong", name, stated, arch)
	}
	interfaces := 0
	for _, card := range m.NetworkInfo.NetworkCards {
		if card.NetworkCardIndex == m.NetworkInfo.DefaultNetworkCardIndex {
			interfaces = card.MaximumNetworkInterfaces
		}
	}
	burstable := ""
	if m.BurstablePerformanceSupported {
		burstable = "burstable"
	}
	return []string{name, arch, number(m.VCPUInfo.DefaultVCPUs), number(m.MemoryInfo.SizeInMiB), number(interfaces),
		number(m.NetworkInfo.IPv4AddressesPerInterface), m.Hypervisor, m.accelerators(), number(len(m.NetworkInfo.NetworkCards)),
		number(m.NetworkInfo.EFAInfo.MaximumEFAInterfaces), number(branches), burstable}, nil
}

// accelerators is "nvidia:8", "neuron:2" or empty: those that need a node
// image and a device plugin of their own.
func (m motoType) accelerators() string {
	gpus, devices := 0, 0
	for _, g := range m.GPUInfo.GPUs {
		if g.Manufacturer == "NVIDIA" {
			gpus += g.Count
		}
	}
	for _, d := range m.NeuronInfo.NeuronDevices {
		devices += d.Count
	}
	switch {
	case gpus > 0:
		return "nvidia:" + strconv.Itoa(gpus)
	case devices > 0:
		return "neuron:" + strconv.Itoa(devices)
	}
	return ""
}

func cniTypes() (map[string]cniType, error) {
	text, err := vpcCNI.read("pkg/vpc/vpc_ip_resource_limit.go")
	if err != nil {
		return nil, err
	}
	types := map[string]cniType{}
	for _, m := range cniEntry.FindAllStringSubmatch(string(text), -1) {
		limit := cniType{hypervisor: m[5], cards: strings.Count(m[4], "MaximumNetworkInterfaces:")}
		if _, err := fmt.Sscan(m[2]+" "+m[3], &limit.interfaces, &limit.addresses); err != nil {
			return nil, fmt.Errorf("failed to read the limits of %s: %w", m[1], err)
		}
		types[m[1]] = limit
	}
	if want := strings.Count(string(text), "ENILimit:"); len(types) != want {
		return nil, fmt.Errorf("read %d of %d instance types of the CNI plugin", len(types), want)
	}
	return types, nil
}

func (c cniType) row(name string, branches int) []string {
	hypervisor := strings.TrimPrefix(c.hypervisor, "unknown")
	return []string{name, architecture(name), "", "", number(c.interfaces), number(c.addresses), hypervisor, "", number(c.cards), "", number(branches), ""}
}

// agrees says whether both sources have the limits from which EKS computes
// how many pods a node takes.
func (c cniType) agrees(row []string) bool {
	return row[4] == number(c.interfaces) && row[5] == number(c.addresses)
}

func architecture(name string) string {
	if armFamily.MatchString(name) {
		return "arm64"
	}
	return "x86_64"
}

// number writes a count; zero, which means unknown, as an empty column.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
