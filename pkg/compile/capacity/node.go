package capacity

import "github.com/ekscc/ekscc/pkg/catalog"

// Addresses are IPv4 addresses of a subnet. Prefixes are blocks of 16, which
// have to lie together; Single ones lie anywhere.
type Addresses struct {
	Single   int `json:"single"`
	Prefixes int `json:"prefixes"`
}

// Total is how many addresses there are.
func (a Addresses) Total() int { return a.Single + a.Prefixes*prefixSize }

func (a Addresses) add(b Addresses) Addresses {
	return Addresses{a.Single + b.Single, a.Prefixes + b.Prefixes}
}

func (a Addresses) times(n int) Addresses { return Addresses{a.Single * n, a.Prefixes * n} }

// A Need is what a node needs of subnets beyond its own address.
type Need struct {
	// First is what its first network interface has, which is in the node's
	// subnet.
	First Addresses
	// Rest is what its other interfaces have. They are in the node's subnet or
	// in one for pods.
	Rest Addresses
}

// All is what all interfaces have.
func (n Need) All() Addresses { return n.First.add(n.Rest) }

// Node is what a node with so many pods needs.
func (p Plugin) Node(t catalog.InstanceType, pods int) Need {
	slots, most := p.slots(t), p.podENIs(t)
	if p.IPv6 || slots < 1 || most < 1 {
		return Need{} // the pods' addresses are no IPv4 ones, or there are none
	}
	n := p.singles(slots, pods)
	if p.prefixes(t) {
		n = p.blocks(pods)
	}
	n = min(n, most*slots)
	first, enis := min(n, slots), ceil(n, slots)-1
	if p.CustomNetworking {
		first, enis = 0, enis+1
	}
	if p.prefixes(t) {
		return Need{Addresses{Prefixes: first}, Addresses{Single: enis, Prefixes: n - first}}
	}
	return Need{Addresses{Single: first}, Addresses{Single: enis + n - first}}
}

// singles is how many single addresses the plugin wants for so many pods. By
// default it attaches whole interfaces; see
// https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.2/docs/eni-and-ip-target.md.
func (p Plugin) singles(slots, pods int) int {
	if p.WarmIPs > 0 || p.MinimumIPs > 0 {
		return max(pods+p.WarmIPs, p.MinimumIPs)
	}
	return max(ceil(pods, slots)+p.WarmENIs, 1) * slots
}

// blocks is how many prefixes the plugin wants for so many pods; see
// https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.2/docs/prefix-and-ip-target.md.
func (p Plugin) blocks(pods int) int {
	if p.WarmIPs > 0 || p.MinimumIPs > 0 {
		return ceil(max(pods+p.WarmIPs, p.MinimumIPs), prefixSize)
	}
	return max(ceil(pods, prefixSize)+p.WarmPrefixes, 1)
}
