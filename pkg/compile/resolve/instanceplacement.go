package resolve

import (
	"strings"

	"github.com/ekscc/ekscc/internal/lazyregexp"
	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Limits of placement groups, in each zone; see
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html.
const (
	maxPartitions          = 7
	maxDedicatedPartitions = 2
	maxSpread              = 7
)

var placementGroupRule = nameRule{"a placement group name", lazyregexp.New(`^[\x20-\x7e]+$`), 255, "printable ASCII characters"}

// completePlacement puts instances with EFA close together, unless the spec or
// a reservation says where they are.
func completePlacement(g *spec.NodeGroupBase) {
	if !g.EFA || g.CapacityReservation != nil || g.Placement != nil && (g.Placement.Group != nil || g.Placement.GroupName != "") {
		return
	}
	placement := spec.InstancePlacement{Group: &spec.PlacementGroup{Strategy: spec.ClusterPlacement}}
	if g.Placement != nil {
		placement.Tenancy = g.Placement.Tenancy
	}
	g.Placement = &placement
}

func (r *resolver) checkInstancePlacement(at path, g spec.NodeGroupBase) {
	p, at := g.Placement, at.at("placement")
	if p == nil {
		return
	}
	if p.GroupName != "" {
		r.checkName(at.at("groupName"), placementGroupRule, p.GroupName)
	}
	if p.Group == nil {
		return
	}
	if p.GroupName != "" {
		r.report(diag.InstancePlacement, at, "leave one of them out", "groupName and group both say which placement group the nodes are in")
	}
	r.checkPartitions(at.at("group", "partitionCount"), *p)
	switch p.Group.Strategy {
	case spec.ClusterPlacement:
		r.checkClusterPlacement(at.at("group"), g)
	case "spread":
		r.checkSpread(at.at("group"), g)
	}
}

func (r *resolver) checkPartitions(at path, p spec.InstancePlacement) {
	n := p.Group.PartitionCount
	switch {
	case n == nil:
	case p.Group.Strategy != "partition":
		r.report(diag.InstancePlacement, at, "leave it out", "a placement group with the strategy %s has no partitions", p.Group.Strategy)
	case *n < 1 || *n > maxPartitions:
		r.report(diag.InstancePlacement, at, "", "a zone has 1 to %d partitions, not %d", maxPartitions, *n)
	case *n > maxDedicatedPartitions && p.Tenancy == "dedicated":
		r.report(diag.InstancePlacement, at, "", "a zone has at most %d partitions for dedicated instances, not %d", maxDedicatedPartitions, *n)
	}
}

func (r *resolver) checkClusterPlacement(at path, g spec.NodeGroupBase) {
	if !g.EFA { // which has said so
		r.needsOneZone(diag.InstancePlacement, at, g, "a cluster placement group is in one zone")
	}
	for _, name := range g.InstanceTypes {
		if known, _ := catalog.LookupInstanceType(name); known.Burstable || strings.HasPrefix(name, "m7i-flex.") {
			r.report(diag.InstancePlacement, at, "take another instance type or strategy", "%s cannot be in a cluster placement group", name)
			return
		}
	}
}

func (r *resolver) checkSpread(at path, g spec.NodeGroupBase) {
	zones := len(r.cluster.Network.ZonesOf(g))
	if most := maxSpread * zones; zones > 0 && g.Scaling.Max > most {
		r.report(diag.InstancePlacement, at, "lower scaling.max, or take the strategy partition", "with the strategy spread there are %d nodes in a zone at most, so %d and not %d", maxSpread, most, g.Scaling.Max)
	}
}
