package resolve

import (
	"fmt"
	"net/netip"

	"github.com/ekscc/ekscc/pkg/diag"
)

// besides says which blocks EC2 refuses to add to a VPC whose primary block is
// in from; see
// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions.
type besides struct {
	from    netip.Prefix
	refused []netip.Prefix
}

// besidesOf are tried in order; everything else is in the last one.
var besidesOf = []besides{
	{netip.MustParsePrefix("10.0.0.0/15"), prefixes("172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16", "10.0.0.0/16")},
	{netip.MustParsePrefix("10.0.0.0/8"), prefixes("172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16")},
	{netip.MustParsePrefix("172.16.0.0/12"), prefixes("10.0.0.0/8", "192.168.0.0/16", "172.31.0.0/16", "198.19.0.0/16")},
	{netip.MustParsePrefix("192.168.0.0/16"), prefixes("10.0.0.0/8", "172.16.0.0/12", "198.19.0.0/16")},
	{netip.MustParsePrefix("198.19.0.0/16"), prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")},
	{everywhere, prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16")},
}

// neverInVPC are blocks that EC2 gives to no VPC.
var neverInVPC = prefixes("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")

// checkSecondaryCIDRs reads the further blocks of the VPC.
func (r *resolver) checkSecondaryCIDRs() {
	vpc, at := r.cluster.Network.VPC, networkPath.at("vpc", "secondaryCIDRs")
	checkChosenNames(r, at, vpc.SecondaryCIDRs)
	for _, name := range sortedKeys(vpc.SecondaryCIDRs) {
		p, ok := r.parseCIDR(diag.InvalidCIDR, at.at(name), vpc.SecondaryCIDRs[name])
		if !ok {
			continue
		}
		if p.Bits() < minVPCBits || p.Bits() > maxVPCBits {
			r.report(diag.VPCSize, at.at(name), "", "a block of a VPC is /%d to /%d, not /%d", minVPCBits, maxVPCBits, p.Bits())
			continue
		}
		r.checkBeside(at.at(name), p)
		r.secondary = append(r.secondary, block{path: at.at(name), what: fmt.Sprintf("the VPC's block %q", name), prefix: p})
	}
}

// checkBeside checks a further block against those before it. What an existing
// VPC has, EC2 has allowed.
func (r *resolver) checkBeside(at path, p netip.Prefix) {
	if r.vpc.IsValid() && r.vpc.Overlaps(p) {
		r.report(diag.SecondaryCIDR, at, "", "%s overlaps the VPC's primary block %s", p, r.vpc)
		return
	}
	for _, b := range r.secondary {
		if b.prefix.Overlaps(p) {
			r.report(diag.SecondaryCIDR, at, "", "%s overlaps %s, %s", p, b.what, b.prefix)
			return
		}
	}
	if r.cluster.Network.Exists() || !r.vpc.IsValid() {
		return
	}
	if within(neverInVPC, p) {
		r.report(diag.SecondaryCIDR, at, "take a part of 100.64.0.0/10", "%s is reserved, and no VPC can have it", p)
		return
	}
	for _, b := range besidesOf {
		if !contains(b.from, r.vpc) {
			continue
		}
		for _, refused := range b.refused {
			if refused.Overlaps(p) {
				r.report(diag.SecondaryCIDR, at, "take a part of 100.64.0.0/10, which goes with every VPC", "EC2 refuses %s beside %s: nothing of %s can be added", p, r.vpc, refused)
			}
		}
		return
	}
}
