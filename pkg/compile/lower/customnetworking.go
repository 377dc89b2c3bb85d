package lower

import (
	"slices"

	"github.com/ekscc/ekscc/pkg/compile/naming"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

// customNetworking reports whether pods get addresses from subnets of their
// own, which ekscc names to the plugin.
func (c cluster) customNetworking() bool { return c.cniSettings().CustomNetworking != nil }

// eniConfig is the subnet and the security groups for pods by zone, as the
// add-on's configuration has them. What only CloudFormation knows is a
// variable of Fn::Sub, which it adds to vars; see
// https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html.
func (c cluster) eniConfig(vars ir.Map) map[string]any {
	subnets := map[string]any{}
	for _, subnet := range sorted(c.Network.Subnets.Pod) {
		zone := map[string]any{"id": text(c.podSubnetID(subnet.name, subnet.value))}
		if zone["id"] == "" {
			zone["id"] = variable(vars, subnetID("pod", subnet.name), c.podSubnetID(subnet.name, subnet.value))
		}
		if groups := c.podGroups(vars); groups != nil {
			zone["securityGroups"] = groups
		}
		subnets[subnet.value.AvailabilityZone] = zone
	}
	return map[string]any{"create": true, "region": c.Region, "subnets": subnets}
}

// variable adds a variable of Fn::Sub and is the place where it stands.
func variable(vars ir.Map, name string, value ir.Value) string {
	vars[name] = value
	return "${" + name + "}"
}

// podSubnetID is the id of a pod subnet, or where to find it.
func (c cluster) podSubnetID(name string, subnet spec.Subnet) ir.Value {
	if c.Network.Exists() {
		return subnet.ID
	}
	return c.imported(networkFile, subnetID("pod", name))
}

// podGroups are the security groups of pods, or nil where they have those of
// their node.
func (c cluster) podGroups(vars ir.Map) []any {
	var groups []any
	networking := c.cniSettings().CustomNetworking
	for _, name := range slices.Compact(slices.Sorted(slices.Values(networking.Groups))) {
		id := c.groupID(spec.GroupRef{Name: name}, clusterFile)
		if known := text(id); known != "" {
			groups = append(groups, known)
		} else {
			groups = append(groups, variable(vars, naming.LogicalID(name, "SecurityGroup"), id))
		}
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(networking.SecurityGroups))) {
		groups = append(groups, id)
	}
	return groups
}

// eniConfigs are the objects that name the subnet of each zone to a plugin
// that is no add-on; the plugin brings their kind. The base may not know the
// subnets.
func (c cluster) eniConfigs() []ir.Object {
	if !c.customNetworking() {
		return nil
	}
	var objects []ir.Object
	for _, subnet := range sorted(c.Network.Subnets.Pod) {
		body := map[string]any{}
		if subnet.value.ID != "" {
			body["subnet"] = subnet.value.ID
		}
		if groups := c.podGroups(ir.Map{}); groups != nil {
			body["securityGroups"] = groups
		}
		object := object(map[string]any{
			"apiVersion": "crd.k8s.amazonaws.com/v1alpha1",
			"kind":       "ENIConfig",
			"metadata":   map[string]any{"name": subnet.value.AvailabilityZone},
			"spec":       body,
		})
		object.File = "eniconfig-" + subnet.value.AvailabilityZone
		objects = append(objects, object)
	}
	return objects
}
