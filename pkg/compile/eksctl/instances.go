package eksctl

import (
	"strconv"
	"strings"

	"github.com/ekscc/ekscc/pkg/diag"
)

// instances adds how the instances of a group are set up, and where they are.
func (i *importer) instances(group *object, n node) {
	group.setIf("availabilityZones", n.field("availabilityZones").texts())
	group.setIf("volumes", i.extraVolumes(n.field("additionalVolumes")))
	group.setIf("metadata", metadata(n))
	copyFlags(group, n.field("enableDetailedMonitoring"), "detailedMonitoring")
	copyFlags(group, n.field("ebsOptimized"), "ebsOptimized")
	group.setIf("cpuCredits", n.field("cpuCredits").text())
	if name := n.at("placement", "groupName").text(); name != "" {
		group.set("placement", object{{"groupName", name}})
	}
	if n.field("efaEnabled").flag(false) {
		group.set("efa", true)
	}
	group.setIf("capacityReservation", capacityReservation(n.field("capacityReservation")))
}

func copyFlags(o *object, n node, name string) {
	if n.exists() {
		o.set(name, n.flag(false))
	}
}

// volumeSettings adds what root and further volumes have in common. A key that
// is not named by its ARN is left out: a spec takes no other.
func (i *importer) volumeSettings(volume *object, n node) {
	volume.setIf("type", n.field("volumeType").text())
	for _, names := range [][2]string{{"volumeIOPS", "iops"}, {"volumeThroughput", "throughput"}} {
		if field := n.field(names[0]); field.exists() {
			volume.set(names[1], field.number(0))
		}
	}
	copyFlags(volume, n.field("volumeEncrypted"), "encrypted")
	key := n.field("volumeKmsKeyID")
	if arn := key.text(); strings.HasPrefix(arn, "arn:") {
		volume.set("keyARN", arn)
	} else if arn != "" {
		i.untold(key, "write the key's ARN into keyARN")
	}
}

func (i *importer) extraVolumes(list node) object {
	var volumes object
	for _, item := range list.items() {
		var volume object
		if size := item.field("volumeSize"); size.exists() {
			volume.set("size", size.number(defaultVolumeSize))
		}
		i.volumeSettings(&volume, item)
		volume.setIf("snapshot", item.field("snapshotID").text())
		volumes.set(item.field("volumeName").required(), volume)
	}
	return volumes
}

// metadata is what a file says about the metadata service against ekscc's
// defaults, which are tokens and no answer for pods.
func metadata(n node) object {
	var metadata object
	if !n.field("disablePodIMDS").flag(true) {
		metadata.set("hopLimit", 2)
	}
	if !n.field("disableIMDSv1").flag(true) {
		metadata.set("httpTokens", "optional")
	}
	return metadata
}

func capacityReservation(n node) object {
	var reservation object
	reservation.setIf("preference", n.field("capacityReservationPreference").text())
	target := n.field("capacityReservationTarget")
	reservation.setIf("id", target.field("capacityReservationID").text())
	reservation.setIf("resourceGroupARN", target.field("capacityReservationResourceGroupARN").text())
	return reservation
}

// capacityType is how the instances are bought, empty for the default.
func (i *importer) capacityType(n node) string {
	market := n.at("instanceMarketOptions", "marketType")
	switch kind := market.text(); {
	case kind == "capacity-block":
		return "CAPACITY_BLOCK"
	case n.field("spot").flag(false):
		return "SPOT"
	}
	return ""
}

// launchTemplate is a launch template that exists. A file may leave its version
// to EC2, which a spec does not.
func (i *importer) launchTemplate(n node) object {
	var template object
	template.setIf("id", n.field("id").text())
	if version := n.field("version"); version.exists() {
		number, err := strconv.Atoi(version.text())
		if err != nil {
			i.report(diag.NotClusterConfig, version, `write it as "3"`, "eksctl takes the number of a version here")
		}
		template.set("version", number)
	} else if n.exists() {
		i.report(diag.NotClusterConfig, n, "add the version that the nodes have", "a spec names a version of the launch template, so that a change shows")
	}
	return template
}
