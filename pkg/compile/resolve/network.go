package resolve

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// AWS allows blocks of these lengths for a VPC and its subnets (CreateVpc,
// CreateSubnet).
const (
	minVPCBits = 16
	maxVPCBits = 28
)

var networkPath = clusterPath.at("network")

func (r *resolver) checkNetwork() {
	n := &r.cluster.Network
	r.checkVPC()
	r.checkSecondaryCIDRs()
	if n.Exists() {
		r.checkExistingNetwork()
	} else {
		r.checkNewNetwork()
	}
	r.checkSubnets()
	r.checkNATAddresses()
	r.checkFlowLogs()
	r.checkNetworkACLs()
}

func (r *resolver) checkVPC() {
	vpc, at := r.cluster.Network.VPC, networkPath.at("vpc")
	if vpc.ID == "" && vpc.CIDR == "" {
		r.report(diag.VPCChoice, at, `write id for a VPC that exists, or cidr to create one, such as cidr: "10.0.0.0/16"`, "the VPC has neither id nor cidr")
		r.splitFailed = true
		return
	}
	if vpc.ID != "" {
		r.checkID(at.at("id"), "vpc", vpc.ID)
	}
	if vpc.CIDR == "" {
		return
	}
	p, ok := r.parseCIDR(diag.InvalidCIDR, at.at("cidr"), vpc.CIDR)
	if !ok {
		r.splitFailed = true
		return
	}
	if p.Bits() < minVPCBits || p.Bits() > maxVPCBits {
		r.report(diag.VPCSize, at.at("cidr"), "", "a VPC is /%d to /%d, not /%d", minVPCBits, maxVPCBits, p.Bits())
		r.splitFailed = true
		return
	}
	r.vpc = p
}

// checkExistingNetwork reports what can only be said of a new VPC.
func (r *resolver) checkExistingNetwork() {
	n := r.cluster.Network
	r.checkNewOnly()
	const why = "the VPC exists already"
	if n.NATGateways != "" && n.NATGateways != "none" {
		r.report(diag.VPCChoice, networkPath.at("natGateways"), `leave it out; the VPC's own route tables decide, and "none" states that they lead nowhere`, why+", so ekscc makes no NAT gateways")
	}
	if n.AvailabilityZones != nil {
		r.report(diag.VPCChoice, networkPath.at("availabilityZones"), "leave it out; each subnet states its zone", why+", so ekscc makes no subnets in zones")
	}
	if n.Tiers != (spec.Tiers{}) {
		r.report(diag.VPCChoice, networkPath.at("tiers"), "leave it out; state its subnets", why+", so ekscc computes no subnets")
	}
	if n.VPC.InternetGateway != nil {
		r.report(diag.VPCChoice, networkPath.at("vpc", "internetGateway"), "leave it out; the VPC has one or not", why+", so ekscc makes no internet gateway")
	}
	if n.VPC.IPv6 != nil {
		r.report(diag.VPCChoice, networkPath.at("vpc", "ipv6"), "leave it out; the VPC has an IPv6 block or not", why+", so ekscc adds no IPv6 block")
	}
}

// checkNewNetwork completes a VPC that ekscc creates.
//
// A NAT gateway is the default because nodes in private subnets pull their
// images through it; one for all zones, because each costs by the hour.
func (r *resolver) checkNewNetwork() {
	n := &r.cluster.Network
	r.completeInternetGateway()
	r.completeIPv6()
	r.checkDHCPOptions()
	r.checkRemoteGateway()
	if n.NATAddresses != nil {
		r.report(diag.VPCChoice, networkPath.at("natAddresses"), "leave it out", "the addresses of a new VPC's NAT gateways are not known before it exists")
	}
	r.checkZones(networkPath.at("availabilityZones"), n.AvailabilityZones)
	if len(n.AvailabilityZones) == 0 {
		n.AvailabilityZones = r.zonesOf(spec.TierNames...)
	}
	r.fillSubnets()
	r.fillIPv6()
}

// completeInternetGateway decides how a new VPC reaches the internet.
func (r *resolver) completeInternetGateway() {
	n := &r.cluster.Network
	if n.VPC.InternetGateway == nil {
		yes := true
		n.VPC.InternetGateway = &yes
	}
	nat := "none"
	if *n.VPC.InternetGateway {
		nat = "single"
	}
	n.NATGateways = cmp.Or(n.NATGateways, nat)
	if *n.VPC.InternetGateway {
		return
	}
	const why = "the VPC has no internet gateway"
	if n.NATGateways != "none" {
		r.report(diag.VPCChoice, networkPath.at("natGateways"), "leave it out, or turn vpc.internetGateway on", why+" that a NAT gateway could use")
	}
	if n.Tiers.Public != nil {
		r.report(diag.VPCChoice, networkPath.at("tiers", "public"), "leave it out, or turn vpc.internetGateway on", why+", so it has no public subnets")
	}
	if len(n.Subnets.Public) > 0 {
		r.report(diag.VPCChoice, networkPath.at("subnets", "public"), "leave them out, or turn vpc.internetGateway on", why+", so it has no public subnets")
	}
}

