package resolve

import (
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkGroupZones checks the zones that a group names: its tier has subnets
// there.
func (r *resolver) checkGroupZones(at path, g spec.NodeGroupBase) {
	if g.AvailabilityZones == nil {
		return
	}
	at = at.at("availabilityZones")
	if len(g.AvailabilityZones) == 0 {
		r.report(diag.GroupZones, at, "name one at least, or leave it out", "there is no zone for the nodes")
	}
	everywhere := g
	everywhere.AvailabilityZones = nil
	known := r.cluster.Network.ZonesOf(everywhere)
	seen := map[string]bool{}
	for i, zone := range g.AvailabilityZones {
		switch {
		case seen[zone]:
			r.report(diag.GroupZones, at.index(i), "", "the zone %q is listed twice", zone)
		case len(known) > 0 && !slices.Contains(known, zone):
			r.report(diag.GroupZones, at.index(i), "it has some in "+strings.Join(known, ", "), "the %s tier has no subnet in the zone %q", g.Subnets, zone)
		}
		seen[zone] = true
	}
}

// needsOneZone reports, for a reason, a group that is in several zones.
func (r *resolver) needsOneZone(code diag.Code, at path, g spec.NodeGroupBase, reason string) {
	if zones := r.cluster.Network.ZonesOf(g); len(zones) > 1 {
		r.report(code, at, `name one in availabilityZones, such as ["`+zones[0]+`"]`, "%s, but the nodes are in %s", reason, strings.Join(zones, " and "))
	}
}
