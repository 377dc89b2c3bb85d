// Package capacity computes how many pods the nodes of a cluster take, and how
// many addresses they and all else need of its subnets.
//
// It is arithmetic on a resolved spec and the catalog: it reports nothing and
// decides nothing. What cannot be known, such as the size of an existing subnet
// whose block the spec does not state, is said to be unknown rather than
// guessed. docs/capacity.md explains the arithmetic with its sources.
package capacity

import (
	"maps"
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/spec"
)

// A Report is what the nodes and subnets of one environment hold.
type Report struct {
	// Spec is the path of the spec.
	Spec        string     `json:"spec"`
	Environment string     `json:"environment"`
	Cluster     string     `json:"cluster"`
	Groups      []Group    `json:"groups"`
	Subnets     []Subnet   `json:"subnets"`
	Workloads   []Workload `json:"workloads"`
	// Pods is how many pods the workloads have that do not run on Fargate, and
	// Places how many of them max nodes take; Places is nil where nobody can say.
	Pods   int  `json:"pods"`
	Places *int `json:"places"`
	// OpenEnded are the kinds of nodes that are started as pods need them, so
	// that nobody can say how many there are. They are not counted.
	OpenEnded []string `json:"openEnded"`
}

// Of computes the report of a resolved spec. Of one with errors it says what is
// known.
func Of(s *spec.Spec) Report {
	c := &s.Cluster
	groups := groupsOf(c)
	r := Report{Environment: s.Environment, Cluster: c.Name, Groups: groups, Subnets: subnetsOf(s, groups), OpenEnded: openEnded(c)}
	r.addWorkloads(s, RoomOf(c, groups))
	return r
}

// Fits reports whether all that is known finds its place.
func (r Report) Fits() bool {
	return !slices.ContainsFunc(r.Subnets, func(s Subnet) bool { return s.Result == TooSmall }) &&
		!slices.ContainsFunc(r.Workloads, func(w Workload) bool { return w.Limit != "" }) &&
		(r.Places == nil || r.Pods <= *r.Places)
}

// Usable is how many addresses the subnets of a tier have together. It is not
// known if there are none, or if one of them is of unknown size.
func (r Report) Usable(tier string) (addresses int, known bool) {
	for _, s := range r.Subnets {
		if s.Tier != tier {
			continue
		}
		if s.Usable == nil {
			return 0, false
		}
		addresses, known = addresses+*s.Usable, true
	}
	return addresses, known
}

// openEnded names the kinds of nodes that are started as they are needed, or
// that join from elsewhere.
func openEnded(c *spec.Cluster) []string {
	open := []string{}
	if c.AutoModeEnabled() {
		open = append(open, "EKS Auto Mode")
	}
	if c.RemoteNetworks != nil {
		open = append(open, "hybrid nodes")
	}
	if c.Karpenter != nil {
		open = append(open, "Karpenter")
	}
	return open
}

// sorted returns the keys of m in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// ceil is a divided by b, rounded up.
func ceil(a, b int) int { return (a + b - 1) / b }