// checkZones checks a list of zones.
func (r *resolver) checkZones(at path, zones []string) {
	seen := map[string]bool{}
	for i, zone := range zones {
		if seen[zone] {
			r.report(diag.UnknownZone, at.index(i), "", "the zone %q is listed twice", zone)
			continue
		}
		seen[zone] = true
		r.checkZone(at.index(i), zone)
	}
}

// checkZone reports a zone that is none of the region's Availability Zones.
// The control plane of a cluster cannot be in a Local Zone or Wavelength Zone.
// It is silent, and content, where the region is not known.
func (r *resolver) checkZone(at path, zone string) bool {
	if r.region.Name == "" || r.validZone(zone) {
		return true
	}
	if other := regionOf(zone); other != "" && other != r.region.Name {
		r.report(diag.UnknownZone, at, r.zonesHint(), "the zone %q is in %s, but the cluster is in %s", zone, other, r.region.Name)
	} else {
		r.report(diag.UnknownZone, at, r.zonesHint(), "%s has no Availability Zone %q", r.region.Name, zone)
	}
	return false
}

// validZone reports whether the zone is one of the region's. Where the catalog
// does not know the region's zones, a name of the usual form will do.
func (r *resolver) validZone(zone string) bool {
	if len(r.region.Zones) > 0 {
		return slices.Contains(r.region.Zones, zone)
	}
	letter, ok := strings.CutPrefix(zone, r.region.Name)
	return ok && len(letter) == 1 && letter >= "a" && letter <= "z"
}

func (r *resolver) zonesHint() string {
	if len(r.region.Zones) == 0 {
		return fmt.Sprintf("its zones are named %[1]sa, %[1]sb and so on", r.region.Name)
	}
	return "its zones are " + strings.Join(r.region.Zones, ", ")
}

// regionOf returns the known region that a zone's name begins with.
func regionOf(zone string) string {
	name := strings.TrimRight(zone, "abcdefghijklmnopqrstuvwxyz")
	if _, ok := catalog.LookupRegion(name); !ok {
		return ""
	}
	return name
}

func (r *resolver) checkNATAddresses() {
	for i, text := range r.cluster.Network.NATAddresses {
		at := networkPath.at("natAddresses").index(i)
		p, ok := r.parseCIDR(diag.InvalidCIDR, at, text)
		switch {
		case ok && within(privateBlocks, p):
			r.report(diag.InvalidCIDR, at, "state the NAT gateway's public address", "%s is private; nodes reach the internet from a public address", p)
		case ok:
			r.natBlocks = append(r.natBlocks, block{path: at, prefix: p})
		}
	}
}

// checkServiceCIDR completes and checks the block of Kubernetes services. The
// defaults are the two that EKS itself chooses between.
func (r *resolver) checkServiceCIDR() {
	c, at := r.cluster, clusterPath.at("serviceCIDR")
	if c.IPFamily == spec.IPv6 {
		r.checkIPv6()
		return
	}
	if c.ServiceCIDR == "" {
		c.ServiceCIDR = "172.20.0.0/16"
		if r.usesAny(netip.MustParsePrefix(c.ServiceCIDR)) {
			c.ServiceCIDR = "10.100.0.0/16"
		}
	}
	p, ok := r.parseCIDR(diag.ServiceCIDR, at, c.ServiceCIDR)
	if !ok {
		return
	}
	if p.Bits() < 12 || p.Bits() > 24 {
		r.report(diag.ServiceCIDR, at, "", "%s has the length /%d; EKS takes /12 to /24", p, p.Bits())
	}
	if !within(privateBlocks, p) {
		r.report(diag.ServiceCIDR, at, "", "%s is outside 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16, where EKS wants it", p)
	}
	const hint = "state a block that the VPC does not use"
	if r.vpc.IsValid() && r.vpc.Overlaps(p) {
		r.report(diag.ServiceCIDR, at, hint, "%s overlaps the VPC's block %s", p, r.vpc)
	}
	for _, b := range r.secondary {
		if b.prefix.Overlaps(p) {
			r.report(diag.ServiceCIDR, at, hint, "%s overlaps %s, %s", p, b.what, b.prefix)
		}
	}
	for _, b := range r.blocks {
		// A subnet inside the VPC overlaps where the VPC does: say it once.
		if b.prefix.Overlaps(p) && !(r.vpc.IsValid() && r.inVPC(b.prefix)) {
			r.report(diag.ServiceCIDR, at, hint, "%s overlaps %s, %s", p, b.what, b.prefix)
		}
	}
}

// usesAny reports whether the VPC or a subnet uses addresses of p.
func (r *resolver) usesAny(p netip.Prefix) bool {
	overlaps := func(b block) bool { return b.prefix.Overlaps(p) }
	return r.vpc.IsValid() && r.vpc.Overlaps(p) || slices.ContainsFunc(r.secondary, overlaps) || slices.ContainsFunc(r.blocks, overlaps)
}
