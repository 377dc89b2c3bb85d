package resolve

import (
	"fmt"
	"net/netip"

	"github.com/ekscc/ekscc/pkg/diag"
)

// prefixes parses blocks that are known to be well formed.
func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, t := range texts {
		all = append(all, netip.MustParsePrefix(t))
	}
	return all
}

var (
	// privateBlocks are the address blocks of RFC 1918.
	privateBlocks = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
	// reservedBlocks are blocks besides the private ones from which nothing
	// comes over the internet (RFC 6890).
	reservedBlocks = prefixes("0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")
	// reservedIPv6Blocks are blocks of IPv6 from which nothing comes over the
	// internet (RFC 6890): special ones, private ones (fc00::/7), those of one
	// link, and multicast.
	reservedIPv6Blocks = prefixes("::/96", "fc00::/7", "fe80::/10", "ff00::/8")
	// everywhere is all of IPv4.
	everywhere = netip.MustParsePrefix("0.0.0.0/0")
)

// parseCIDR reads an IPv4 block and reports, under code, text that is none.
func (r *resolver) parseCIDR(code diag.Code, at path, text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	if err != nil {
		r.report(code, at, cidrHint(text), "%q is not an IPv4 CIDR block", text)
		return netip.Prefix{}, false
	}
	if !p.Addr().Is4() {
		r.report(code, at, "", "%q is an IPv6 block; only IPv4 is supported here", text)
		return netip.Prefix{}, false
	}
	if p != p.Masked() {
		r.report(code, at, fmt.Sprintf("did you mean %q?", p.Masked()), "%s has host bits set", text)
		return netip.Prefix{}, false
	}
	return p, true
}

// parseIPv6CIDR reads an IPv6 block and reports text that is none.
func (r *resolver) parseIPv6CIDR(at path, text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	switch {
	case err != nil || !p.Addr().Is6() || p.Addr().Is4In6():
		r.report(diag.InvalidCIDR, at, `write an address and a length, such as "2001:db8::/32"`, "%q is not an IPv6 CIDR block", text)
	case p != p.Masked():
		r.report(diag.InvalidCIDR, at, fmt.Sprintf("did you mean %q?", p.Masked()), "%s has host bits set", text)
	default:
		return p, true
	}
	return netip.Prefix{}, false
}

// cidrHint says how to write what text seems to mean.
func cidrHint(text string) string {
	if a, err := netip.ParseAddr(text); err == nil && a.Is4() {
		return fmt.Sprintf("for this one address, write %q", text+"/32")
	}
	return `write an address and a length, such as "10.0.0.0/16"`
}

// contains reports whether all addresses of inner are addresses of outer.
func contains(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// within reports whether one of the blocks contains p.
func within(blocks []netip.Prefix, p netip.Prefix) bool {
	for _, b := range blocks {
		if contains(b, p) {
			return true
		}
	}
	return false
}

// covered reports whether the blocks together contain p.
func covered(blocks []netip.Prefix, p netip.Prefix) bool {
	if within(blocks, p) {
		return true
	}
	var inside []netip.Prefix
	for _, b := range blocks {
		if contains(p, b) {
			inside = append(inside, b)
		}
	}
	// With nothing inside p there is nothing to put together. What is inside
	// is longer than p, so the halves exist and the recursion ends.
	if len(inside) == 0 {
		return false
	}
	return covered(inside, slice(p, p.Bits()+1, 0)) && covered(inside, slice(p, p.Bits()+1, 1))
}

// slice returns the nth of the blocks of the given length into which p can be
// split. The caller sees to it that bits and n fit.
func slice(p netip.Prefix, bits, n int) netip.Prefix {
	b := p.Addr().As4()
	v := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	v += uint32(n) << (32 - bits)
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}), bits)
}
