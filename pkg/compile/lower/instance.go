package lower

import (
	"cmp"

	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/ir"
)

const placementGroupID = "PlacementGroup"

// setInstance sets how the instances of a launch template are set up.
func (g nodeGroup) setInstance(data ir.Map) {
	data["MetadataOptions"] = g.metadataOptions()
	if g.DetailedMonitoring != nil {
		data["Monitoring"] = ir.Map{"Enabled": *g.DetailedMonitoring}
	}
	set(data, "EbsOptimized", g.EBSOptimized)
	if g.CPUCredits != "" {
		data["CreditSpecification"] = ir.Map{"CpuCredits": g.CPUCredits}
	}
	if o := g.CPUOptions; o != nil {
		data["CpuOptions"] = ir.Map{"CoreCount": o.CoreCount, "ThreadsPerCore": o.ThreadsPerCore}
	}
	if g.NitroEnclaves != nil {
		data["EnclaveOptions"] = ir.Map{"Enabled": *g.NitroEnclaves}
	}
	if g.AutoRecovery != nil {
		data["MaintenanceOptions"] = ir.Map{"AutoRecovery": map[bool]string{true: "default", false: "disabled"}[*g.AutoRecovery]}
	}
	setMap(data, "PrivateDnsNameOptions", g.privateDNSNameOptions())
	setMap(data, "Placement", g.placement())
	g.setCapacity(data)
}

// metadataOptions let the metadata service answer version 2 only, and not to
// pods, which get their permissions from EKS instead of the node, unless the
// spec says otherwise.
func (g nodeGroup) metadataOptions() ir.Map {
	m := cmp.Or(g.Metadata, &spec.InstanceMetadata{HopLimit: 1, HTTPTokens: "required"})
	options := ir.Map{"HttpPutResponseHopLimit": m.HopLimit, "HttpTokens": m.HTTPTokens}
	if m.HTTPProtocolIPv6 != nil {
		options["HttpProtocolIpv6"] = enabled(*m.HTTPProtocolIPv6)
	}
	return options
}

func enabled(on bool) string {
	if on {
		return "enabled"
	}
	return "disabled"
}

func (g nodeGroup) privateDNSNameOptions() ir.Map {
	options := ir.Map{}
	if n := g.PrivateDNSName; n != nil {
		set(options, "EnableResourceNameDnsARecord", n.ResourceNameARecord)
		set(options, "EnableResourceNameDnsAAAARecord", n.ResourceNameAAAARecord)
		if n.HostnameType != "" {
			options["HostnameType"] = n.HostnameType
		}
	}
	return options
}

func (g nodeGroup) placement() ir.Map {
	placement := ir.Map{}
	p := g.Placement
	if p == nil {
		return placement
	}
	if p.GroupName != "" {
		placement["GroupName"] = p.GroupName
	}
	if p.Group != nil {
		placement["GroupName"] = ir.Ref(placementGroupID)
	}
	if p.Tenancy != "" {
		placement["Tenancy"] = p.Tenancy
	}
	return placement
}

// addPlacementGroup adds the placement group of the node group, if it has one
// of its own.
func (g nodeGroup) addPlacementGroup(s *ir.Stack) {
	if g.Placement == nil || g.Placement.Group == nil {
		return
	}
	properties := ir.Map{"Strategy": g.Placement.Group.Strategy}
	set(properties, "PartitionCount", g.Placement.Group.PartitionCount)
	setTags(properties, g.tags(g.nodeName(), g.Tags))
	add(s, g.origin+".placement", ir.Resource{ID: placementGroupID, Type: "AWS::EC2::PlacementGroup", Properties: properties})
}

// setCapacity sets which reservations instances use. Those of a Capacity Block
// are of a market of their own.
func (g nodeGroup) setCapacity(data ir.Map) {
	if g.CapacityType == spec.CapacityBlock {
		data["InstanceMarketOptions"] = ir.Map{"MarketType": "capacity-block"}
	}
	r := g.CapacityReservation
	if r == nil {
		return
	}
	specification := ir.Map{}
	switch {
	case r.ID != "":
		specification["CapacityReservationTarget"] = ir.Map{"CapacityReservationId": r.ID}
	case r.ResourceGroupARN != "":
		specification["CapacityReservationTarget"] = ir.Map{"CapacityReservationResourceGroupArn": r.ResourceGroupARN}
	default:
		specification["CapacityReservationPreference"] = r.Preference
	}
	data["CapacityReservationSpecification"] = specification
}
