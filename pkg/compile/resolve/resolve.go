// Package resolve completes a decoded spec and checks what a schema cannot
// say: rules that need more than one field, or facts about AWS and Kubernetes.
//
// It fills in what ekscc computes (the blocks of new subnets, the service
// CIDR, versions, sizes and role names), so that the stages behind it read a
// spec without holes. It reports every problem that it finds, and leaves a
// value that it has reported out of the rules that would only repeat it.
//
// It knows neither CUE nor positions in files: a problem has the path of its
// field, and the caller knows where that is written.
package resolve

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// Resolve fills in s what ekscc computes, and checks the rules for one
// environment. The diagnostics have no position and name no environment. With
// an error among them s may keep holes.
func Resolve(s *spec.Spec) diag.List {
	r := &resolver{spec: s, cluster: &s.Cluster, tierBlocks: map[string]path{}, filled: map[string]bool{}, ipv6Taken: map[int]namedSubnet{}}
	r.completeAddons()
	r.checkCluster()
	r.checkControlPlane()
	r.checkNetwork()
	r.checkServiceCIDR()
	r.checkRemoteNetworks()
	r.checkHybridNodes()
	r.checkEndpoint()
	r.checkBastion()
	r.checkNodeGroups()
	r.checkClusterAutoscaler()
	r.checkFargateProfiles()
	r.checkSecurityGroups()
	r.checkPodSecurityGroups()
	r.checkKarpenter()
	r.checkAutoModePools()
	r.checkServiceAccounts()
	r.checkRoleNames()
	r.checkAccess()
	r.checkIdentityProviders()
	r.checkCapabilities()
	r.checkVPCCNI()
	r.checkMaxPods()
	r.checkAddons()
	r.checkVPCEndpoints()
	r.checkACLTraffic()
	r.checkWorkloads()
	r.checkPods()
	r.checkClosedWorkloads()
	r.checkFargatePods()
	r.checkKubernetes()
	r.checkCapacity()
	r.checkStacks()
	return r.found
}

// resolver is one run over one spec.
type resolver struct {
	spec    *spec.Spec
	cluster *spec.Cluster
	found   diag.List

	// region is the zero Region where the spec's is not known; rules that
	// need it are silent then.
	region catalog.Region
	// vpc is the VPC's block; the zero Prefix where it is not known.
	vpc netip.Prefix
	// secondary are the well-formed further blocks of the VPC.
	secondary []block
	// blocks are the well-formed blocks of subnets.
	blocks []block
	// natBlocks are the well-formed addresses that nodes leave from.
	natBlocks []block
	// tierBlocks are the places of the blocks that computed tiers divide, where
	// the spec states them.
	tierBlocks map[string]path
	// ipv6Taken are the subnets by the number of their IPv6 block.
	ipv6Taken map[int]namedSubnet
	// filled says which tiers of subnets ekscc has computed.
	filled map[string]bool
	// splitFailed says that some subnets could not be computed, which has
	// been reported.
	splitFailed bool
}

// report notes a problem of the field at path. The message is made as by
// fmt.Sprintf; the hint is taken as it is.
func (r *resolver) report(code diag.Code, at path, hint, format string, args ...any) {
	r.found = append(r.found, diag.Diagnostic{
		Path: at, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

// reported tells whether a problem of the field at path has been reported.
func (r *resolver) reported(code diag.Code, at path) bool {
	return slices.ContainsFunc(r.found, func(d diag.Diagnostic) bool { return d.Code == code && slices.Equal(d.Path, at) })
}

// path is the path of a field, outermost name first.
type path []string

// at returns the path of a field below p. It never shares memory with the
// path of another field.
func (p path) at(names ...string) path { return slices.Concat(p, names) }

// index returns the path of a list's element.
func (p path) index(i int) path { return p.at(strconv.Itoa(i)) }

// sortedKeys returns the keys of m in order, so that reports do not depend on
// the order in which Go walks a map.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
