package capacity

import (
	"fmt"

	"github.com/ekscc/ekscc/pkg/catalog"
)

const (
	// hostPods are the pods of aws-node and kube-proxy, which have the node's
	// address. AWS adds them to the addresses for pods.
	hostPods = 2
	// prefixSize is how many addresses are in a prefix of an interface, /28.
	prefixSize = 16
)

// Ceiling is the most pods that AWS recommends for a node, however many
// addresses there are for them; see
// https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#max-pods-precedence.
// Of a type whose vCPUs the catalog does not have it is the lower one.
func Ceiling(t catalog.InstanceType) int {
	if t.VCPUs > 30 {
		return 250
	}
	return 110
}

// Addressable is how many pods of a node the plugin can give an address, with
// the two that need none.
func (p Plugin) Addressable(t catalog.InstanceType) int {
	n := p.podENIs(t) * p.slots(t)
	if p.prefixes(t) {
		n *= prefixSize
	}
	return n + p.hostPods()
}

// Recommended is how many pods AWS recommends for a node at most: as many as
// have addresses, up to the ceiling. It is what the max-pods-calculator of the
// EKS node images prints and what EKS gives the nodes of managed groups; see
// https://github.com/awslabs/amazon-eks-ami/blob/main/templates/al2/runtime/max-pods-calculator.sh.
func (p Plugin) Recommended(t catalog.InstanceType) int { return min(p.Addressable(t), Ceiling(t)) }

// ImageDefault is how many pods the node images of EKS allow when nobody tells
// them: they know the instance type alone, and no ceiling; see
// https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#max-pods-precedence.
func ImageDefault(t catalog.InstanceType) int { return Plugin{}.Addressable(t) }

// Formula says how Addressable comes about.
func (p Plugin) Formula(t catalog.InstanceType) string {
	text := fmt.Sprintf("%d × (%d − 1)", p.podENIs(t), t.IPv4PerENI)
	if p.prefixes(t) {
		text += fmt.Sprintf(" × %d", prefixSize)
	}
	if p.Windows {
		return text
	}
	return text + fmt.Sprintf(" + %d", hostPods)
}

// hostPods are the pods that need no address.
func (p Plugin) hostPods() int {
	if p.Windows {
		return 0
	}
	return hostPods
}

// enis are the interfaces that the plugin uses on a node.
func (p Plugin) enis(t catalog.InstanceType) int {
	if p.MaxENIs > 0 {
		return min(p.MaxENIs, t.ENIs)
	}
	return t.ENIs
}

// podENIs are those of them that have addresses for pods.
func (p Plugin) podENIs(t catalog.InstanceType) int {
	if p.CustomNetworking {
		return p.enis(t) - 1
	}
	return p.enis(t)
}

// slots are how many addresses or prefixes an interface has besides its own
// address.
func (p Plugin) slots(t catalog.InstanceType) int { return t.IPv4PerENI - 1 }

// prefixes says whether the nodes of that type get prefixes: types before Nitro
// have none.
func (p Plugin) prefixes(t catalog.InstanceType) bool { return p.Prefixes && t.PrefixDelegation() }
