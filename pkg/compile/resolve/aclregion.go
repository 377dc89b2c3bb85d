package resolve

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// region is a range of ports of a block.
type region struct {
	first, last int
	block       netip.Prefix
}

func (a region) overlaps(b region) bool {
	return a.first <= b.last && b.first <= a.last && a.block.Overlaps(b.block)
}

// without returns what of a is not in b, in pieces.
func (a region) without(b region) []region {
	if !a.overlaps(b) {
		return []region{a}
	}
	var rest []region
	if a.first < b.first {
		rest = append(rest, region{a.first, b.first - 1, a.block})
	}
	if a.last > b.last {
		rest = append(rest, region{b.last + 1, a.last, a.block})
	}
	first, last := max(a.first, b.first), min(a.last, b.last)
	for block := a.block; block.Bits() < b.block.Bits(); {
		near, far := slice(block, block.Bits()+1, 0), slice(block, block.Bits()+1, 1)
		if far.Overlaps(b.block) {
			near, far = far, near
		}
		rest = append(rest, region{first, last, far})
		block = near
	}
	return rest
}

// aclRule is a rule of a network ACL for IPv4.
type aclRule struct {
	name, protocol string
	allow          bool
	number         int
	region
}

// aclRules reads rules in the order of their numbers, without those for IPv6.
// It is not ok if one of them has a fault, or if there are more than EC2 allows.
func aclRules(rules map[string]spec.NetworkACLRule) (read []aclRule, ok bool) {
	if len(rules) > maxACLRules {
		return nil, false
	}
	for _, name := range sortedKeys(rules) {
		rule := rules[name]
		if rule.CIDR == "" && rule.IPv6CIDR != "" {
			continue
		}
		block, err := netip.ParsePrefix(rule.CIDR)
		if err != nil || !block.Addr().Is4() || rule.Protocol != "all" && rule.Port == nil {
			return nil, false
		}
		r := region{0, maxPort, block.Masked()}
		if rule.Port != nil {
			r.first, r.last = *rule.Port, *cmp.Or(rule.ToPort, rule.Port)
		}
		read = append(read, aclRule{name, rule.Protocol, rule.Action == "allow", rule.Number, r})
	}
	slices.SortStableFunc(read, func(a, b aclRule) int { return cmp.Compare(a.number, b.number) })
	return read, true
}
